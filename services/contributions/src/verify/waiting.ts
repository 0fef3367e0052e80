import type { Queryable } from '@ziv/postgres'
import { countedNames, type Finding, NAMED_MAX, naming, told } from '@ziv/service'
import { digestOf } from '../commands/waiting-store.ts'

const MOVED = (name: 'came' | 'went') =>
  `select stream_id, d as digest from es.events, jsonb_array_elements_text(data -> '${name}') d where type = 'WaitingSlipsMoved'`

/** What waits is what the log says came to wait and did not go yet, and nobody waits who is known. */
export async function waiting(tx: Queryable): Promise<Finding> {
  const { rows } = await tx.query<{ total: number; known: number; wrong: number; first: string[] | null }>(
    `with came as (${MOVED('came')}), went as (${MOVED('went')}),
       due as (select * from came c where not exists (select from went where went.digest = c.digest)),
       kept as (select w.sender || ' ' || w.quarter as name, ${digestOf('w')} as digest from app.waiting_slips w),
       differing as (
         select coalesce(k.name || ': not as it came', d.stream_id || ': one of it is gone') as name
           from due d full join kept k using (digest) where k.digest is null or d.digest is null)
     select (select count(*)::int from app.waiting_slips) as total,
            (select count(*)::int from app.waiting_slips join app_members.identifiers using (insz_index)
               join app_members.persons p using (person_id) where p.member ->> 0 is not null) as known,
            (select count(*)::int from differing) as wrong,
            (select (array_agg(name order by name))[1:${NAMED_MAX}] from differing) as first`,
  )
  const { total, known, wrong, first } = rows[0]!
  const found = countedNames(wrong, first)
  const ok = known === 0 && wrong === 0
  return {
    check: 'contributions.waiting',
    ok,
    examined: total,
    detail: ok
      ? `${total} contributions wait as they came`
      : `${known} wait for a person who is known; ${wrong} differ: ${told(found)}`,
    ...naming(found),
  }
}
