import type { IsoDate } from '@ziv/kernel'
import { spellsSql } from '@ziv/members/store'
import type { Database, Queryable, Transaction } from '@ziv/postgres'
import { type Figures, noFigures, perCapacity } from '../domain/figures.ts'
import { noCapacity, type Places } from '../domain/membership.ts'
import { daysOfMonth } from '../domain/month.ts'
import { offsetsOf, type Positions, topicOf } from './positions.ts'

/** What to fold: the facts of some ziekenfondsen of one insurer up to positions, about a month. */
export interface FoldRequest {
  readonly insurer: string
  readonly ziekenfondsen: readonly string[]
  readonly month: string
  readonly positions: Positions
  /** The order of advantage to count by: of a return the one it was made with, else that of the law on the day. */
  readonly places: Places
}

interface MemberRow {
  readonly ziekenfonds: string
  readonly capacity: string
  readonly members: number
  readonly insured: number
}

/** A fact of the affiliation topic up to its positions. $1 insurer, $2 ziekenfondsen, $3 offsets by partition. */
const FACT = `f.insurer = $1 and f."offset" <= ($3::bigint[])[f.partition + 1]`

/** The affiliations and capacities of persons in some ziekenfondsen, and the days of death, as the facts known by then say. */
export const spellsOf = (ends: 'all' | 'each', persons = 'true'): string =>
  spellsSql({
    ...{ table: 'app.member_facts', diedOn: 'to_day', known: FACT, tenants: 'f.ziekenfonds = any($2::text[])' },
    ...{ persons, beside: ['partition', '"offset"'], ends },
  })

/**
 * How strongly a capacity claims the day $4 by the places of the law on it ($6), and its code: the greatest text wins. Facts name
 * lines the law knows (others wait as messages), so only one of a day before its first value has no place; it goes last.
 */
export const CLAIM = `app.capacity_claim(65535 - coalesce(($6::jsonb ->> capacity)::bigint, 65535), capacity, from_day, to_day,
  acquired_on, $4::date) collate "C"`

/** The code in the greatest claim. */
export const claimedSql = (claim: string): string => `coalesce(substr(${claim}, 20), '${noCapacity}')`

/** The newest right of a person up to the positions of the rights topic ($5), to be joined laterally to `p.person_id`. */
const RIGHT_SQL = `
  select r.partition, r."offset", r.periods from app.right_facts r
  where r.insurer = $1 and r.person_id = p.person_id and r."offset" <= ($5::bigint[])[r.partition + 1]
  order by r."offset" desc limit 1`

/**
 * Rows of a statement that joins whole sets, asked in a transaction. The planner takes the newest facts of each thing for a handful of
 * rows: it would compare each of millions with each, in place of hashing them.
 */
async function bySets<R extends object>(
  q: Queryable,
  statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<readonly R[]> {
  await q.query('set local enable_nestloop = off')
  const { rows } = await q.query<R>(statement)
  await q.query('set local enable_nestloop to default')
  return rows
}

/** Members per ziekenfonds and capacity on a day, in a transaction. Set-based; memory of this process does not grow with them. */
export async function foldMembers(
  q: Queryable,
  request: Omit<FoldRequest, 'month'> & { readonly day: IsoDate },
): Promise<readonly MemberRow[]> {
  const { insurer, ziekenfondsen, positions, day, places } = request
  return await bySets<MemberRow>(q, {
    name: 'landsbond_fold_members',
    text: `with ${spellsOf('all')},
      persons as (
        select ziekenfonds, person_id, max(${CLAIM}) filter (where not affiliation) as claim
        from spells group by ziekenfonds, person_id
        having bool_or(affiliation and from_day <= $4::date and (to_day is null or to_day >= $4::date)))
      select p.ziekenfonds, ${claimedSql('p.claim')} as capacity, count(*)::int as members,
             count(*) filter (where r.periods @> $4::date)::int as insured
      from persons p left join deaths d on d.person_id = p.person_id
      left join lateral (${RIGHT_SQL}) r on true
      where d.died_on is null or d.died_on >= $4::date
      group by 1, 2`,
    values: [
      insurer,
      ziekenfondsen,
      offsetsOf(positions, topicOf(insurer, 'affiliation')),
      day,
      offsetsOf(positions, topicOf(insurer, 'rights')),
      JSON.stringify(places),
    ],
  })
}

interface AmountRow {
  readonly ziekenfonds: string
  readonly slips: string
  readonly claims: string
  readonly intervention: string
  readonly patient_share: string
  readonly supplement: string
}

async function foldAmounts(q: Queryable, request: FoldRequest): Promise<readonly AmountRow[]> {
  const { insurer, ziekenfondsen, positions, month } = request
  const { first, last } = daysOfMonth(month)
  const { rows } = await q.query<AmountRow>({
    name: 'landsbond_fold_amounts',
    text: `with slips as (
        select ziekenfonds, count(*) as slips from app.slip_facts
        where insurer = $1 and ziekenfonds = any($2::text[]) and day between $3 and $4
          and "offset" <= ($5::bigint[])[partition + 1] group by ziekenfonds),
      claims as (
        select ziekenfonds, count(*) as claims, sum(intervention_cents) as intervention,
               sum(patient_share_cents) as patient_share, sum(supplement_cents) as supplement
        from app.claim_facts
        where insurer = $1 and ziekenfonds = any($2::text[]) and day between $3 and $4
          and "offset" <= ($6::bigint[])[partition + 1] group by ziekenfonds)
      select ziekenfonds, coalesce(slips, 0) as slips, coalesce(claims, 0) as claims,
             coalesce(intervention, 0) as intervention, coalesce(patient_share, 0) as patient_share,
             coalesce(supplement, 0) as supplement
      from slips full join claims using (ziekenfonds)`,
    values: [
      insurer,
      ziekenfondsen,
      first,
      last,
      offsetsOf(positions, topicOf(insurer, 'contributions')),
      offsetsOf(positions, topicOf(insurer, 'reimbursement')),
    ],
  })
  return rows
}

/** How long a fold of an insurer may take, and whoever waits for one. */
export const FOLD_MS_MAX = 15 * 60_000

/** A fold over millions sorts and hashes in memory of the server, and may take longer than an answer to a person may. */
export async function roomToFold(tx: Transaction): Promise<void> {
  await tx.query(`set local work_mem = '64MB'; set local statement_timeout = ${FOLD_MS_MAX};
    set local idle_in_transaction_session_timeout = ${FOLD_MS_MAX}; set local jit = off`)
}

async function roomy<T>(q: Queryable | Database, work: (q: Queryable) => Promise<T>): Promise<T> {
  if (!('transaction' in q)) return await work(q)
  return await q.transaction(async (tx) => {
    await roomToFold(tx)
    return await work(tx)
  })
}

/**
 * The figures of some ziekenfondsen of an insurer: a pure fold of the facts up to the positions. The same request gives the
 * same figures for ever, however many facts arrive later. Every ziekenfonds asked for is in the answer.
 */
export async function foldFigures(
  q: Queryable | Database,
  request: FoldRequest,
): Promise<ReadonlyMap<string, Figures>> {
  const day = daysOfMonth(request.month).last
  const [members, amountRows] = await roomy(
    q,
    async (tx) => [await foldMembers(tx, { ...request, day }), await foldAmounts(tx, request)] as const,
  )
  const amounts = new Map(amountRows.map((row) => [row.ziekenfonds, row]))
  const byFund = Map.groupBy(members, (row) => row.ziekenfonds)
  return new Map(
    request.ziekenfondsen.map((ziekenfonds) => [
      ziekenfonds,
      figuresOf(byFund.get(ziekenfonds) ?? [], amounts.get(ziekenfonds)),
    ]),
  )
}

function figuresOf(members: readonly MemberRow[], amounts: AmountRow | undefined): Figures {
  const counted = {
    ...perCapacity(members.map((row) => [row.capacity, row.members])),
    membersTotal: members.reduce((sum, row) => sum + row.members, 0),
    insuredTotal: members.reduce((sum, row) => sum + row.insured, 0),
  }
  if (amounts === undefined) return { ...noFigures, ...counted }
  return {
    ...counted,
    slips: Number(amounts.slips),
    claims: Number(amounts.claims),
    interventionCents: Number(amounts.intervention),
    patientShareCents: Number(amounts.patient_share),
    supplementCents: Number(amounts.supplement),
  }
}
