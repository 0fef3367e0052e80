import type { EventMetadata } from '@ziv/event-store'
import { chunksOf } from '@ziv/kernel'
import type { Context } from '../commands/context.ts'
import { prepareChunk, storeChunk } from './import-chunk.ts'
import { type ImportCounts, type ImportIssue, type MemberImportRow, type ReadRow, readRow } from './import-row.ts'

export interface ImportOptions {
  /** Who imports; goes into the metadata of every event. Default `system:import`. */
  readonly actor?: string
  readonly correlationId?: string
  /** Rows per transaction. Default 500. */
  readonly chunkSize?: number
  /** Called after each transaction. */
  readonly onProgress?: (counts: ImportCounts) => void
  /** Called for every row that was refused. */
  readonly onIssues?: (issues: readonly ImportIssue[]) => void | Promise<void>
}

export interface ImportResult extends ImportCounts {
  /** The first hundred; `onIssues` gets all of them. */
  readonly issues: readonly ImportIssue[]
}

const issuesKept = 100

/** Rows, each at its line from 1. */
async function* readRows(rows: AsyncIterable<unknown>): AsyncGenerator<ReadRow> {
  let line = 0
  for await (const candidate of rows) yield readRow(++line, candidate)
}

/**
 * Registers, affiliates and insures many persons: one transaction and one call to the vault per chunk. Idempotent by row
 * id, so an import that stopped is simply given again. A refused row never holds up the others.
 */
export async function importMembers(
  context: Context,
  rows: AsyncIterable<MemberImportRow | unknown>,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const metadata: EventMetadata = {
    actor: options.actor ?? 'system:import',
    correlationId: options.correlationId ?? 'member-import',
  }
  const kept: ImportIssue[] = []
  let counts: ImportCounts = { handled: 0, imported: 0, repeated: 0, refused: 0 }
  for await (const chunk of chunksOf(readRows(rows), options.chunkSize ?? 500)) {
    const prepared = await prepareChunk(context, context.database, chunk, undefined)
    const done = await context.database.transaction((tx) => storeChunk(context, tx, prepared, metadata))
    const { issues } = done
    counts = {
      handled: counts.handled + done.handled,
      imported: counts.imported + done.imported,
      repeated: counts.repeated + done.repeated,
      refused: counts.refused + issues.length,
    }
    kept.push(...issues.slice(0, issuesKept - kept.length))
    if (issues.length > 0) await options.onIssues?.(issues)
    options.onProgress?.(counts)
  }
  return { ...counts, issues: kept }
}
