import type { Queryable } from '@ziv/postgres'
import type { Cell } from '../domain/figures.ts'
import { noCapacity } from '../domain/membership.ts'
import { daysOfMonth } from '../domain/month.ts'
import { CLAIM, claimedSql, spellsOf } from './figures.ts'
import { type BoundedContext, offsetsOf, topicOf } from './positions.ts'
import type { StoredReturn } from './returns.ts'

/** One event behind a figure. */
export interface CellEvent {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly eventId: string
  readonly recordedAt: string
  readonly personId: string
  /** What it adds to an amount; null where the figure counts. */
  readonly amountCents: number | null
  /** Where the next page starts behind this event. */
  readonly place: string
}

/** A page of the events behind a figure; null when `after` is not a place of this figure. */
export async function cellEvents(
  q: Queryable,
  about: StoredReturn,
  cell: Cell,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly CellEvent[] | null> {
  if (cell === 'slips')
    return await rowEvents(q, about, page, { context: 'contributions', table: 'slip_facts', amount: null })
  const amount = claimAmounts[cell as keyof typeof claimAmounts]
  if (amount !== undefined)
    return await rowEvents(q, about, page, { context: 'reimbursement', table: 'claim_facts', amount })
  return await memberEvents(q, about, cell, page)
}

const claimAmounts = {
  claims: 'intervention_cents',
  interventionCents: 'intervention_cents',
  patientShareCents: 'patient_share_cents',
  supplementCents: 'supplement_cents',
} as const

type Page = Parameters<typeof cellEvents>[3]
type Row = Omit<CellEvent, 'topic' | 'place' | 'amountCents'> & {
  readonly amount: string | null
  readonly day?: string
}

async function rowEvents(
  q: Queryable,
  about: StoredReturn,
  { after, limit }: Page,
  source: { readonly context: BoundedContext; readonly table: string; readonly amount: string | null },
): Promise<readonly CellEvent[] | null> {
  const start = after === null ? ['0001-01-01', '-1', '-1'] : after.split('/')
  if (after !== null && !/^\d{4}-\d\d-\d\d\/\d{1,4}\/\d{1,18}$/.test(after)) return null
  const topic = topicOf(about.insurer, source.context)
  const { first, last } = daysOfMonth(about.month)
  const { rows } = await q.query<Row>(
    `select partition, "offset", event_id as "eventId", recorded_at as "recordedAt", person_id as "personId", day,
            ${source.amount ?? 'null'} as amount
     from app.${source.table}
     where insurer = $1 and ziekenfonds = $2 and day between $3 and $4 and "offset" <= ($5::bigint[])[partition + 1]
       and (day, partition, "offset") > ($6::date, $7::smallint, $8::bigint)
     order by day, partition, "offset" limit $9`,
    [about.insurer, about.ziekenfonds, first, last, offsetsOf(about.positions, topic), ...start, limit],
  )
  return rows.map(({ amount, day, ...row }) => ({
    ...row,
    topic,
    amountCents: amount === null ? null : Number(amount),
    place: `${day}/${row.partition}/${row.offset}`,
  }))
}

/**
 * Members in the order of their ids: the fact that makes the member, the capacity counted, the right in order. The capacity
 * with the greatest claim is found as text, with the place of its fact behind it. $7 the person before the page.
 */
const MEMBERS_SQL = `
  with ${spellsOf('each', 'f.person_id > $7::uuid')},
  member as (
    select person_id, min(partition) as partition,
           min("offset") filter (where affiliation and from_day <= $4::date and (to_day is null or to_day >= $4::date)) as opened,
           max((${CLAIM}) || '/' || lpad("offset"::text, 19, '0')) filter (where not affiliation) as claim
    from spells group by person_id)
  select p.person_id, p.partition, p.opened, split_part(p.claim, '/', 2)::bigint as acquired, r."offset" as "right"
  from member p left join deaths d using (person_id)
  left join lateral (
    select f.partition, f."offset", f.periods from app.right_facts f
    where f.insurer = $1 and f.person_id = p.person_id and f."offset" <= ($5::bigint[])[f.partition + 1]
    order by f."offset" desc limit 1) r on true
  where p.opened is not null and (d.died_on is null or d.died_on >= $4::date)
    and ($8::text is null or ${claimedSql("split_part(p.claim, '/', 1)")} = $8)
    and (not $9::boolean or r.periods @> $4::date)
  order by p.person_id limit $10`

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const FIRST = '00000000-0000-0000-0000-000000000000'

async function memberEvents(
  q: Queryable,
  about: StoredReturn,
  cell: Cell,
  { after, limit }: Page,
): Promise<readonly CellEvent[] | null> {
  if (after !== null && !uuid.test(after)) return null
  const insured = cell === 'insuredTotal'
  const day = daysOfMonth(about.month).last
  const without = cell === 'membersWithoutCapacity'
  const capacity = without ? noCapacity : cell.startsWith('members.') ? cell.slice('members.'.length) : null
  const topic = topicOf(about.insurer, insured ? 'rights' : 'affiliation')
  const chosen = insured ? '"right"' : capacity === null || without ? 'opened' : 'acquired'
  const { rows } = await q.query<Row>(
    `select f.partition, f."offset", f.event_id as "eventId", f.recorded_at as "recordedAt", f.person_id as "personId",
            null as amount
     from (${MEMBERS_SQL}) m
     join app.${insured ? 'right_facts' : 'member_facts'} f
       on f.insurer = $1 and f.partition = m.partition and f."offset" = m.${chosen} and f.person_id = m.person_id
     order by f.person_id`,
    [
      about.insurer,
      [about.ziekenfonds],
      offsetsOf(about.positions, topicOf(about.insurer, 'affiliation')),
      day,
      offsetsOf(about.positions, topicOf(about.insurer, 'rights')),
      JSON.stringify(about.places),
      after ?? FIRST,
      capacity,
      insured,
      limit,
    ],
  )
  return rows.map(({ amount: _, ...row }) => ({ ...row, topic, amountCents: null, place: row.personId }))
}
