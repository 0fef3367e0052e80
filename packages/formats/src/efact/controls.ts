import { csvTable } from '../csv-table.ts'
import type { ErrorLetter } from '../issue.ts'

export interface Control {
  /** RRZZNN. */
  readonly code: string
  readonly letter: ErrorLetter
}

type Column = 'code' | 'letter' | 'record' | 'zone' | 'rule'

/** Official control codes we answer with, by record, zone and rule; from `data/controls.csv`. */
const controls: ReadonlyMap<string, Control> = new Map(
  csvTable<Column>(new URL('./data/controls.csv', import.meta.url)).map((row) => [
    `${row.record}.${row.zone}.${row.rule}`,
    { code: row.code, letter: row.letter as ErrorLetter },
  ]),
)

/** The official code of a rule on a zone; null where the catalogue has none. */
export function controlOf(record: string, zone: string, rule: string): Control | null {
  return controls.get(`${record}.${zone}.${rule}`) ?? null
}

/** Every control code we can give, with the rule that its words explain. */
export function controlCodes(): readonly Control[] {
  return [...controls.values()]
}
