import { posix } from 'node:path'
import { type Finding, type Rule, text } from '../rule.ts'
import { dottedName, importsOf, lineAt, type Node, parseSource, walk } from '../syntax.ts'
import { filesOf, isTestCode, sources, type Tree } from '../tree.ts'

const servicesOf = (tree: Tree): string[] =>
  [...tree.paths].flatMap((path) => /^services\/([^/]+)$/.exec(path)?.[1] ?? [])
/** What runs and proves the whole stands above every service. */
const hosts = ['cli', 'sandbox', 'demo', 'e2e', 'fuzz', 'bench']
const domain = /^services\/[^/]+\/src\/domain\//

type Imported = { path: string; module: string; line: number }

/** Imports of the chosen files that are not allowed there. */
function forbidden(tree: Tree, chosen: (path: string) => boolean, allowed: (one: Imported) => boolean, advice: string) {
  const files = filesOf(tree, sources).filter(([path]) => chosen(path))
  const findings: Finding[] = []
  for (const [path, content] of files) {
    for (const { module, line } of importsOf(parseSource(path, content))) {
      if (allowed({ path, module, line })) continue
      findings.push({ key: `${path}#${module}`, message: `${path}:${line} imports ${module}: ${advice}` })
    }
  }
  return { read: files.length, findings }
}

export const environmentOnlyInConfig: Rule = {
  name: 'only config.ts reads the environment',
  check(tree) {
    const files = filesOf(tree, sources).filter(([path]) => !/(^|[/.])config\.ts$/.test(path))
    const findings: Finding[] = []
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node) => {
        const member = node.type === 'MemberExpression' && dottedName(node) === 'process.env'
        const imported = node.type === 'ImportSpecifier' && (node.imported as Node).name === 'env'
        if (!member && !imported) return
        const message = `${path}:${lineAt(content, node.start)} reads the environment: let config.ts do it and pass the value`
        findings.push({ key: path, message })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/api/a.ts': text('const port = process.env.PORT') },
    key: 'services/a/src/api/a.ts',
    corrected: {
      'services/a/src/config.ts': text('const port = process.env.PORT'),
      'services/a/src/a.ts': text('const a = 1'),
    },
  },
}

export const servicesMeetOnMessages: Rule = {
  name: 'services never import each other',
  check(tree) {
    const services = servicesOf(tree)
    return forbidden(
      tree,
      (path) => path.startsWith('services/'),
      ({ path, module }) => {
        const own = path.split('/')[1]
        const target = module.startsWith('.') ? posix.join(posix.dirname(path), module) : module
        const other = /^services\/([^/]+)/.exec(target)?.[1] ?? /^@ziv\/([^/]+)/.exec(target)?.[1]
        return other === undefined || other === own || ![...services, ...hosts].includes(other)
      },
      'services meet on messages only, with the schemas of @ziv/contracts',
    )
  },
  planted: {
    files: {
      'services/rights/src/api/a.ts': text("import type { A } from '@ziv/affiliation'"),
      'services/affiliation/src/index.ts': text('export interface A {}'),
    },
    key: 'services/rights/src/api/a.ts#@ziv/affiliation',
    corrected: { 'services/rights/src/api/a.ts': text("import type { A } from '@ziv/contracts'") },
  },
}

export const domainImports: Rule = {
  name: 'domain code imports itself, kernel, law, members and zod only',
  check: (tree) =>
    forbidden(
      tree,
      (path) => domain.test(path) && !isTestCode(path),
      ({ path, module }) =>
        module.startsWith('.')
          ? domain.test(posix.join(posix.dirname(path), module))
          : ['@ziv/kernel', '@ziv/kernel/schemas', '@ziv/law', '@ziv/members', 'zod'].includes(module),
      'domain code is pure; what it needs to know is handed to it',
    ),
  planted: {
    files: { 'services/a/src/domain/a.ts': text("import { readFileSync } from 'node:fs'") },
    key: 'services/a/src/domain/a.ts#node:fs',
    corrected: { 'services/a/src/domain/a.ts': text("import { b } from './b.ts'", "import { z } from 'zod'") },
  },
}

const appending = /(^|\.)(#?store|eventStore)\.(append|appendMany)$/

export const oneWritePath: Rule = {
  name: 'events are stored by the command handler only',
  check(tree) {
    const files = filesOf(tree, sources).filter(
      ([path]) => /^(services|infra)\//.test(path) && !path.startsWith('infra/bench/') && !isTestCode(path),
    )
    const findings: Finding[] = []
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node) => {
        if (node.type !== 'CallExpression' || !appending.test(dottedName(node))) return
        const message = `${path}:${lineAt(content, node.start)} appends by itself: use handleCommands, CommandBatch or recordOnce`
        findings.push({ key: path, message })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/a.ts': text('await context.store.append(tx, {})') },
    key: 'services/a/src/a.ts',
    corrected: { 'services/a/src/a.ts': text('await handleCommands(tx, context.store, handling, [])') },
  },
}

export const oneReadPath: Rule = {
  name: 'what is answered from events is read through the store',
  check(tree) {
    const files = filesOf(tree, sources).filter(
      ([path]) => path.startsWith('services/') && !/\/verify\//.test(path) && !isTestCode(path),
    )
    const findings = files
      .filter(([, content]) => /\bes\.events\b/.test(content))
      .map(([path]): Finding => {
        return {
          key: path,
          message: `${path} reads es.events by itself: an older version of an event would be misread`,
        }
      })
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/a.ts': text("await q.query('select data from es.events')") },
    key: 'services/a/src/a.ts',
    corrected: { 'services/a/src/a.ts': text('await store.load(q, streamId)') },
  },
}

const impure = /^(Date\.now|Math\.random|crypto\.randomUUID|randomUUID|performance\.now|uuidV7|Temporal\.Now\..*)$/

export const domainPurity: Rule = {
  name: 'domain code asks neither clock nor dice',
  check(tree) {
    const files = filesOf(tree, sources).filter(([path]) => domain.test(path) && !isTestCode(path))
    const findings: Finding[] = []
    for (const [path, content] of files) {
      walk(parseSource(path, content).program, (node) => {
        const called = node.type === 'CallExpression' && impure.test(dottedName(node))
        const now =
          node.type === 'NewExpression' &&
          dottedName(node.callee as Node) === 'Date' &&
          (node.arguments as Node[]).length === 0
        if (!called && !now) return
        const message = `${path}:${lineAt(content, node.start)} asks ${called ? dottedName(node) : 'new Date()'}: take it from the facts`
        findings.push({ key: path, message })
      })
    }
    return { read: files.length, findings }
  },
  planted: {
    files: { 'services/a/src/domain/a.ts': text('export const today = () => new Date()') },
    key: 'services/a/src/domain/a.ts',
    corrected: { 'services/a/src/domain/a.ts': text("export const day = () => new Date('2026-01-01')") },
  },
}

const postgres = ['kernel', 'law', 'contracts', 'postgres']
const eventStore = [...postgres, 'event-store']
const messaging = [...eventStore, 'messaging']
/** What each package may know. Whoever is not listed may know every package. */
const below: Readonly<Record<string, readonly string[]>> = {
  kernel: ['kernel'],
  law: ['kernel', 'law'],
  contracts: ['kernel', 'contracts'],
  formats: ['kernel', 'formats'],
  postgres,
  privacy: ['kernel', 'postgres', 'privacy'],
  'event-store': eventStore,
  messaging,
  runs: ['kernel', 'postgres', 'runs'],
  members: [...messaging, 'privacy', 'members'],
  http: ['kernel', 'contracts', 'postgres', 'http'],
  intake: ['kernel', 'contracts', 'postgres', 'privacy', 'formats', 'runs', 'http', 'intake'],
  openapi: ['kernel', 'contracts', 'postgres', 'http', 'openapi'],
  service: [...messaging, 'privacy', 'formats', 'members', 'runs', 'http', 'intake', 'openapi', 'service'],
  'local-postgres': ['kernel', 'postgres', 'local-postgres'],
  testing: [
    ...messaging,
    'privacy',
    'formats',
    'members',
    'runs',
    'intake',
    'local-postgres',
    'http',
    'openapi',
    'service',
    'testing',
  ],
  tidy: ['tidy'],
}
const packages = [...Object.keys(below)]

export const packageLayers: Rule = {
  name: 'packages know only the layers below',
  check: (tree) =>
    forbidden(
      tree,
      (path) => path.startsWith('packages/'),
      ({ path, module }) => {
        const own = path.split('/')[1] ?? ''
        const other = /^@ziv\/([^/]+)/.exec(module)?.[1]
        if (other === undefined)
          return !module.startsWith('.') || posix.join(posix.dirname(path), module).startsWith(`packages/${own}/`)
        return isTestCode(path) ? packages.includes(other) : (below[own] ?? packages).includes(other)
      },
      'kernel, then law and contracts, postgres, event-store, messaging, http, openapi, service',
    ),
  planted: {
    files: { 'packages/event-store/src/a.ts': text("import { startRelay } from '@ziv/messaging'") },
    key: 'packages/event-store/src/a.ts#@ziv/messaging',
    corrected: {
      'packages/messaging/src/a.ts': text("import { createEventStore } from '@ziv/event-store'"),
      'packages/event-store/src/a.int.spec.ts': text("import { createTestDatabase } from '@ziv/testing'"),
    },
  },
}

export const noInsides: Rule = {
  name: "nobody imports a package's inside",
  check: (tree) =>
    forbidden(
      tree,
      () => true,
      ({ path, module }) => {
        if (module.startsWith('@ziv/')) return /^@ziv\/[a-z0-9-]+(\/(testing|store|schemas))?$/.test(module)
        const folder = path.split('/').slice(0, 2).join('/')
        return (
          !module.startsWith('.') ||
          !path.includes('/') ||
          posix.join(posix.dirname(path), module).startsWith(`${folder}/`)
        )
      },
      'use what its index.ts offers',
    ),
  planted: {
    files: { 'services/a/src/a.ts': text("import { chain } from '../../../packages/event-store/src/chain.ts'") },
    key: 'services/a/src/a.ts#../../../packages/event-store/src/chain.ts',
    corrected: { 'services/a/src/a.ts': text("import { given } from '@ziv/kernel/testing'") },
  },
}
