import type { Queryable } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { holdersOf } from '../domain/timeline.ts'
import { columnsOf, type PersonColumns } from '../projections/persons.ts'

/** What stands of a person in `app.persons`, and the holders that `app.dependants` names. */
export interface StoredPerson extends PersonColumns {
  readonly dossier: object | null
  readonly decidedThrough: number
  readonly holders: readonly string[]
}

/** The rows of some persons, in one query. */
export async function storedPersons(q: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, StoredPerson>> {
  const { rows } = await q.query<StoredPerson & { readonly personId: string }>({
    name: 'rights_prove_persons',
    text: `select p.person_id as "personId", p.dossier, p.decided_through as "decidedThrough", p.insurer, p.ziekenfonds, p.dependant,
                  coalesce(d.holders, '{}') as holders
             from app.persons p left join (
               select dependant_id, array_agg(holder_id) as holders from app.dependants
                where dependant_id = any($1::uuid[]) group by dependant_id) d on d.dependant_id = p.person_id
            where p.person_id = any($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.personId, row]))
}

/**
 * Whether what stands beside a dossier is what it gives. Every holder has to be named, or who changes one would not change the
 * dependant; one who was corrected away may stay named. `decided_through` is no fold: the timeline is folded with it.
 */
export function columnsAgree(dossier: Dossier, { insurer, ziekenfonds, dependant, holders }: StoredPerson): boolean {
  const wanted = columnsOf(dossier)
  return (
    insurer === wanted.insurer &&
    ziekenfonds === wanted.ziekenfonds &&
    dependant === wanted.dependant &&
    holdersOf(dossier).every((holder) => holders.includes(holder))
  )
}
