import type { Queryable } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { holdersOf } from '../domain/timeline.ts'
import { columnsOf, type PersonColumns } from '../projections/persons.ts'

/** What stands of a person in `app.persons`, and the holders that `app.dependants` names. */
export interface StoredPerson extends PersonColumns {
  readonly dossier: object | null
  readonly decidedThrough: number
  /** The last year that the log has renewed; null: none. */
  readonly lastRenewed: number | null
  readonly holders: readonly string[]
}

/** An opening that begins in a year to come, and a dependant who follows one, are decided before that year is renewed. */
const LAST_RENEWED = `(select max(right(e.stream_id, 4)::int) from es.events e
  where e.stream_id > 'entitlement-' || id || '-' and e.stream_id < 'entitlement-' || id || '.'
    and e.type = 'RightDecided' and e.data ->> 'kind' = 'renewal')`

/** The rows of some persons, in one query. */
export async function storedPersons(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StoredPerson>> {
  const { rows } = await q.query<StoredPerson & { readonly personId: string }>({
    name: 'rights_prove_persons',
    text: `select p.person_id as "personId", p.dossier, p.decided_through as "decidedThrough", p.insurer, p.ziekenfonds, p.dependant,
                  coalesce(d.holders, '{}') as holders, ${LAST_RENEWED} as "lastRenewed"
             from app.persons p cross join lateral (select p.person_id as id) named left join (
               select dependant_id, array_agg(holder_id) as holders from app.dependants
                where dependant_id = any($1::uuid[]) group by dependant_id) d on d.dependant_id = p.person_id
            where p.person_id = any($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.personId, row]))
}

/**
 * Whether what stands beside a dossier is what it gives. Every holder has to be named, or who changes one would not change the
 * dependant; one who was corrected away may stay named. `decided_through` is no fold: the timeline is folded with it, or with the year
 * that was renewed last, for everybody or so far, and the log has renewed no later one.
 */
export function columnsAgree(dossier: Dossier, stored: StoredPerson, renewedThrough: number): boolean {
  const { insurer, ziekenfonds, dependant, holders, decidedThrough, lastRenewed } = stored
  const wanted = columnsOf(dossier)
  return (
    insurer === wanted.insurer &&
    ziekenfonds === wanted.ziekenfonds &&
    dependant === wanted.dependant &&
    Math.max(decidedThrough, renewedThrough) >= (lastRenewed ?? 0) &&
    holdersOf(dossier).every((holder) => holders.includes(holder))
  )
}
