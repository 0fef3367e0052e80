import type { EventMetadata } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { Context } from './context.ts'
import { type ChunkResult, importChunk, type NumberedRow } from './import-chunk.ts'
import { type ImportCounts, type ImportIssue, type MemberImportRow, memberImportRow } from './import-row.ts'

export interface ImportOptions {
  /** Who imports; goes into the metadata of every event. Default `system:import`. */
  readonly actor?: string
  readonly correlationId?: string
  /** Rows per transaction. Default 500. */
  readonly chunkSize?: number
  /** Line of the first row, when the caller has read some before. Default 1. */
  readonly firstLine?: number
  /** Ziekenfonds that sends: row ids are its own, and rows that touch members of others are refused. Default: the operator. */
  readonly owner?: string | undefined
  /** Runs in the transaction of each chunk, with what became of it. */
  readonly inTransaction?: (tx: Transaction, chunk: ImportCounts, issues: readonly ImportIssue[]) => Promise<void>
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

interface Chunk {
  readonly rows: readonly NumberedRow[]
  readonly invalid: readonly ImportIssue[]
}

/** Rows in chunks; a row that is no valid member becomes an issue at its line. */
async function* chunksOf(rows: AsyncIterable<unknown>, size: number, firstLine: number): AsyncGenerator<Chunk> {
  let chunk: NumberedRow[] = []
  let invalid: ImportIssue[] = []
  let line = firstLine - 1
  for await (const candidate of rows) {
    line += 1
    const parsed = memberImportRow.safeParse(candidate)
    if (parsed.success) chunk.push({ line, row: parsed.data })
    else invalid.push({ line, code: 'importLineInvalid', params: { reason: reasonOf(parsed.error.issues) } })
    if (chunk.length + invalid.length < size) continue
    yield { rows: chunk, invalid }
    chunk = []
    invalid = []
  }
  if (chunk.length + invalid.length > 0) yield { rows: chunk, invalid }
}

type ZodIssues = NonNullable<ReturnType<typeof memberImportRow.safeParse>['error']>['issues']

/** Field names and kinds of mistake only: the values are personal data. */
const reasonOf = (issues: ZodIssues): string =>
  issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'row'}: ${issue.code}`)
    .join('; ')

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
  for await (const { rows: chunk, invalid } of chunksOf(rows, options.chunkSize ?? 500, options.firstLine ?? 1)) {
    const issuesOf = (result: ChunkResult) => [...invalid, ...result.issues].toSorted((a, b) => a.line - b.line)
    const handled = chunk.length + invalid.length
    const countsOf = ({ imported, repeated, issues }: ChunkResult): ImportCounts => ({
      ...{ handled, imported, repeated, refused: invalid.length + issues.length },
    })
    const { owner, inTransaction } = options
    const result = await importChunk(context, chunk, metadata, {
      owner,
      inTransaction: inTransaction && ((tx, done) => inTransaction(tx, countsOf(done), issuesOf(done))),
    })
    const issues = issuesOf(result)
    const done = countsOf(result)
    counts = {
      handled: counts.handled + done.handled,
      imported: counts.imported + done.imported,
      repeated: counts.repeated + done.repeated,
      refused: counts.refused + done.refused,
    }
    kept.push(...issues.slice(0, issuesKept - kept.length))
    if (issues.length > 0) await options.onIssues?.(issues)
    options.onProgress?.(counts)
  }
  return { ...counts, issues: kept }
}
