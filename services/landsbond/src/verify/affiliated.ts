import type { Queryable } from '@ziv/postgres'
import { daysOfMonth } from '../domain/month.ts'
import { offsetsOf, topicOf } from '../projections/positions.ts'
import type { StoredReturn } from '../projections/returns.ts'

/**
 * Persons whose affiliation with the ziekenfonds ran on the last day of the month, by the positions of the return. Counted
 * another way than the return does: affiliation by affiliation, without a look at any capacity.
 */
export async function affiliatedOf(q: Queryable, about: StoredReturn): Promise<number> {
  const { rows } = await q.query<{ n: number }>({
    name: 'landsbond_affiliated',
    text: `with fact as not materialized (
        select * from app.member_facts where insurer = $1 and "offset" <= ($3::bigint[])[partition + 1]),
      closed as (
        select distinct on (spell_id) spell_id, to_day from fact where kind = 'closed' and ziekenfonds = $2
        order by spell_id, "offset" desc),
      died as (
        select distinct on (person_id) person_id, to_day from fact where kind = 'died' order by person_id, "offset" desc)
      select count(distinct o.person_id)::int as n
      from fact o left join closed c on c.spell_id = o.spell_id left join died d on d.person_id = o.person_id
      where o.kind = 'opened' and o.ziekenfonds = $2 and o.from_day <= $4::date
        and coalesce(c.to_day, 'infinity') >= $4::date and coalesce(d.to_day, 'infinity') >= $4::date`,
    values: [
      about.insurer,
      about.ziekenfonds,
      offsetsOf(about.positions, topicOf(about.insurer, 'affiliation')),
      daysOfMonth(about.month).last,
    ],
  })
  return rows[0]!.n
}
