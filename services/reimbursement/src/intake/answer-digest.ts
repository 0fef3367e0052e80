import type { KeyRange, Queryable } from '@ziv/postgres'

const hashOf = (row: string): string => `sha256(convert_to(row(${row})::text, 'UTF8'))`

// folded in the database: 32 bytes a row in memory, whatever an invoice says. No date or moment as text: that depends on the session
const DIGESTS = `select f.file_id as "fileId", encode(sha256(
    ${hashOf(`f.arrival, f.sender, encode(f.file_hash, 'hex'), f.facts, f.outcome, f.counts, extract(epoch from f.completed_at)`)}
    || sha256(s.rows) || sha256(i.rows)), 'hex') as digest
  from app_files.files f
  cross join lateral (
    select coalesce(string_agg(${hashOf(
      `sequence, destination, ziekenfonds, first_record, records, patient_subject, patient, verdict, asked_cents, paid_cents`,
    )}, ''::bytea order by sequence), '') as rows from app.staged_invoices where file_id = f.file_id) s
  cross join lateral (
    select coalesce(string_agg(${hashOf('line, number, place, code, destination, ziekenfonds, detail, nl, fr, de, en')},
             ''::bytea order by line, number), '') as rows from app_files.issues where file_id = f.file_id) i
  where f.kind = 'invoiceFile' and f.state = 'done'`

/**
 * SHA-256 (hex) over everything that the answer to a finished billing file is made of: what was found and counted of the file, its
 * records with their verdicts, its issues. Asked in the transaction that ends the file, after its end was written down.
 */
export async function answerDigest(q: Queryable, fileId: string): Promise<string> {
  const { rows } = await q.query<{ digest: string }>(`${DIGESTS} and f.file_id = $1`, [fileId])
  if (rows[0] === undefined) throw new Error(`billing file ${fileId} has not ended: its answer is not whole yet`)
  return rows[0].digest
}

/** The same of every finished file of a range, now. */
export async function answerDigests(q: Queryable, { after, through }: KeyRange): Promise<ReadonlyMap<string, string>> {
  const { rows } = await q.query<{ fileId: string; digest: string }>(
    `${DIGESTS} and ($1::uuid is null or f.file_id > $1) and ($2::uuid is null or f.file_id <= $2)`,
    [after, through],
  )
  return new Map(rows.map(({ fileId, digest }) => [fileId, digest]))
}
