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
  about: Omit<FoldRequest, 'law'>,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ ziekenfonds: string; n: number }>({
    name: 'landsbond_affiliated',
    text: `with fact as not materialized (
        select * from app.member_facts where insurer = $1 and "offset" <= ($3::bigint[])[partition + 1]),
      told as (
        select ziekenfonds, person_id, thing_id, array_agg(row_to_json(f) order by recorded_at, sequence, event_id) as facts
        from fact f where ziekenfonds = any($2::text[]) and kind in ('opened', 'closed', 'affiliationCorrected', 'affiliationWithdrawn')
        group by ziekenfonds, person_id, thing_id),
      died as (
        select distinct on (person_id) person_id, to_day from fact where kind in ('died', 'personCorrected')
        order by person_id, recorded_at desc, sequence desc, event_id desc),
      ran as (
        select t.ziekenfonds, t.person_id, state ->> 'kind' as kind, (state ->> 'from_day')::date as from_day,
               coalesce((ending ->> 'to_day')::date, (state ->> 'to_day')::date, 'infinity') as to_day
        from told t
        cross join lateral (select n, f as state from unnest(t.facts) with ordinality v (f, n)
                            where f ->> 'kind' <> 'closed' order by n desc limit 1) s
        left join lateral (select f as ending from unnest(t.facts) with ordinality v (f, n)
                           where f ->> 'kind' = 'closed' and n > s.n order by n desc limit 1) e on true)
      select r.ziekenfonds, count(distinct r.person_id)::int as n
      from ran r left join died d using (person_id)
      where r.kind <> 'affiliationWithdrawn' and r.from_day <= $4::date and r.to_day >= $4::date
        and coalesce(d.to_day, 'infinity') >= $4::date
      group by r.ziekenfonds`,
    values: [
      about.insurer,
      about.ziekenfondsen,
      offsetsOf(about.positions, topicOf(about.insurer, 'affiliation')),
      daysOfMonth(about.month).last,
    ],
  })
  return new Map(rows.map(({ ziekenfonds, n }) => [ziekenfonds, n]))
}
