import { type Cents, cents, type Instant } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { LedgerEntry } from '../domain/ledger.ts'

/** Writes an entry, in the transaction of the event that carries it. */
export async function book(tx: Transaction, entry: LedgerEntry): Promise<void> {
  await copyIn(
    tx,
    'COPY app.ledger_lines (entry_id, line, booked_on, account, debit_cents, credit_cents, subject) FROM STDIN (FORMAT text)',
    entry.lines.map((line, index) =>
      copyRow([
        entry.entryId,
        index + 1,
        entry.bookedOn,
        line.account,
        line.debitCents,
        line.creditCents,
        entry.subject,
      ]),
    ),
  )
}

/** Debit minus credit of an account, in cents. */
export async function balanceOf(q: Queryable, account: string): Promise<Cents> {
  const { rows } = await q.query<{ balance: string }>(
    'select coalesce(sum(debit_cents - credit_cents), 0)::text as balance from app.ledger_lines where account = $1',
    [account],
  )
  return cents(Number(rows[0]?.balance ?? 0))
}

/** Actual expenditure of a year per insurer, from the returns that were accepted. */
export async function actualExpenditure(q: Queryable, year: number): Promise<ReadonlyMap<string, Cents>> {
  const { rows } = await q.query<{ insurer: string; actual: string }>(
    `select insurer, sum(intervention_cents)::text as actual from app.accepted_returns
     where month >= $1 and month <= $2 group by insurer`,
    [`${year}-01`, `${year}-12`],
  )
  return new Map(rows.map((row) => [row.insurer, cents(Number(row.actual))]))
}

export interface StoredDistribution {
  readonly distributionId: string
  readonly kind: 'advance' | 'settlement'
  readonly year: number
  readonly month: string | null
  readonly decidedOn: string
  readonly totalCents: number
  readonly shares: readonly Readonly<Record<string, string | number>>[]
  readonly grounds: readonly unknown[]
}

const DISTRIBUTION = `select distribution_id as "distributionId", kind, year, month, decided_on as "decidedOn",
  total_cents::float8 as "totalCents", shares, grounds from app.distributions`

/** One distribution, or null. */
export async function findDistribution(q: Queryable, id: string): Promise<StoredDistribution | null> {
  const { rows } = await q.query<StoredDistribution>(`${DISTRIBUTION} where distribution_id = $1`, [id])
  return rows[0] ?? null
}

/** Distributions of a year in the order in which they were decided. */
export async function distributionsOf(
  q: Queryable,
  year: number,
  kind?: 'advance' | 'settlement',
): Promise<readonly StoredDistribution[]> {
  const { rows } = await q.query<StoredDistribution>(
    `${DISTRIBUTION} where year = $1 and ($2::text is null or kind = $2) order by position`,
    [year, kind ?? null],
  )
  return rows
}

/** Keeps a distribution for reading, and gives it as it will be read. */
export async function saveDistribution(
  tx: Transaction,
  d: Omit<StoredDistribution, 'shares'> & { readonly shares: readonly object[]; readonly decidedAt: Instant },
): Promise<StoredDistribution> {
  await tx.query(
    `insert into app.distributions (distribution_id, kind, year, month, decided_on, total_cents, shares, grounds, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      d.distributionId,
      d.kind,
      d.year,
      d.month,
      d.decidedOn,
      d.totalCents,
      JSON.stringify(d.shares),
      JSON.stringify(d.grounds),
      d.decidedAt,
    ],
  )
  return (await findDistribution(tx, d.distributionId)) as StoredDistribution
}

/** Advances paid for a year, by insurer. */
export async function advancedFor(q: Queryable, year: number): Promise<ReadonlyMap<string, Cents>> {
  const { rows } = await q.query<{ insurer: string; paid: string }>(
    `select share->>'insurer' as insurer, sum((share->>'amountCents')::bigint)::text as paid
     from app.distributions, jsonb_array_elements(shares) share where year = $1 and kind = 'advance' group by 1`,
    [year],
  )
  return new Map(rows.map((row) => [row.insurer, cents(Number(row.paid))]))
}

/** The objective of a year, or null. */
export async function findBudget(q: Queryable, year: number): Promise<Cents | null> {
  const { rows } = await q.query<{ objective: string }>(
    'select objective_cents::text as objective from app.budgets where year = $1',
    [year],
  )
  return rows[0] === undefined ? null : cents(Number(rows[0].objective))
}

/** Keeps the objective of a year. */
export async function saveBudget(tx: Transaction, year: number, objectiveCents: Cents): Promise<void> {
  await tx.query(
    'insert into app.budgets values ($1, $2) on conflict (year) do update set objective_cents = excluded.objective_cents',
    [year, objectiveCents],
  )
}
