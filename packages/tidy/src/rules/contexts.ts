import { type Finding, type Rule, text } from '../rule.ts'
import { type Node, parseSource, walk } from '../syntax.ts'
import { filesOf, isSpec, type Tree } from '../tree.ts'

const OWNER = 'packages/service/src/types.ts'
const offered = new Set(['ServiceDeps', 'ServiceContext'])

/** `law: Law` of every member that an interface or a type says of itself. */
function membersOf(node: Node, content: string): readonly string[] {
  const found: string[] = []
  walk(node, (one) => {
    if (one.type !== 'TSPropertySignature' || !one.typeAnnotation) return
    const { start, end } = one.typeAnnotation as Node
    found.push(`${(one.key as Node).name as string}${content.slice(start, end)}`)
  })
  return found
}

/** What every service gets, as its one owner says it. */
function offeredIn({ files }: Tree): ReadonlySet<string> {
  const content = files.get(OWNER) ?? ''
  const found = new Set<string>()
  walk(parseSource(OWNER, content).program, (node) => {
    if (node.type !== 'TSInterfaceDeclaration' || !offered.has((node.id as Node).name as string)) return
    for (const member of membersOf(node, content)) found.add(member)
  })
  return found
}

const declares = (content: string, name: string): boolean =>
  new RegExp(`^export (?:interface|type) ${name}\\b`, 'm').test(content)

/** A part that gets the store, the clock or the law takes it from the context of its service: a second list goes its own way. */
export const oneContext: Rule = {
  name: 'a service says once what its parts share',
  check(tree) {
    const given = offeredIn(tree)
    const services = filesOf(tree, /^services\/[^/]+\/src\/service\.ts$/).map(([path]) => path)
    const findings = services.flatMap((path): Finding[] => {
      const key = path.replace('service.ts', 'context.ts')
      const content = tree.files.get(key) ?? ''
      const missing = ['Context', 'ApiContext'].filter((name) => !declares(content, name))
      if (missing.length === 0) return []
      return [{ key, message: `${key} does not export ${missing.join(' and ')}: what the parts share, and its routes` }]
    })
    for (const [path, content] of filesOf(tree, /^services\/[^/]+\/src\/(?!domain\/|testing\/)/)) {
      if (!path.endsWith('.ts') || isSpec(path)) continue
      for (const member of membersOf(parseSource(path, content).program, content)) {
        if (!given.has(member)) continue
        const message = `${path} lists "${member}" again: take it as Pick<Context, ...> from the context.ts of the service`
        findings.push({ key: `${path}#${member}`, message })
      }
    }
    return { read: services.length, findings }
  },
  planted: {
    files: {
      [OWNER]: text('export interface ServiceDeps { readonly law: Law }'),
      'services/a/src/service.ts': text('export const a = defineService()'),
      'services/a/src/context.ts': text('export type Context = ServiceContext', 'export type ApiContext = Context'),
      'services/a/src/verify/verify.ts': text('interface Deps { readonly law: Law; readonly other: number }'),
    },
    key: 'services/a/src/verify/verify.ts#law: Law',
    corrected: {
      [OWNER]: text('export interface ServiceDeps { readonly law: Law }'),
      'services/a/src/service.ts': text('export const a = defineService()'),
      'services/a/src/context.ts': text('export type Context = ServiceContext', 'export type ApiContext = Context'),
      'services/a/src/verify/verify.ts': text("type Own = Pick<Context, 'law'>"),
    },
  },
}
