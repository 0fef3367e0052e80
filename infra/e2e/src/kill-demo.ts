import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { killRun } from './kill-run.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '20' },
  },
})

/** `pnpm kill-demo`: the demo killed at random moments comes to the same figures as one that was left in peace. */
const folder = await mkdtemp(join('/var/tmp', 'ziv-kill-'))
try {
  const result = await killRun({
    folder,
    persons: Number(values.persons),
    seed: Number(values.seed),
    kills: Number(values.kills),
    tell: (line) => process.stdout.write(`${line}\n`),
  })
  const lines = Object.values(result.figures).reduce((sum, list) => sum + list.length, 0)
  for (const { ok, check, detail } of result.findings) if (!ok) process.stdout.write(`NOT PROVEN ${check}: ${detail}\n`)
  for (const difference of result.differences.slice(0, 40)) process.stdout.write(`DIFFERS ${difference}\n`)
  process.stdout.write(`${result.proof}\n`)
  process.stdout.write(
    `${result.kills.length} kills, ${result.kills.filter(({ postgresToo }) => postgresToo).length} with PostgreSQL; ` +
      `${lines} figures compared, ${result.differences.length} differ\n`,
  )
  if (result.differences.length > 0 || result.findings.some(({ ok }) => !ok)) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
