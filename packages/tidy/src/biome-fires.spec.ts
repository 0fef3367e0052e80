import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const domain = 'services/rights/src/domain'

/** Per file what offends in it, and the rule of our configuration that must say so. Empty: nothing may be said. */
const planted: Readonly<Record<string, readonly [text: string, ...rules: string[]]>> = {
  [`${domain}/reads-files.ts`]: ["import 'node:fs'\n", 'noRestrictedImports'],
  [`${domain}/asks-database.ts`]: ["import 'pg'\n", 'noRestrictedImports'],
  [`${domain}/knows-platform.ts`]: ["import '@ziv/postgres'\n", 'noRestrictedImports'],
  [`${domain}/leaves-folder.ts`]: ["import '../config.ts'\n", 'noRestrictedImports'],
  [`${domain}/uses-any-library.ts`]: ["import 'left-pad'\n", 'noRestrictedImports'],
  [`${domain}/is-pure.ts`]: ["import '@ziv/kernel'\nimport '@ziv/law'\nimport 'zod'\nimport './reads-files.ts'\n"],
  'services/rights/src/api/knows-neighbour.ts': ["import '@ziv/affiliation'\n", 'noRestrictedImports'],
  'services/rights/src/api/knows-contracts.ts': ["import '@ziv/contracts'\n"],
  'services/rights/src/reads-environment.ts': ['export const port = process.env.PORT\n', 'noProcessEnv'],
  'services/rights/src/config.ts': ['export const port = process.env.PORT\n'],
  'packages/a/src/any.ts': ['export const a: any = 1\n', 'noExplicitAny'],
  'packages/a/src/floating.ts': [
    'const send = async () => 1\nexport function go() {\n  send()\n}\n',
    'noFloatingPromises',
  ],
  'packages/a/src/misused.ts': [
    'const ask = async () => true\nexport async function go() {\n  if (ask()) return 1\n  return 2\n}\n',
    'noMisusedPromises',
  ],
  'packages/a/src/cycle-one.ts': [
    "import { two } from './cycle-two.ts'\n\nexport const one = () => two\n",
    'noImportCycles',
  ],
  'packages/a/src/cycle-two.ts': [
    "import { one } from './cycle-one.ts'\n\nexport const two = () => one\n",
    'noImportCycles',
  ],
}

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string | { readonly file: string } }
}

let folder: string
let said: readonly string[]

/** Runs the linter with our own configuration on planted files, in a folder of their own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-lint-'))
  for (const [path, [text]] of Object.entries(planted)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const configuration = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8'))
  delete configuration.$schema
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }))
  await cp(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'))
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const options = { cwd: folder, maxBuffer: 10_000_000 }
  // it leaves with 1 because it found something: that is what we want
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [biome, 'lint', '--reporter=json', '.'],
    options,
  ).catch((error: { stdout: string }) => error)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }
  said = diagnostics.map(({ category, location: { path } }) => {
    const file = typeof path === 'string' ? path : path.file
    return `${file.replace(/^\.\//, '')} ${category.split('/').at(-1)}`
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.for(Object.entries(planted))('the linter judges %s', ([path, [, ...rules]]) => {
  const ours = said.filter((line) => line.startsWith(`${path} `)).map((line) => line.slice(path.length + 1))
  expect([...new Set(ours)]).toEqual(rules)
})
