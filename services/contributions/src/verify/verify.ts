import { isDeepStrictEqual } from 'node:util'
import type { EventStore } from '@ziv/event-store'
import type { Intake } from '@ziv/intake'
import { type KeyRange, type Queryable, streamBatches, type Transaction } from '@ziv/postgres'
import {
  addTallies,
  answerProofs,
  countedNames,
  type Finding,
  firstOf,
  logProofs,
  membersProof,
  NAMED_MAX,
  namesOf,
  naming,
  type RangedProof,
  rangedProof,
  rowsIn,
  stagedProof,
  told,
  wholeProof,
} from '@ziv/service'
import { type StoredState, stateOf } from '../commands/stored-state.ts'
import { streamIdOf } from '../commands/year-work.ts'
import type { Context } from '../context.ts'
import type { ContributionYearEvent } from '../domain/contribution-year.events.ts'
import { evolve, initialState, type YearState } from '../domain/contribution-year.ts'
import { toldProof } from './published.ts'
import { references } from './references.ts'
import { waiting } from './waiting.ts'

const YEAR_STREAMS = `es.streams where stream_id >= 'contributionYear-' and stream_id < 'contributionYear.'`
const FINISHED = `app_files.files where kind = 'slipIntake' and state = 'done'`

/** Everything this service can prove of itself, each with how much it looked at. */
export function contributionsProofs(context: Context, intake: Pick<Intake, 'api' | 'kinds'>): readonly RangedProof[] {
  const { database, store } = context
  return [
    ...logProofs('contributions', database, store),
    rangedProof({
      name: 'contributions.yearState',
      database,
      keys: { sql: 'select distinct person_id::text as key from app.year_state' },
      there: rowsIn(database, 'app.year_state', YEAR_STREAMS),
      prove: (tx, range) => years(tx, range, store),
      conclude: concludeYears,
    }),
    toldProof(context),
    wholeProof('contributions.intakes', database, rowsIn(database, FINISHED), intakes),
    ...answerProofs(database, store, intake),
    stagedProof('contributions', database),
    wholeProof('contributions.waiting', database, rowsIn(database, 'app.waiting_slips'), waiting),
    wholeProof('contributions.payments', database, rowsIn(database, 'app.booked_payments'), bookings),
    wholeProof('contributions.references', database, rowsIn(database, 'app.payment_references'), references),
    membersProof('contributions.members', database),
  ]
}

interface StateRow {
  readonly person_id: string
  readonly year: number
  readonly stream_version: string
  readonly stream_hash: Buffer
  readonly state: StoredState
}

/** The read model of every year equals the fold of its stream, no stream lacks one, and the totals of the slips agree. */
async function years(tx: Transaction, { after, through }: KeyRange, store: EventStore) {
  const wrong: string[] = []
  let examined = 0
  let kept = 0
  let folded = 0
  const sql = `select person_id, year, stream_version, stream_hash, state from app.year_state
    where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2) order by person_id, year`
  for await (const rows of streamBatches<StateRow>(tx, sql, [after, through], { batchSize: 500 })) {
    const streams = await store.loadMany(
      tx,
      rows.map((row) => streamIdOf(row.person_id, row.year)),
    )
    for (const row of rows) {
      examined += 1
      const id = streamIdOf(row.person_id, row.year)
      const stream = streams.get(id)!
      // the stream may have moved on since the state was read: the state answers for its own version
      const version = Number(row.stream_version)
      const events = stream.events.slice(0, version)
      const fold = events.reduce(
        (folding, { type, schemaVersion, data }) =>
          evolve(folding, { type, version: schemaVersion, data } as unknown as ContributionYearEvent),
        initialState(),
      )
      const state = stateOf(row.state)
      kept += slipTotal(state)
      folded += slipTotal(fold)
      const sameHead = events.length === version && events.at(-1)?.hash.equals(row.stream_hash) === true
      if (!sameHead || !isDeepStrictEqual(fold, state)) wrong.push(id)
    }
  }
  // '.' follows '-' in the byte order of stream ids: behind all years of a person
  const { rows } = await tx.query<{ stream_id: string }>(
    `select s.stream_id from es.streams s left join app.year_state y
         on s.stream_id = 'contributionYear-' || y.person_id || '-' || y.year
      where s.stream_id >= $1 and s.stream_id < $2 and y.person_id is null order by s.stream_id`,
    [
      after === null ? 'contributionYear-' : `contributionYear-${after}.`,
      through === null ? 'contributionYear.' : `contributionYear-${through}.`,
    ],
  )
  return { examined, kept, folded, stateless: namesOf(rows.map((row) => row.stream_id)), wrong: namesOf(wrong) }
}

function concludeYears(results: readonly Awaited<ReturnType<typeof years>>[]): readonly Finding[] {
  const { examined, kept, folded, stateless, wrong } = addTallies(results)
  const ok = wrong.count === 0 && stateless.count === 0
  return [
    {
      check: 'contributions.yearState',
      ok,
      examined,
      detail: ok
        ? `${examined} year states equal the fold of their stream`
        : `${wrong.count} differ (${told(wrong, 3)}), ${stateless.count} streams have no state (${told(stateless, 3)})`,
      ...naming(wrong, stateless),
    },
    {
      check: 'contributions.slipTotals',
      ok: kept === folded,
      examined,
      detail: `wages on slips: ${kept} cents kept, ${folded} cents in the events`,
    },
  ]
}

const slipTotal = (state: YearState): number =>
  Object.values(state.slips).reduce((sum, slip) => sum + slip.amountCents, 0)

/** Counts of every finished file add up, and are the ones that were published. */
async function intakes(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: number; wrong: number; first: string[] | null }>(
    `with judged as (
       select f.file_id, e.data is null or e.data ->> 'state' <> f.outcome
              or (f.counts ->> 'received')::int <> (f.counts ->> 'recorded')::int + (f.counts ->> 'unchanged')::int
                   + (f.counts ->> 'waiting')::int + (f.counts ->> 'refused')::int
              or (e.data ->> 'fileHash') <> encode(f.file_hash, 'hex')
              or exists (select from jsonb_each(f.counts) c where e.data -> c.key is distinct from c.value) as wrong
         from app_files.files f
         left join es.events e on e.stream_id = 'slipIntake-' || f.file_id and e.version = 1
        where f.kind = 'slipIntake' and f.state = 'done')
     select count(*)::int as examined, count(*) filter (where wrong)::int as wrong,
            (array_agg(file_id::text order by file_id) filter (where wrong))[1:${NAMED_MAX}] as first from judged`,
  )
  const { examined, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  return {
    check: 'contributions.intakes',
    ok: wrong === 0,
    examined,
    detail: `${examined} finished files, ${wrong} whose counts do not add up${firstOf(found)}`,
    ...naming(found),
  }
}

/** Every payment of every year is booked under its reference for that person and year, and nothing else is booked. */
async function bookings(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ payments: number; wrong: number; first: string[] | null }>(
    `with paid as (
       select person_id, year, jsonb_object_keys(state -> 'payments') as payment_id from app.year_state where state ? 'payments'),
     compared as (
       select payment_id || ' of ' || person_id || ' ' || year as name, p.there is null or b.there is null as wrong
       from (select *, true as there from paid) p
       full join (select payment_id, person_id, year, true as there from app.booked_payments) b using (payment_id, person_id, year))
     select (select count(*)::int from paid) as payments, count(*) filter (where wrong)::int as wrong,
            (array_agg(name order by name) filter (where wrong))[1:${NAMED_MAX}] as first from compared`,
  )
  const { payments, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  return {
    check: 'contributions.payments',
    ok: wrong === 0,
    examined: payments,
    detail: `${payments} payments, ${wrong} whose reference is not booked for one person and year${firstOf(found)}`,
    ...naming(found),
  }
}
