import { type Finding, type Rule, text } from '../rule.ts'
import { importsOf, parseSource } from '../syntax.ts'
import { filesOf, isTestCode, sources, type Tree } from '../tree.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** The package under which a module is installed: `@ziv/kernel` of `@ziv/kernel/schemas`; null for files and for Node itself. */
function packageOf(module: string): string | null {
  if (/^(\.|node:)/.test(module)) return null
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The folders that an image is made of: every service, what prepares its topics, and what these depend on. */
function installed(tree: Tree): ReadonlyMap<string, Manifest> {
  const manifests = new Map<string, Manifest>()
  for (const [path, content] of filesOf(tree, /^(packages|services|infra)\/[^/]+\/package\.json$/))
    manifests.set(path.slice(0, -'/package.json'.length), JSON.parse(content) as Manifest)
  const folders = new Map([...manifests].map(([folder, { name }]) => [name, folder]))
  const found = new Map<string, Manifest>()
  const take = (folder: string): void => {
    const manifest = manifests.get(folder)
    if (manifest === undefined || found.has(folder)) return
    found.set(folder, manifest)
    for (const name of Object.keys(manifest.dependencies ?? {})) take(folders.get(name) ?? '')
  }
  for (const folder of manifests.keys()) if (folder.startsWith('services/') || folder === 'infra/kafka') take(folder)
  return found
}

const folderOf = (path: string): string => path.split('/src/', 1)[0] as string

export const runsOnDependencies: Rule = {
  name: 'what an image runs imports nothing that only development installs',
  check(tree) {
    const manifests = installed(tree)
    const files = filesOf(tree, sources).filter(
      ([path]) => manifests.has(folderOf(path)) && !isTestCode(path) && !path.includes('/vitest/'),
    )
    const findings: Finding[] = []
    for (const [path, content] of files) {
      const folder = folderOf(path)
      const { name: own, dependencies = {}, devDependencies = {} } = manifests.get(folder) as Manifest
      for (const { module, line, typeOnly } of importsOf(parseSource(path, content))) {
        const name = packageOf(module)
        if (typeOnly || name === null || name === own || !(name in devDependencies) || name in dependencies) continue
        const message = `${path}:${line} imports ${name}, which a production install leaves out: move it to the dependencies of ${folder}/package.json`
        findings.push({ key: `${path}#${name}`, message })
      }
    }
    return { read: files.length, findings }
  },
  planted: {
    files: {
      'services/a/package.json': '{ "name": "@ziv/a", "dependencies": { "@ziv/b": "workspace:*" } }',
      'services/a/src/a.ts': text("import { b } from '@ziv/b'"),
      'packages/b/package.json': '{ "name": "@ziv/b", "devDependencies": { "@ziv/contracts": "workspace:*" } }',
      'packages/b/src/b.ts': text("import { catalog } from '@ziv/contracts'"),
    },
    key: 'packages/b/src/b.ts#@ziv/contracts',
    corrected: {
      'services/a/package.json':
        '{ "name": "@ziv/a", "dependencies": { "@ziv/contracts": "workspace:*" }, "devDependencies": { "vitest": "catalog:" } }',
      'services/a/src/a.ts': text("import { catalog } from '@ziv/contracts'"),
      'services/a/src/a.spec.ts': text("import { it } from 'vitest'"),
    },
  },
}
