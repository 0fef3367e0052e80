import type { IssueScope } from '@ziv/intake'
import { type Database, streamBatches } from '@ziv/postgres'
import { fileOf, partsOf, type StoredPart, stateOf } from './file-view.ts'
import type { InvoiceFile, StoredInvoiceFile } from './types.ts'
import { unpackVerdict } from './verdict-text.ts'

/** SQL condition on staged invoices or issues: what belongs to who asks. $1 file, $2 insurer, $3 ziekenfonds, null for all. */
export const scopeSql = `file_id = $1 and ($2::text is null or left(destination, 1) = left($2, 1))
  and ($3::text is null or coalesce(ziekenfonds, destination) = $3)`

/** The parameters of `scopeSql`. */
export const scopeValues = (fileId: string, { insurer, ziekenfonds }: IssueScope): (string | null)[] => [
  fileId,
  insurer ?? null,
  ziekenfonds ?? null,
]

interface Row {
  readonly destination: string
  readonly records: number
  readonly asked_cents: string
  readonly verdict: string
}

type Part = { -readonly [K in keyof StoredPart]: StoredPart[K] }

/**
 * A billing file as who asks may see it, and its parts: the file as it is for everything, else counts and amounts of the
 * invoices in scope only, read in batches. Null when none is.
 */
export async function fileInScope(
  database: Database,
  stored: StoredInvoiceFile,
  scope: IssueScope,
): Promise<{ file: InvoiceFile; parts: readonly StoredPart[] } | null> {
  if (scope.insurer === undefined && scope.ziekenfonds === undefined) {
    const parts = partsOf(stored)
    return { file: fileOf(stored, parts), parts }
  }
  const parts = new Map<string, Part>()
  let invoices = 0
  let errorLines = 0
  const sql = `select destination, length(records) / 350 as records, asked_cents, verdict from app.staged_invoices
    where ${scopeSql} and destination <> '' order by sequence`
  const values = scopeValues(stored.fileId, scope)
  for await (const rows of streamBatches<Row>(database, sql, values, { batchSize: 500 })) {
    for (const invoice of rows) {
      invoices += 1
      errorLines += addTo(parts, invoice, stateOf(stored))
    }
  }
  if (invoices === 0) return null
  const found = [...parts.values()].sort((a, b) => (a.destination < b.destination ? -1 : 1))
  const sum = (of: (part: StoredPart) => number): number => found.reduce((total, part) => total + of(part), 0)
  const file = {
    ...fileOf(stored, found),
    invoices,
    errorLines,
    lines: sum((part) => part.lines),
    acceptedLines: sum((part) => part.acceptedLines),
    refusedLines: sum((part) => part.refusedLines),
    askedCents: sum((part) => part.askedCents),
    paidCents: sum((part) => part.paidCents),
  }
  return { file, parts: found }
}

/** Adds an invoice to its part; answers with the number of its lines that are not as asked. Nothing is paid before the end. */
function addTo(parts: Map<string, Part>, invoice: Row, state: InvoiceFile['state']): number {
  const { destination } = invoice
  const zero = { records: 0, lines: 0, askedCents: 0, acceptedLines: 0, refusedLines: 0, paidCents: 0 }
  const part: Part = parts.get(destination) ?? { destination, insurer: `${destination[0]}00`, ...zero }
  parts.set(destination, part)
  const { lines } = unpackVerdict(invoice.verdict).assessment
  const refused = lines.filter((line) => line.outcome === 'refused').length
  part.records += invoice.records
  part.lines += lines.length
  part.askedCents += Number(invoice.asked_cents)
  if (state === 'refused') part.refusedLines += lines.length
  if (state === 'settled' || state === 'tested') {
    part.refusedLines += refused
    part.acceptedLines += lines.length - refused
  }
  if (state === 'settled') {
    part.paidCents += lines.reduce((sum, line) => sum + line.interventionCents, 0)
  }
  return lines.filter((line) => line.outcome !== 'accepted').length
}
