import type { Words } from '@ziv/kernel'
import { csvTable } from '../csv-table.ts'
import type { ErrorLetter } from '../issue.ts'
import { layoutFor } from './layout.ts'
import { zoneNames } from './messages.ts'

export interface Control {
  /** RRZZNN. */
  readonly code: string
  readonly letter: ErrorLetter
}

type Column = 'code' | 'letter' | 'record' | 'zone' | 'rule'

/** A control of form: what it looks at, for who puts it into words without the value. */
export interface FormControl extends Control {
  readonly rule: string
  /** Name of the zone. */
  readonly zone: Words
}

/** Official control codes we answer with; from `data/controls.csv`. */
const rows = csvTable<Column>(new URL('./data/controls.csv', import.meta.url))

/** By record, zone and rule. */
const controls: ReadonlyMap<string, Control> = new Map(
  rows.map((row) => [`${row.record}.${row.zone}.${row.rule}`, { code: row.code, letter: row.letter as ErrorLetter }]),
)

const byCode = new Map(rows.map((row) => [row.code, row]))

/** The official code of a rule on a zone; null where the catalogue has none. */
export function controlOf(record: string, zone: string, rule: string): Control | null {
  return controls.get(`${record}.${zone}.${rule}`) ?? null
}

/** Every control code the reading of a billing file gives. */
export function controlCodes(): readonly Control[] {
  return [...controls.values()]
}

/** What a control code of the reading looks at; undefined for a code that it does not give. */
export function formControl(code: string): FormControl | undefined {
  const row = byCode.get(code)
  if (row === undefined) return undefined
  const zone = layoutFor(row.record).byKey.get(row.zone)!.name
  return { code, letter: row.letter as ErrorLetter, rule: row.rule, zone: zoneNames.get(zone)! }
}
