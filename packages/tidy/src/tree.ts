import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The repository as the rules see it: paths from the root, with `/`; text of files that are text. */
export interface Tree {
  /** Every file and folder, also those without text. */
  readonly paths: ReadonlySet<string>
  readonly files: ReadonlyMap<string, string>
}

const skippedFolders = new Set(['node_modules', '.git', '.ziv', 'coverage', 'bench-tmp'])
const skippedPaths = /^(infra\/kafka\/(lib|target)|\.ziv-[^/]*)$|\.log$/
const binary = /\.(png|jpe?g|gif|ico|pdf|zip|gz|jar|woff2?|xlsx)$/
const bytesMax = 4_000_000

/** Reads the working tree once: what git ignores is left out, binary and very large files are known by path only. */
export function readTree(root: string): Tree {
  const paths = new Set<string>()
  const files = new Map<string, string>()
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (skippedFolders.has(entry.name) || skippedPaths.test(path) || entry.isSymbolicLink()) continue
      paths.add(path)
      if (entry.isDirectory()) visit(path)
      else if (!binary.test(path) && statSync(join(root, path)).size <= bytesMax) {
        files.set(path, readFileSync(join(root, path), 'utf8'))
      }
    }
  }
  visit('')
  return { paths, files }
}

/** A tree made of texts, for the proof that a rule notices an offender. */
export function plantedTree(files: Readonly<Record<string, string>>): Tree {
  const paths = new Set<string>()
  for (const path of Object.keys(files)) {
    const parts = path.split('/')
    for (let depth = 1; depth <= parts.length; depth++) paths.add(parts.slice(0, depth).join('/'))
  }
  return { paths, files: new Map(Object.entries(files)) }
}

/** The files whose path is wanted, in the order of their paths. */
export const filesOf = (tree: Tree, wanted: RegExp): [path: string, text: string][] =>
  [...tree.files].filter(([path]) => wanted.test(path)).sort(([a], [b]) => (a < b ? -1 : 1))

/** TypeScript of the workspace. */
export const sources = /^((packages|services|infra)\/.*|[^/]+)\.ts$/
export const isSpec = (path: string): boolean => path.endsWith('.spec.ts')
/** Specs and what only specs use. */
export const isTestCode = (path: string): boolean =>
  isSpec(path) ||
  path.startsWith('packages/testing/') ||
  /(^|\/)(testing|simulation|contract)\/|(^|[./-])(testing|fixture|suite|contract-suite|scenarios)\.ts$|\/testing-[^/]*\.ts$/.test(
    path,
  )
