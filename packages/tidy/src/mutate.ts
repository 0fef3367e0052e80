import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { percent, root } from './mutate-told.ts'

// Changes the code a little, one place at a time, and asks whether a spec of the same package notices.
const plugins = [import.meta.resolve('@stryker-mutator/vitest-runner'), import.meta.resolve('./mutate-told.ts')].map(
  (url) => fileURLToPath(url),
)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' }, from: { type: 'string', default: '0' } },
})
const domains = globSync('services/*/src/domain', { cwd: root }).sort()
const folders = positionals.length > 0 ? positionals : ['packages/kernel/src', 'packages/law/src', ...domains]

/** Left out: specs and what serves them, and schemas and tables of texts, which the contracts hold. */
const NO_CODE = [
  /\.spec\.ts$/,
  /(^|\/)(index|testing[^/]*|types)\.ts$/,
  /^testing\//,
  /(^|[./])(events|commands|rejections)\.ts$/,
  /-texts(\.\w\w)?\.ts$/,
]

/** Files of a folder that decide something: every n-th, for a sample; or one file. */
function filesOf(folder: string): string[] {
  if (folder.endsWith('.ts')) return [folder]
  const all = globSync('**/*.ts', { cwd: `${root}${folder}` }).sort()
  const code = all.filter((file) => !NO_CODE.some((pattern) => pattern.test(file)))
  return code
    .filter((_, index) => index % Number(values.every) === Number(values.from))
    .map((file) => `${folder}/${file}`)
}

process.chdir(root)
for (const folder of folders) {
  const mutate = filesOf(folder)
  const dir = folder.split('/').slice(0, 2).join('/')
  const mutants = await new Stryker({
    mutate,
    plugins,
    reporters: ['told'],
    vitest: { configFile: 'vitest.mutate.config.ts', dir },
  }).runMutationTest()
  process.stdout.write(`${folder}: ${percent(mutants)} noticed, ${mutate.length} files\n`)
  for (const [file, own] of Object.entries(Object.groupBy(mutants, ({ fileName }) => fileName.slice(root.length))))
    process.stdout.write(`  ${file}: ${percent(own ?? [])}\n`)
}
