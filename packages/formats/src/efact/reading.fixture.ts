import fc from 'fast-check'
import { collect, joined, text } from '../testing.ts'
import { withRecordCheck } from './check-digits.ts'
import { layouts } from './layout.ts'
import { readEfact } from './reader.ts'
import { fileArbitrary } from './testing.ts'
import type { EfactInvoice, EfactItem, EfactOptions } from './types.ts'
import { writeEfact } from './writer.ts'

export const read = (file: string | Uint8Array, chunk?: number, options: EfactOptions = {}): Promise<EfactItem[]> =>
  collect(readEfact(text(file, chunk), options))
export const issuesOf = (items: readonly EfactItem[]) =>
  items.flatMap((item) => (item.kind === 'issue' ? [item.issue] : []))
export const codesOf = (items: readonly EfactItem[]): string[] => issuesOf(items).map((issue) => issue.code)
export const invoicesOf = (items: readonly EfactItem[]): EfactInvoice[] =>
  items.flatMap((item) => (item.kind === 'invoice' ? [item.invoice] : []))
export const endOf = (items: readonly EfactItem[]) =>
  items.flatMap((item) => (item.kind === 'end' ? [item.end] : []))[0]!

const example = fc.sample(fileArbitrary, { numRuns: 20, seed: 11 }).find((file) => file.invoices.length === 4)!
export const sample = (): Promise<string> => joined(writeEfact(example))
export const recordsStart = 227

/** The file with one record changed and its zone 99 made right again. */
export function changeRecord(file: string, type: string, change: (record: string) => string, fix = true): string {
  for (let at = recordsStart; at < file.length; at += 350) {
    if (!file.startsWith(type, at)) continue
    const changed = change(file.slice(at, at + 350))
    return file.slice(0, at) + (fix ? withRecordCheck(changed) : changed) + file.slice(at + 350)
  }
  throw new Error(`the example has no record ${type}`)
}

/** The header segments and the records, each by itself. */
export function linesOf(file: string): string[] {
  const lines = [file.slice(0, 67), file.slice(67, recordsStart)]
  for (let at = recordsStart; at < file.length; at += 350) lines.push(file.slice(at, at + 350))
  return lines
}

export function setZone(record: string, key: string, value: string): string {
  const { start, end } = layouts.get(record.slice(0, 2))!.byKey.get(key)!
  return record.slice(0, start) + value.padEnd(end - start).slice(0, end - start) + record.slice(end)
}
