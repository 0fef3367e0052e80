import { nearestName, parseJson } from '@ziv/kernel'
import { parse } from 'csv-parse/sync'
import { readLines } from '../lines.ts'
import { countBytes } from '../slices.ts'
import { Unreadable } from '../unreadable.ts'
import { columnNames, columns } from './columns.ts'
import type { SlipMessageParams } from './messages.ts'
import { SlipReading } from './reading.ts'
import type { SlipItem, SlipOptions } from './types.ts'

/** Takes one line; false to stop reading. */
type LineReader = (line: string, number: number) => boolean

/**
 * Reads slips from CSV as a stream. The first line names the columns (see `columns.ts`), in any order; comma,
 * semicolon or tab; one row per line. Wages are cents, days and hours hundredths. Yields slips, issues and one `end`
 * last; never throws for what is in the file.
 */
export async function* readSlipsCsv(
  source: AsyncIterable<Uint8Array | string>,
  options: SlipOptions = {},
): AsyncGenerator<SlipItem> {
  for await (const items of readSlipsCsvPieces(source, options)) yield* items
}

/** `readSlipsCsv` by the piece of the file, some 64 KiB. */
export function readSlipsCsvPieces(
  source: AsyncIterable<Uint8Array | string>,
  options: SlipOptions = {},
): AsyncGenerator<readonly SlipItem[]> {
  const reading = new SlipReading(options)
  let header: CsvHeader | null = null
  return readRows(source, reading, (line, number) => {
    if (header !== null) return csvRow(line, number, header, reading)
    header = csvHeader(line, number, reading)
    return header !== null
  })
}

/**
 * Reads slips from JSON Lines as a stream: one object per line with the columns as keys. Otherwise as `readSlipsCsv`.
 */
export async function* readSlipsJsonLines(
  source: AsyncIterable<Uint8Array | string>,
  options: SlipOptions = {},
): AsyncGenerator<SlipItem> {
  for await (const items of readSlipsJsonLinesPieces(source, options)) yield* items
}

/** `readSlipsJsonLines` by the piece of the file, some 64 KiB. */
export function readSlipsJsonLinesPieces(
  source: AsyncIterable<Uint8Array | string>,
  options: SlipOptions = {},
): AsyncGenerator<readonly SlipItem[]> {
  const reading = new SlipReading(options)
  const unknown = new Set<string>()
  return readRows(source, reading, (line, number) => jsonRow(line, number, unknown, reading))
}

async function* readRows(
  source: AsyncIterable<Uint8Array | string>,
  reading: SlipReading,
  readLine: LineReader,
): AsyncGenerator<readonly SlipItem[]> {
  const counter = { bytes: 0 }
  let complete = true
  try {
    for await (const { first, lines } of readLines(countBytes(source, counter))) {
      for (const [at, line] of lines.entries()) {
        if (line.trim() === '') continue
        complete = readLine(line, first + at)
        if (!complete) break
      }
      yield reading.take()
      if (!complete) break
    }
    if (complete && reading.rows === 0) reading.issue('SLIP-NO-ROWS', 'error', {}, { line: 1, column: 1 })
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    complete = false
    reading.stop(error)
  }
  yield [...reading.take(), { kind: 'end', end: reading.end(counter.bytes, complete) }]
}

interface CsvHeader {
  readonly delimiter: string
  readonly names: readonly string[]
}

function csvHeader(line: string, number: number, reading: SlipReading): CsvHeader | null {
  const delimiter = [';', '\t', ','].find((sign) => line.includes(sign)) ?? ','
  const names = (fieldsOf(line, delimiter) ?? []).map((name) => name.trim())
  const place = { line: number, column: 1 }
  if (!names.some((name) => columnNames.has(name))) {
    reading.issue('SLIP-HEADER', 'fatal', { other: columns.map((column) => column.name).join(', ') }, place)
    return null
  }
  for (const [at, name] of names.entries()) {
    if (!columnNames.has(name)) reading.issue('SLIP-UNKNOWN-COLUMN', 'warning', unknownColumn(name, at), place)
  }
  const missing = columns.filter((column) => column.required && !names.includes(column.name))
  for (const { name } of missing) reading.issue('SLIP-MISSING-COLUMN', 'fatal', { column: name }, place)
  return missing.length === 0 ? { delimiter, names } : null
}

function csvRow(line: string, number: number, header: CsvHeader, reading: SlipReading): boolean {
  const fields = fieldsOf(line, header.delimiter)
  if (fields === null) return reading.strangeLine('SLIP-QUOTES', number)
  if (fields.length !== header.names.length) {
    const params = { value: String(fields.length), other: String(header.names.length) }
    return reading.strangeLine('SLIP-COLUMNS', number, params)
  }
  const values: Record<string, string> = {}
  for (const [at, name] of header.names.entries()) values[name] ??= fields[at]!.trim()
  return reading.row(values, number, (name) => {
    const before = fields.slice(0, header.names.indexOf(name))
    return before.reduce((column, field) => column + field.length + 1, 1)
  })
}

/** What is told of a column that is not known: its place, and what it was meant for or what there is. Its name may be one of a person. */
function unknownColumn(name: string, at: number): SlipMessageParams {
  const known = [...columnNames]
  const near = nearestName(name, known)
  return { value: String(at + 1), other: known.join(', '), ...(near === null ? {} : { column: near }) }
}

/** Fields of a line; null when its quotes are wrong. */
function fieldsOf(line: string, delimiter: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(delimiter)
  try {
    const rows = parse(line, { delimiter, relax_column_count: true })
    return rows.length === 1 ? rows[0]! : null
  } catch {
    return null
  }
}

function jsonRow(line: string, number: number, unknown: Set<string>, reading: SlipReading): boolean {
  const row = jsonObject(line)
  if (row === null) return reading.strangeLine('SLIP-JSON', number)
  const values: Record<string, string> = {}
  for (const [at, [name, value]] of Object.entries(row).entries()) {
    if (columnNames.has(name)) {
      if (value !== null) values[name] = typeof value === 'object' ? '?' : String(value)
    } else if (unknown.size < 20 && !unknown.has(name)) {
      unknown.add(name)
      const place = { line: number, column: 1 }
      reading.issue('SLIP-UNKNOWN-COLUMN', 'warning', unknownColumn(name, at), place)
    }
  }
  return reading.row(values, number, (name) => Math.max(1, line.indexOf(`"${name}"`) + 1))
}

function jsonObject(line: string): Readonly<Record<string, unknown>> | null {
  const parsed = parseJson(line)
  if (!parsed.ok || typeof parsed.value !== 'object' || Array.isArray(parsed.value)) return null
  return parsed.value === null ? null : { ...parsed.value }
}
