import { countBytes } from '../slices.ts'
import { Unreadable } from '../unreadable.ts'
import { parseXml } from '../xml/parse.ts'
import { DmfaReading } from './reading.ts'
import { type DmfaStructure, loadStructure } from './structure.ts'
import type { DmfaItem, DmfaOptions } from './types.ts'
import { loadWageCodes, type WageCodes } from './wage.ts'

let tables: { structure: DmfaStructure; codes: WageCodes } | null = null

/**
 * Reads RSZ quarterly declarations (DmfAOriginal) as a stream: memory does not grow with the file. Yields the header of
 * every form, one item per worker record, every issue found (bounded list; the rest is counted) and one `end` last.
 * Never throws for what is in the file; errors of the source itself pass unchanged.
 */
export async function* readDmfa(
  source: AsyncIterable<Uint8Array | string>,
  options: DmfaOptions = {},
): AsyncGenerator<DmfaItem> {
  for await (const items of readDmfaPieces(source, options)) yield* items
}

/** `readDmfa` by the piece of the file, some 64 KiB: for readers of whole populations, to whom a promise per item tells. */
export async function* readDmfaPieces(
  source: AsyncIterable<Uint8Array | string>,
  options: DmfaOptions = {},
): AsyncGenerator<readonly DmfaItem[]> {
  tables ??= { structure: loadStructure(), codes: loadWageCodes() }
  const reading = new DmfaReading(tables.structure, tables.codes, options)
  const counter = { bytes: 0 }
  let complete = true
  try {
    for await (const _ of parseXml(countBytes(source, counter), reading)) yield reading.take()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    complete = false
    reading.stop(error)
  }
  yield [...reading.take(), { kind: 'end', end: reading.end(counter.bytes, complete) }]
}
