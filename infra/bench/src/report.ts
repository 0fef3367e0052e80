import type { MachineFacts } from './machine.ts'
import type { RowResult, Spread } from './types.ts'

const whole = (value: number): string => Math.round(value).toLocaleString('en').replaceAll(',', ' ')
const ratio = (value: number): string => value.toFixed(value < 0.1 ? 3 : 2)

function isSpread(value: unknown): value is Spread {
  return typeof value === 'object' && value !== null && 'median' in value
}

function extraText(value: unknown): string {
  if (isSpread(value)) return `${ratio(value.median)} (${ratio(value.min)} to ${ratio(value.max)})`
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : String(value)
}

function cellsOf({ row, comparison, unit, budget, met, extra }: RowResult): string[] {
  const verdict = met === null ? (comparison === null ? 'not run' : '') : met ? 'met' : 'not met'
  if (comparison === null) {
    const p99 = extra.p99Ms === undefined ? '' : `${extraText(extra.p99Ms)} ${unit} p99`
    return [row, p99, '', '', budget === null ? '' : String(budget), verdict]
  }
  const { candidate, limit, ratio: found } = comparison
  return [
    row,
    `${whole(candidate.median)} ${unit}`,
    whole(limit.median),
    `${ratio(found.median)} (${ratio(found.min)} to ${ratio(found.max)})`,
    budget === null ? '' : String(budget),
    verdict,
  ]
}

/** The results for a person to read. */
export function tableOf(results: readonly RowResult[], machine: MachineFacts, short: boolean): string {
  const head = ['row', 'measured', 'limit', 'ratio (min to max)', 'budget', '']
  const lines = [head, ...results.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
  const {
    cpu,
    cores,
    memoryMb,
    node,
    postgres,
    postgresSettings: set,
    loadBefore,
    loadAfter,
    commit,
    changed,
  } = machine
  const facts = [
    `${cpu}, ${cores} cores, ${memoryMb} MB; load ${loadBefore[0]} before, ${loadAfter[0]} after`,
    `node ${node}, ${postgres.split(' on ')[0]}, fsync ${set.fsync}, synchronous_commit ${set.synchronous_commit}, wal_sync_method ${set.wal_sync_method}`,
    `commit ${commit}${changed ? ' with changes' : ''}, ${short ? 'short' : 'full'} form`,
  ]
  const details = results.flatMap(({ row, what, against, notes, extra }) => [
    `${row}: ${what}, against ${against}`,
    ...notes.map((note) => `  ${note}`),
    ...Object.entries(extra).map(([name, value]) => `  ${name}: ${extraText(value)}`),
  ])
  return `${[...table, '', ...facts, '', ...details].join('\n')}\n`
}
