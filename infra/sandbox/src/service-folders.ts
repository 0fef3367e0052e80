import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root: where the paths of `serviceFiles` begin. */
export const rootFolder: string = join(import.meta.dirname, '..', '..', '..')
const listFile = 'infra/sandbox/src/hosted.ts'
const manifestFile = 'infra/sandbox/package.json'

/** The services there are, by their folders. */
export const serviceFolders = (): readonly string[] =>
  readdirSync(join(rootFolder, 'services')).filter((name) =>
    existsSync(join(rootFolder, 'services', name, 'package.json')),
  )

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
}

const lines = (names: readonly string[], line: (name: string) => string): string => names.map(line).join('')

/**
 * What follows from the folders of the services alone: the one list of them, and what the sandbox depends on. Content by path from
 * the root. The services keep their place in the list, which is the order in which they are shown and proved; a new one is the last.
 */
export function serviceFiles(folders: readonly string[] = serviceFolders()): ReadonlyMap<string, string> {
  const list = readFileSync(join(rootFolder, listFile), 'utf8')
  const listed = [...list.matchAll(/^ {2}(\w+),$/gm)].flatMap(([, name]) => name ?? [])
  const names = [
    ...listed.filter((name) => folders.includes(name)),
    ...folders.filter((name) => !listed.includes(name)),
  ]
  const place = /(^\/\/ .*\n)[\s\S]*?(\n\/\*\*[\s\S]*?hosted = \{\n)[\s\S]*?(\} as const\n)/
  const content = list.replace(
    place,
    (_all, first: string, middle: string, end: string) =>
      `${first}${lines([...names].sort(), (name) => `import { ${name} } from '@ziv/${name}'\n`)}${middle}${lines(names, (name) => `  ${name},\n`)}${end}`,
  )
  const manifest = JSON.parse(readFileSync(join(rootFolder, manifestFile), 'utf8')) as Manifest
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !listed.includes(name.replace('@ziv/', '')))
  const wanted = names.map((name) => [`@ziv/${name}`, 'workspace:*'] as const)
  const dependencies = Object.fromEntries([...kept, ...wanted].sort(([a], [b]) => (a < b ? -1 : 1)))
  return new Map([
    [listFile, content],
    [manifestFile, `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`],
  ])
}
