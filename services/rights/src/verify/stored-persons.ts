import type { Queryable } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { holdersOf } from '../domain/timeline.ts'
import { columnsOf, LAST_YEAR_IN_LOG, type PersonColumns } from '../projections/persons.ts'

/** What stands of a person in `app.persons`, and the holders that `app.dependants` names. */
export interface StoredPerson extends PersonColumns {
  readonly dossier: object | null
  readonly decidedThrough: number
  /** The last year of which the log has a decision; null: of none. */
  readonly lastYearInLog: number | null
  readonly holders: readonly string[]
}

/** The rows of some persons, in one query. */
export async function storedPersons(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StoredPerson>> {
  const { rows } = await q.query<StoredPerson & { readonly personId: string }>({
    name: 'rights_prove_persons',
    text: `select p.person_id as "personId", p.dossier, p.decided_through as "decidedThrough", p.insurer, p.ziekenfonds, p.dependant,
                  coalesce(d.holders, '{}') as holders, ${LAST_YEAR_IN_LOG} as "lastYearInLog"
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
 * that was renewed last for everybody, and the log has no decision of a later one.
 */
export function columnsAgree(dossier: Dossier, stored: StoredPerson, renewedThrough: number): boolean {
  const { insurer, ziekenfonds, dependant, holders, decidedThrough, lastYearInLog } = stored
  const wanted = columnsOf(dossier)
  return (
    insurer === wanted.insurer &&
    ziekenfonds === wanted.ziekenfonds &&
    dependant === wanted.dependant &&
    Math.max(decidedThrough, renewedThrough) >= (lastYearInLog ?? 0) &&
    holdersOf(dossier).every((holder) => holders.includes(holder))
  )
}
