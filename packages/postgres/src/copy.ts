import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Transaction } from './types.ts'

/** A value of a COPY row. Objects and arrays become JSON; for a PostgreSQL array pass its literal text. */
export type CopyValue = string | number | bigint | boolean | null | undefined | Uint8Array | object

const CHUNK_CHARACTERS = 64 * 1024
const SPECIAL = /[\\\n\r\t]/
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Escapes one text for COPY's text format. */
export function copyText(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] as string) : text
}

function copyValue(value: CopyValue): string {
  if (typeof value === 'string') return copyText(value)
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value !== 'object') return String(value)
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`
  return copyText(JSON.stringify(value))
}

/** One line of COPY's text format, with its newline. null and undefined become NULL, bytes become hex. */
export function copyRow(values: readonly CopyValue[]): string {
  let line = ''
  for (let index = 0; index < values.length; index++) {
    line += (index === 0 ? '' : '\t') + copyValue(values[index])
  }
  return `${line}\n`
}

async function* chunked(rows: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Buffer> {
  let chunk = ''
  for await (const row of rows) {
    chunk += row
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(chunk)
      chunk = ''
    }
  }
  if (chunk !== '') yield Buffer.from(chunk)
}

function* chunkedSync(rows: Iterable<string>): Generator<Buffer> {
  let chunk = ''
  for (const row of rows) {
    chunk += row
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(chunk)
      chunk = ''
    }
  }
  if (chunk !== '') yield Buffer.from(chunk)
}

/**
 * Streams rows into `COPY ... FROM STDIN (FORMAT text)` inside the caller's transaction; lines come from `copyRow`.
 * Memory stays at one chunk (64 KB). Returns the number of rows stored; an error of the source or of PostgreSQL rejects.
 */
export async function copyIn(
  tx: Transaction,
  sql: string,
  rows: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  const target = tx.client.query(copyFrom(sql))
  const chunks = Symbol.asyncIterator in rows ? chunked(rows) : chunkedSync(rows)
  await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 4 }), target)
  return target.rowCount
}
