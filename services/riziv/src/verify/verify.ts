import type { EventStore } from '@ziv/event-store'
import type { Queryable } from '@ziv/postgres'
import {
  type Finding,
  logProofs,
  NAMED_MAX,
  namesOf,
  naming,
  type RangedProof,
  rowsIn,
  told,
  wholeProof,
} from '@ziv/service'
import type { Context } from '../context.ts'
import { accounts, type LedgerEntry, type LedgerLine } from '../domain/ledger.ts'
import { proveDistributions } from './prove-distributions.ts'

/** What the RIZIV proves of itself: chains, the ledger balances, and it says the same as the events. */
export const rizivProofs = ({ database, store }: Context): readonly RangedProof[] => [
  ...logProofs('riziv', database, store),
  wholeProof('riziv: ledger balances', database, rowsIn(database, 'app.ledger_lines'), balance),
  wholeProof('riziv: ledger equals the events', database, rowsIn(database, 'app.ledger_lines'), (tx) =>
    ledgerEqualsEvents(tx, store),
  ),
  wholeProof('riziv: distributions', database, rowsIn(database, 'app.distributions', 'app.budgets'), (tx) =>
    proveDistributions(tx, store),
  ),
]

async function balance(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{
    lines: string
    debit: string
    credit: string
    unbalanced: string[] | null
    bank: string
    received: string
    advanced: string
  }>(
    `with entries as (select entry_id, sum(debit_cents) as d, sum(credit_cents) as c from app.ledger_lines group by entry_id)
     select (select count(*) from app.ledger_lines) as lines,
            coalesce((select sum(d) from entries), 0)::text as debit, coalesce((select sum(c) from entries), 0)::text as credit,
            (select (array_agg(entry_id::text order by entry_id) filter (where d <> c))[1:${NAMED_MAX}] from entries) as unbalanced,
            (select coalesce(sum(debit_cents - credit_cents), 0)::text from app.ledger_lines where account = $1) as bank,
            (select coalesce(sum(credit_cents - debit_cents), 0)::text from app.ledger_lines where account like 'received:%') as received,
            (select coalesce(sum(l.debit_cents), 0)::text from app.ledger_lines l where l.account like 'advanced:%') as advanced`,
    [accounts.bank],
  )
  const row = rows[0] as NonNullable<(typeof rows)[0]>
  const kept = BigInt(row.received) - BigInt(row.advanced) === BigInt(row.bank)
  const ok = row.debit === row.credit && row.unbalanced === null && kept
  const found = namesOf(row.unbalanced ?? [])
  const unbalanced = found.count === 0 ? '' : `; not balanced: ${told(found)}`
  return {
    check: 'riziv: ledger balances',
    ok,
    examined: Number(row.lines),
    detail: `debit ${row.debit} = credit ${row.credit} cents; received ${row.received} - advanced ${row.advanced} = bank ${row.bank}${unbalanced}`,
    ...naming(found),
  }
}

interface Booked {
  readonly entry: LedgerEntry
}

type BookedLine = LedgerLine & Pick<LedgerEntry, 'bookedOn' | 'subject'>

const textOf = (lines: readonly BookedLine[]): string =>
  lines.map((line) => [line.bookedOn, line.account, line.debitCents, line.creditCents, line.subject].join('|')).join()

/** Every line of the ledger stands in an event, and every line of an event stands in the ledger. */
async function ledgerEqualsEvents(tx: Queryable, store: EventStore): Promise<Finding> {
  let examined = 0
  const heard = new Set<string>()
  const wrong: string[] = []
  for (const aggregate of ['receipt', 'advance', 'settlement']) {
    for await (const { events } of store.streams(tx, aggregate)) {
      for (const { data } of events) {
        const { entry } = data as unknown as Booked
        examined += 1
        heard.add(entry.entryId)
        const { rows } = await tx.query<BookedLine>(
          `select booked_on as "bookedOn", subject, account, debit_cents::float8 as "debitCents", credit_cents::float8 as "creditCents"
           from app.ledger_lines where entry_id = $1 order by line`,
          [entry.entryId],
        )
        const { bookedOn, subject } = entry
        const wanted = entry.lines.map((line) => ({ ...line, bookedOn, subject }))
        if (textOf(rows) !== textOf(wanted)) wrong.push(entry.entryId)
      }
    }
  }
  const { rows } = await tx.query<{ id: string }>(
    'select distinct entry_id::text as id from app.ledger_lines order by id',
  )
  const extra = rows.map(({ id }) => id).filter((id) => !heard.has(id))
  const problems = [...wrong, ...extra.map((id) => `${id} (no event says it)`)]
  const found = namesOf(problems)
  const ok = problems.length === 0
  return {
    check: 'riziv: ledger equals the events',
    ok,
    examined,
    detail: ok ? 'every booking is an event' : `${problems.length} differ: ${told(found)}`,
    ...naming(found),
  }
}
