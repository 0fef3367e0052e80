import type { KeyRange, Queryable } from '@ziv/postgres'

/** Rows that a kind keeps of a file for its answer, in a table with a column `file_id`. */
export interface AnswerRows {
  readonly table: string
  /** Columns that the answer is made of, separated by commas: of no type whose text depends on the session (dates, moments). */
  readonly columns: string
  /** Columns that order the rows of a file. */
  readonly order: string
}

const issues: AnswerRows = {
  table: 'app_files.issues',
  columns: 'line, number, place, code, destination, ziekenfonds, detail, nl, fr, de, en',
  order: 'line, number',
}

const hashOf = (row: string): string => `sha256(convert_to(row(${row})::text, 'UTF8'))`

// folded in the database: 32 bytes a row in memory, whatever an invoice says
const rowsSql = ({ table, columns, order }: AnswerRows): string =>
  `sha256((select coalesce(string_agg(${hashOf(columns)}, ''::bytea order by ${order}), '') from ${table} where file_id = f.file_id))`

// which file took whose place (replaced) and how far it is (state, lease) is no part of an answer; no date or moment as text
const FILE = `f.arrival, f.sender, f.insurer, f.ziekenfonds, f.format, f.file_name, encode(f.file_hash, 'hex'), f.size_bytes,
  f.facts, f.outcome, f.counts, f.business_date - date '2000-01-01', f.actor, f.correlation_id, extract(epoch from f.received_at),
  extract(epoch from f.completed_at)`

const digestsSql = (own: readonly AnswerRows[]): string =>
  `select f.file_id as "fileId", encode(sha256(${[hashOf(FILE), ...[...own, issues].map(rowsSql)].join(' || ')}), 'hex') as digest
   from app_files.files f where f.kind = $1 and f.state = 'done'`

/**
 * SHA-256 (hex) over everything that the answer to a finished file is made of: what was found and counted of the file, its issues,
 * and what its kind keeps for it. Asked in the transaction that ends the file, after its end was written down. Throws for a file that has not ended.
 */
export async function answerDigest(q: Queryable, kind: string, fileId: string, own?: AnswerRows): Promise<string> {
  const sql = `${digestsSql(own === undefined ? [] : [own])} and f.file_id = $2`
  const { rows } = await q.query<{ digest: string }>(sql, [kind, fileId])
  if (rows[0] === undefined) throw new Error(`${kind} ${fileId} has not ended: its answer is not whole yet`)
  return rows[0].digest
}

/** The same of every finished file of a kind in a range, by file, now. */
export async function answerDigests(
  q: Queryable,
  kind: string,
  { after, through }: KeyRange,
  own?: AnswerRows,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await q.query<{ fileId: string; digest: string }>(
    `${digestsSql(own === undefined ? [] : [own])} and ($2::uuid is null or f.file_id > $2) and ($3::uuid is null or f.file_id <= $3)`,
    [kind, after, through],
  )
  return new Map(rows.map(({ fileId, digest }) => [fileId, digest]))
}
