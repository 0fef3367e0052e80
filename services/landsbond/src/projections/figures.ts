import type { IsoDate } from '@ziv/kernel'
import type { Database, Queryable } from '@ziv/postgres'
import { type Capacity, capacities, capacityName } from '../domain/capacities.ts'
import { type Figures, noFigures } from '../domain/figures.ts'
import { daysOfMonth } from '../domain/month.ts'
import { offsetsOf, type Positions, topicOf } from './positions.ts'

/** What to fold: the facts of some ziekenfondsen of one insurer up to positions, about a month. */
export interface FoldRequest {
  readonly insurer: string
  readonly ziekenfondsen: readonly string[]
  readonly month: string
  readonly positions: Positions
}

interface MemberRow {
  readonly ziekenfonds: string
  readonly capacity: number
  readonly members: number
  readonly insured: number
}

/**
 * Who is a member on a day, by the facts of the affiliation topic up to its positions, as common table expressions that end
 * in `persons(ziekenfonds, person_id, score)`. $1 insurer, $2 ziekenfondsen, $3 offsets by partition, $4 the day.
 */
const PERSONS_SQL = `
  ends as (
    select distinct on (spell_id) spell_id, to_day from app.member_facts
    where insurer = $1 and ziekenfonds = any($2::text[]) and kind in ('closed', 'ended')
      and "offset" <= ($3::bigint[])[partition + 1]
    order by spell_id, "offset" desc),
  deaths as (
    select distinct on (person_id) person_id, to_day from app.member_facts
    where insurer = $1 and kind = 'died' and "offset" <= ($3::bigint[])[partition + 1]
    order by person_id, "offset" desc),
  persons as (
    select f.ziekenfonds, f.person_id,
           max(app.capacity_score(f.capacity, f.from_day, e.to_day, f.acquired_on, $4::date))
             filter (where f.kind = 'acquired') as score
    from app.member_facts f left join ends e on e.spell_id = f.spell_id
    where f.insurer = $1 and f.ziekenfonds = any($2::text[]) and f.kind in ('opened', 'acquired')
      and f."offset" <= ($3::bigint[])[f.partition + 1]
    group by f.ziekenfonds, f.person_id
    having bool_or(f.kind = 'opened' and f.from_day <= $4::date and (e.to_day is null or e.to_day >= $4::date)))`

/** The newest right of a person up to the positions of the rights topic ($5), to be joined laterally to `p.person_id`. */
const RIGHT_SQL = `
  select r.partition, r."offset", r.periods from app.right_facts r
  where r.insurer = $1 and r.person_id = p.person_id and r."offset" <= ($5::bigint[])[r.partition + 1]
  order by r."offset" desc limit 1`

/** Members per ziekenfonds and capacity number on a day. Set-based; memory of this process does not grow with them. */
export async function foldMembers(
  q: Queryable,
  request: Omit<FoldRequest, 'month'> & { readonly day: IsoDate },
): Promise<readonly MemberRow[]> {
  const { insurer, ziekenfondsen, positions, day } = request
  const { rows } = await q.query<MemberRow>({
    name: 'landsbond_fold_members',
    text: `with ${PERSONS_SQL}
      select p.ziekenfonds, (coalesce(p.score, 0) & 15)::int as capacity, count(*)::int as members,
             count(*) filter (where r.periods @> $4::date)::int as insured
      from persons p left join deaths d on d.person_id = p.person_id
      left join lateral (${RIGHT_SQL}) r on true
      where d.person_id is null or d.to_day >= $4::date
      group by 1, 2`,
    values: [
      insurer,
      ziekenfondsen,
      offsetsOf(positions, topicOf(insurer, 'affiliation')),
      day,
      offsetsOf(positions, topicOf(insurer, 'rights')),
    ],
  })
  return rows
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

/** A fold over millions sorts and hashes in memory of the server, and may take longer than an answer to a person may. */
async function roomy<T>(q: Queryable | Database, work: (q: Queryable) => Promise<T>): Promise<T> {
  if (!('transaction' in q)) return await work(q)
  return await q.transaction(async (tx) => {
    await tx.query(`set local work_mem = '64MB'; set local statement_timeout = '15min'; set local jit = off`)
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
  const perCapacity = new Map<Capacity | null, number>(members.map((row) => [capacityName(row.capacity), row.members]))
  const counted = {
    members: capacities.flatMap((capacity) => {
      const count = perCapacity.get(capacity) ?? 0
      return count === 0 ? [] : [{ capacity, count }]
    }),
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
