import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commitOf, loadNow, machineFacts } from './machine.ts'
import { tableOf } from './report.ts'
import { rows } from './rows/index.ts'
import { openWorld } from './setup/world.ts'
import type { RowResult } from './types.ts'

const USAGE = `pnpm bench [--short] [--only <row>[,<row>]] [--rounds <n>] [--no-write]
rows: ${rows.map(({ name }) => name).join(', ')}
`

const root = join(import.meta.dirname, '..', '..', '..')

function optionsOf() {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      'no-write': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const wanted = values.only?.split(',')
  const unknown = wanted?.find((name) => !rows.some((row) => row.name === name))
  const rounds = values.rounds === undefined ? (values.short ? 3 : 7) : Number(values.rounds)
  if (values.help || unknown !== undefined || !Number.isInteger(rounds) || rounds < 1) {
    process.stderr.write(unknown === undefined ? USAGE : `there is no row "${unknown}"\n${USAGE}`)
    process.exit(values.help ? 0 : 2)
  }
  const chosen = rows.filter((row) => wanted === undefined || wanted.includes(row.name))
  return { short: values.short, rounds, chosen, write: !values['no-write'] }
}

type Floors = Readonly<Record<string, number>>

/** Rows whose ratio fell below the floor that was recorded for it. */
function fallen(results: readonly RowResult[], floors: Floors): string[] {
  return results.flatMap(({ row, comparison }) => {
    const floor = floors[row]
    if (floor === undefined || comparison === null || comparison.ratio.median >= floor) return []
    return [`${row}: ratio ${comparison.ratio.median.toFixed(3)} is below its floor ${floor}`]
  })
}

const { short, rounds, chosen, write } = optionsOf()
const loadBefore = loadNow()
const world = await openWorld()
const results: RowResult[] = []
try {
  for (const row of chosen) {
    process.stderr.write(`${row.name} ...\n`)
    results.push(...(await (await row.load()).run(world, { short, rounds })))
  }
} finally {
  await world.stop()
}
const machine = machineFacts(world, loadBefore)
const measuredAt = new Date().toISOString()
process.stdout.write(tableOf(results, machine, short))
if (write) {
  const folder = join(root, 'bench', 'results')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${measuredAt.slice(0, 10)}-${commitOf()}${short ? '-short' : ''}.json`)
  const report = { measuredAt, form: short ? 'short' : 'full', rounds, machine, results }
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
  process.stdout.write(`written to ${file}\n`)
}
const floors = JSON.parse(await readFile(join(import.meta.dirname, '..', 'floors.json'), 'utf8')) as Floors
const low = fallen(results, floors)
for (const line of low) process.stderr.write(`${line}\n`)
process.exitCode = low.length > 0 ? 1 : 0
