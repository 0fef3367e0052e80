import type { Database, KeyRange, Transaction } from '@ziv/postgres'
import { keysOfParts, type Plan } from '@ziv/runs'
import type { Finding } from '../types.ts'

/** The keys of a proof: a query of one column `key` (text), in any order. */
export interface ProofKeys {
  readonly sql: string
  readonly values?: readonly unknown[]
}

/** What a range of a proof gave: JSON, so that it can be kept in a file and go from one thread to another. */
export type RangeResult = unknown

/**
 * A proof that is made in ranges of keys, in any order, by any thread. Each range is one read-only snapshot; the first and the
 * last one are open, so that what has no key of its own lies in a range too.
 */
export interface RangedProof<R = RangeResult> {
  /** By which it is told when it cannot be carried through, and known in another thread. */
  readonly name: string
  readonly database: Database
  /** Absent: it is made over the whole at once. */
  readonly keys?: ProofKeys
  /** Keys of one range. Default 1,000. */
  readonly perRange?: number
  /** How much there is to compare; asked when a finding says that nothing was looked at. See `rowsIn`. */
  readonly there: () => Promise<number>
  readonly prove: (tx: Transaction, range: KeyRange) => Promise<R>
  /** What it says, by the results of all ranges in their order. That it looked at nothing is judged by `concluded`. */
  readonly conclude: (results: readonly R[]) => readonly Finding[]
}

/** Keys of one range: some tenths of a second of work. */
const perRangeDefault = 1_000

/** For a list of proofs: the same proof without the type of what its ranges give, which nobody else looks into. */
export const rangedProof = <R>(proof: RangedProof<R>): RangedProof => proof as unknown as RangedProof

/** How many rows a database has in some tables; each may carry a condition: `app.files where state = 'done'`. */
export const rowsIn =
  (database: Database, ...tables: readonly [string, ...string[]]): RangedProof['there'] =>
  async () => {
    const counts = tables.map((table) => `(select count(*) from ${table})`).join(' + ')
    const { rows } = await database.query<{ there: number }>(`select (${counts})::float8 as there`)
    return rows[0]!.there
  }

/** A proof over a whole that says one thing: totals, or few rows. */
export const wholeProof = (
  name: string,
  database: Database,
  there: RangedProof['there'],
  prove: (tx: Transaction) => Promise<Finding>,
): RangedProof => rangedProof<Finding>({ name, database, there, prove, conclude: (results) => results })

/** What is said of a check that looked at nothing, by how much there was to look at: nothing is right, something is a fault. */
export function judgedEmpty(finding: Finding, there: number): Finding {
  if (finding.examined > 0 || !finding.ok) return finding
  if (there === 0) return { ...finding, detail: 'nothing to compare' }
  return { ...finding, ok: false, detail: `looked at 0 of ${there}: ${finding.detail}` }
}

/** The findings of a proof by the results of all its ranges; one that looked at none of what is there does not hold. */
export async function concluded(proof: RangedProof, results: readonly RangeResult[]): Promise<readonly Finding[]> {
  const findings = proof.conclude(results)
  if (findings.every(({ examined }) => examined > 0)) return findings
  const there = await proof.there()
  return findings.map((finding) => judgedEmpty(finding, there))
}

/** Divides a proof: the keys that end its ranges, and how many keys there are. */
export async function planProof({ database, keys, perRange = perRangeDefault }: RangedProof): Promise<Plan> {
  if (keys === undefined) return { bounds: [], total: null }
  return await keysOfParts(database, keys.sql, keys.values ?? [], perRange, 1)
}

/** The ranges between bounds; there is always one. */
export const rangesOf = (bounds: readonly string[]): readonly KeyRange[] =>
  [...bounds, null].map((through, at) => ({ after: bounds[at - 1] ?? null, through }))

/** Whether a range holds a key: for proofs whose keys lie in no table. */
export const within = (key: string, { after, through }: KeyRange): boolean =>
  (after === null || key > after) && (through === null || key <= through)

/**
 * A read-only snapshot for a proof, for as long as that takes: between two of its statements a proof reads whole topics and other
 * databases, and nobody waits for a snapshot. The limit of idle transactions would end it, always where there is much to read.
 */
export const provingSnapshot = <T>(
  database: Pick<Database, 'transaction'>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> =>
  database.transaction(async (tx) => {
    await tx.query('set local idle_in_transaction_session_timeout = 0')
    return await work(tx)
  }, 'snapshot')

/** Proves one range, in a snapshot of its own that can change nothing. */
export const proveRange = (proof: RangedProof, range: KeyRange): Promise<RangeResult> =>
  provingSnapshot(proof.database, (tx) => proof.prove(tx, range))

/** What is told of a proof that could not be carried through. */
export const stoppedProof = (name: string, reason: string): Finding => ({
  check: `${name}: every proof was carried through`,
  ok: false,
  examined: 0,
  detail: `stopped: ${reason}`,
})

/** What holds at a moment, asked at every run: a proof that cannot be carried through is told. */
export async function provedNow(name: string, proof: () => Promise<Finding>): Promise<Finding> {
  try {
    return await proof()
  } catch (error) {
    return stoppedProof(name, error instanceof Error ? error.message : String(error))
  }
}

/** Every proof of a list, one after the other, range by range. What cannot be carried through throws. */
export async function* proveAll(proofs: readonly RangedProof[]): AsyncGenerator<Finding> {
  for (const proof of proofs) {
    const { bounds } = await planProof(proof)
    const results: RangeResult[] = []
    for (const range of rangesOf(bounds)) results.push(await proveRange(proof, range))
    yield* await concluded(proof, results)
  }
}
