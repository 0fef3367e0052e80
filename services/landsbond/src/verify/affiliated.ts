import type { Queryable } from '@ziv/postgres'
import { daysOfMonth } from '../domain/month.ts'
import type { FoldRequest } from '../projections/figures.ts'
import { offsetsOf, topicOf } from '../projections/positions.ts'

/**
 * Persons whose affiliation with each ziekenfonds ran on the last day of the month, by the positions. Counted another way than
 * a return does: affiliation by affiliation, without a look at any capacity. Who has none is not in the answer.
 */
export async function affiliatedOf(
  q: Queryable,
  about: Omit<FoldRequest, 'places'>,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ ziekenfonds: string; n: number }>({
    name: 'landsbond_affiliated',
    text: `with fact as not materialized (
        select * from app.member_facts where insurer = $1 and "offset" <= ($3::bigint[])[partition + 1]),
      told as (
        select ziekenfonds, person_id, kind, from_day, first_value(to_day) over newest_first as to_day,
               row_number() over (partition by thing_id, kind = 'closed' order by recorded_at desc, sequence desc, event_id desc) as place
        from fact where ziekenfonds = any($2::text[]) and kind in ('opened', 'closed', 'affiliationCorrected', 'affiliationWithdrawn')
        window newest_first as (partition by thing_id order by recorded_at desc, sequence desc, event_id desc)),
      died as (
        select distinct on (person_id) person_id, to_day from fact where kind in ('died', 'personCorrected')
        order by person_id, recorded_at desc, sequence desc, event_id desc)
      select t.ziekenfonds, count(distinct t.person_id)::int as n
      from told t left join died d using (person_id)
      where t.place = 1 and t.kind not in ('closed', 'affiliationWithdrawn')
        and t.from_day <= $4::date and coalesce(t.to_day, 'infinity') >= $4::date
        and coalesce(d.to_day, 'infinity') >= $4::date
      group by t.ziekenfonds`,
    values: [
      about.insurer,
      about.ziekenfondsen,
      offsetsOf(about.positions, topicOf(about.insurer, 'affiliation')),
      daysOfMonth(about.month).last,
    ],
  })
  return new Map(rows.map(({ ziekenfonds, n }) => [ziekenfonds, n]))
}
