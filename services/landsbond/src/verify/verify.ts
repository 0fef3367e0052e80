import { canonicalJson } from '@ziv/event-store'
import type { Law } from '@ziv/law'
import type { KeyRange, Queryable, Transaction } from '@ziv/postgres'
import {
  addTallies,
  countedNames,
  type Finding,
  logProofs,
  NAMED_MAX,
  namesOf,
  naming,
  type RangedProof,
  rangedProof,
  rowsIn,
  told,
  wholeProof,
  within,
} from '@ziv/service'
import type { Context } from '../context.ts'
import { differencesOf } from '../domain/figures.ts'
import { placesOn, samePlaces } from '../domain/membership.ts'
import { daysOfMonth } from '../domain/month.ts'
import { foldFigures, foldMembers } from '../projections/figures.ts'
import { businessDay } from '../projections/member-counts.ts'
import { contexts, type Positions, topicOf } from '../projections/positions.ts'
import { RETURN_COLUMNS, type StoredReturn } from '../projections/returns.ts'
import { affiliatedOf } from './affiliated.ts'
import { changesToComeProof } from './changes-to-come.ts'
import { returnsEqualEvents } from './returns-of-events.ts'

const AMOUNTS = ['app.slip_facts', 'app.claim_facts'] as const
const FACTS = ['app.member_facts', 'app.right_facts', ...AMOUNTS] as const

/** What the landsbond proves of itself: chains, counts equal to the fold of the facts, every return recomputed. */
export const landsbondProofs = ({ database, store, law, insurers }: Context): readonly RangedProof[] => [
  ...logProofs('landsbond', database, store),
  wholeProof('landsbond: facts', database, rowsIn(database, ...FACTS), factsArePlaced),
  rangedProof({
    name: 'landsbond: members now',
    database,
    keys: { sql: 'select unnest($1::text[]) as key', values: [insurers] },
    perRange: 1,
    there: rowsIn(database, 'app.member_counts'),
    prove: (tx, range) =>
      membersNow(
        tx,
        law,
        insurers.filter((one) => within(one, range)),
      ),
    conclude: concludeMembers,
  }),
  changesToComeProof(database, law),
  wholeProof('landsbond: amounts', database, rowsIn(database, 'app.month_amounts', ...AMOUNTS), monthAmounts),
  wholeProof('landsbond: returns and events', database, rowsIn(database, 'app.returns'), (tx) =>
    returnsEqualEvents(tx, store, law),
  ),
  rangedProof({
    name: 'landsbond: returns',
    database,
    keys: { sql: `select distinct ${MONTH_KEY} as key from app.returns` },
    perRange: 10,
    there: rowsIn(database, 'app.returns'),
    prove: (tx, range) => returns(tx, law, range),
    conclude: concludeReturns,
  }),
]

/** No fact lies beyond the position of its partition: a position promises that everything up to it is there. */
async function factsArePlaced(tx: Queryable): Promise<Finding> {
  const tables = [
    ['member_facts', 'affiliation'],
    ['right_facts', 'rights'],
    ['slip_facts', 'contributions'],
    ['claim_facts', 'reimbursement'],
  ]
  const { rows } = await tx.query<{ topic: string; facts: string; beyond: string }>(
    tables
      .map(
        ([table, context]) =>
          `select f.topic, f.facts, (f.last > coalesce(p."offset", -1))::int as beyond from (
             select 'ziv.' || insurer || '.${context}.v1' as topic, partition, count(*) as facts, max("offset") as last
             from app.${table} group by insurer, partition) f
           left join app.positions p on p.topic = f.topic and p.partition = f.partition`,
      )
      .join(' union all '),
  )
  const examined = rows.reduce((sum, row) => sum + Number(row.facts), 0)
  const beyond = rows.filter((row) => Number(row.beyond) === 1)
  return {
    check: 'landsbond: every fact lies before the position of its partition',
    ok: beyond.length === 0,
    examined,
    detail: beyond.length === 0 ? `${examined} facts` : `beyond it: ${beyond.map((row) => row.topic).join(', ')}`,
  }
}

type Count = { members: number; insured: number }

/** The counts of the business day against a fold of all facts, ziekenfonds by ziekenfonds. */
async function membersNow(tx: Transaction, law: Law, insurers: readonly string[]) {
  let examined = 0
  const wrong: string[] = []
  for (const insurer of insurers) {
    const result = await compareMembers(tx, law, insurer)
    examined += result.examined
    wrong.push(...result.wrong)
  }
  return { examined, wrong: namesOf(wrong) }
}

function concludeMembers(results: readonly Awaited<ReturnType<typeof membersNow>>[]): readonly Finding[] {
  const { examined, wrong } = addTallies(results)
  return [
    {
      check: 'landsbond: members now equal the fold of the facts',
      ok: wrong.count === 0,
      examined,
      detail:
        wrong.count === 0
          ? `${examined} members counted again`
          : `differ: ${told(wrong)}; make them again with: ziv rebuild landsbond`,
      ...naming(wrong),
    },
  ]
}

async function compareMembers(tx: Transaction, law: Law, insurer: string) {
  const day = await businessDay(tx)
  const { rows } = await tx.query<{ ziekenfonds: string; capacity: string; members: string; insured: string }>(
    `select ziekenfonds, capacity, sum(members) as members, sum(insured) as insured from app.member_counts
       where insurer = $1 group by 1, 2`,
    [insurer],
  )
  const { rows: places } = await tx.query<{ topic: string; partition: number; offset: string }>(
    'select topic, partition, "offset" from app.positions where topic = any($1)',
    [contexts.map((context) => topicOf(insurer, context))],
  )
  const positions: Positions = Object.fromEntries(places.map((p) => [`${p.topic}:${p.partition}`, p.offset]))
  const { rows: funds } = await tx.query<{ ziekenfonds: string }>(
    'select distinct ziekenfonds from app.member_facts where insurer = $1',
    [insurer],
  )
  const ziekenfondsen = funds.map((fund) => fund.ziekenfonds)
  const folded = await foldMembers(tx, { insurer, ziekenfondsen, positions, day, places: placesOn(law, day) })
  const key = (row: { ziekenfonds: string; capacity: string }) => `${row.ziekenfonds}/${row.capacity}`
  const expected = new Map<string, Count>(folded.map((row) => [key(row), row]))
  const kept = new Map<string, Count>(
    rows.map((row) => [key(row), { members: Number(row.members), insured: Number(row.insured) }]),
  )
  const wrong = [...new Set([...expected.keys(), ...kept.keys()])].filter((name) => {
    const [one, other] = [expected.get(name), kept.get(name)]
    return (one?.members ?? 0) !== (other?.members ?? 0) || (one?.insured ?? 0) !== (other?.insured ?? 0)
  })
  return { examined: folded.reduce((sum, row) => sum + row.members, 0), wrong }
}

async function monthAmounts(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ examined: string; wrong: string; first: string[] | null }>(
    `with fact as (
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM') as month, count(*) as slips, 0 as claims, 0 as i, 0 as p, 0 as s
       from app.slip_facts group by 1, 2, 3
       union all
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM'), 0, count(*), sum(intervention_cents), sum(patient_share_cents),
              sum(supplement_cents)
       from app.claim_facts group by 1, 2, 3),
     folded as (
       select insurer, ziekenfonds, month, sum(slips) as slips, sum(claims) as claims, sum(i) as i, sum(p) as p, sum(s) as s
       from fact group by 1, 2, 3),
     kept as (
       select insurer, ziekenfonds, month, sum(slips) as slips, sum(claims) as claims, sum(intervention_cents) as i,
              sum(patient_share_cents) as p, sum(supplement_cents) as s
       from app.month_amounts group by 1, 2, 3),
     compared as (
       select ziekenfonds || ' ' || month as name, f.slips + f.claims as facts,
              (f.slips, f.claims, f.i, f.p, f.s) is distinct from (k.slips, k.claims, k.i, k.p, k.s) as wrong
       from folded f full join kept k using (insurer, ziekenfonds, month))
     select coalesce(sum(facts), 0) as examined, count(*) filter (where wrong) as wrong,
            (array_agg(name order by name) filter (where wrong))[1:${NAMED_MAX}] as first from compared`,
  )
  const examined = Number(rows[0]!.examined)
  const wrong = Number(rows[0]!.wrong)
  const found = countedNames(wrong, rows[0]!.first)
  return {
    check: 'landsbond: amounts per month equal the fold of the facts',
    ok: wrong === 0,
    examined,
    detail: wrong === 0 ? `${examined} slips and claims summed again` : `${wrong} months differ: ${told(found)}`,
    ...naming(found),
  }
}

/** Returns of one insurer about one month are folded together where they stand on the same positions and order, as they were made. */
const MONTH_KEY = "insurer || '/' || month"

/** Every return of a range of months is folded again up to its positions, by the order of advantage it was made with. */
async function returns(tx: Transaction, law: Law, { after, through }: KeyRange) {
  let examined = 0
  let members = 0
  let otherLaw = 0
  const wrong: string[] = []
  const unbalanced: string[] = []
  const { rows } = await tx.query<StoredReturn>(
    `select ${RETURN_COLUMNS} from app.returns
     where ($1::text is null or ${MONTH_KEY} > $1) and ($2::text is null or ${MONTH_KEY} <= $2)`,
    [after, through],
  )
  const together = Map.groupBy(rows, ({ insurer, month, positions, places }) =>
    canonicalJson({ insurer, month, positions, places }),
  )
  for (const batch of together.values()) {
    const { insurer, month, positions, places } = batch[0]!
    const ziekenfondsen = [...new Set(batch.map((found) => found.ziekenfonds))]
    const about = { insurer, month, positions, ziekenfondsen, places }
    if (!samePlaces(places, placesOn(law, daysOfMonth(month).last))) otherLaw += batch.length
    const figures = await foldFigures(tx, about)
    const affiliated = await affiliatedOf(tx, about)
    for (const found of batch) {
      examined += 1
      const name = `${found.ziekenfonds} ${found.month}`
      const differences = differencesOf(found.figures, figures.get(found.ziekenfonds)!)
      if (differences.length > 0) wrong.push(`${name}: ${differences[0]!.cell}`)
      const ran = affiliated.get(found.ziekenfonds) ?? 0
      members += ran
      if (ran !== found.figures.membersTotal) unbalanced.push(name)
    }
  }
  return { examined, members, otherLaw, wrong: namesOf(wrong), unbalanced: namesOf(unbalanced) }
}

function concludeReturns(results: readonly Awaited<ReturnType<typeof returns>>[]): readonly Finding[] {
  const { examined, members, otherLaw, wrong, unbalanced } = addTallies(results)
  return [
    {
      check: 'landsbond: every return recomputes to the same numbers',
      ok: wrong.count === 0,
      examined,
      detail:
        wrong.count === 0
          ? `${examined} returns folded again, ${otherLaw} of them by an order of advantage that the law has changed since`
          : `differ: ${told(wrong)}`,
      ...naming(wrong),
    },
    {
      check: 'landsbond: members in the returns are the affiliations that ran',
      ok: unbalanced.count === 0,
      examined,
      detail: unbalanced.count === 0 ? `${members} memberships in ${examined} returns` : `differ: ${told(unbalanced)}`,
      ...naming(unbalanced),
    },
  ]
}
