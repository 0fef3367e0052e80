import type { EventStore } from '@ziv/event-store'
import { arrayLiteral, listOf, type Queryable, splitList, type Transaction } from '@ziv/postgres'
import type { Dossier } from '../domain/facts.ts'
import { holdersOf } from '../domain/timeline.ts'
import { lastYearInLog } from './log-standing.ts'
import { deflate, inflate, type StoredDossier } from './stored-dossier.ts'

/**
 * Locks the rows of persons in one order (so that two batches never deadlock), making new ones.
 * Answers with the last year decided of each; 0 for the new.
 */
export async function lockPersons(tx: Transaction, personIds: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const ids = [...personIds].sort()
  await tx.query(
    `insert into app.persons (person_id, decided_through)
     select id, 0 from unnest($1::uuid[]) id where not exists (select from app.persons p where p.person_id = id)
      order by id on conflict do nothing`,
    [ids],
  )
  const { rows } = await tx.query<{ person_id: string; decided_through: number }>(
    'select person_id, decided_through from app.persons where person_id = any($1::uuid[]) order by person_id for update',
    [ids],
  )
  return new Map(rows.map((row) => [row.person_id, row.decided_through]))
}

/** The folded dossiers of persons that have one. */
export async function loadDossiers(q: Queryable, personIds: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await q.query<DossierList>({
    name: 'rights_dossiers',
    text: `select ${DOSSIER_LIST} from app.persons where person_id = any($1::uuid[]) and dossier is not null`,
    values: [arrayLiteral(personIds)],
  })
  return new Map(dossiersOf(rows[0] as DossierList).map((dossier) => [dossier.personId, dossier]))
}

/** Columns that bring the dossiers of many rows back as one row: a row of its own costs more than its content. */
export const DOSSIER_LIST = `${listOf('person_id')} as ids, '[' || string_agg(dossier::text, ',') || ']' as dossiers`

export interface DossierList {
  readonly ids: string | null
  readonly dossiers: string | null
}

/** The dossiers of a list, in its order. */
export function dossiersOf({ ids, dossiers }: DossierList): readonly Dossier[] {
  const stored = JSON.parse(dossiers ?? '[]') as readonly StoredDossier[]
  return splitList(ids).map((id, index) => inflate(id, stored[index] as StoredDossier))
}

/** Everybody some persons depend on or who depends on them, past and present. */
export async function loadRelatives(q: Queryable, personIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await q.query<{ id: string }>({
    name: 'rights_relatives',
    text: `select dependant_id as id from app.dependants where holder_id = any($1::uuid[])
           union select holder_id from app.dependants where dependant_id = any($1::uuid[])`,
    values: [personIds],
  })
  return rows.map((row) => row.id)
}

/** The dependants of some holders, past and present. */
export async function loadDependants(
  q: Queryable,
  holderIds: readonly string[],
): Promise<readonly { readonly holderId: string; readonly dependantId: string }[]> {
  const { rows } = await q.query<{ holderId: string; dependantId: string }>({
    name: 'rights_dependants',
    text: `select holder_id as "holderId", dependant_id as "dependantId" from app.dependants
           where holder_id = any($1::uuid[])`,
    values: [holderIds],
  })
  return rows
}

/** The row of `app.persons` after a decision. */
export interface PersonState {
  readonly dossier: Dossier
  readonly decidedThrough: number
}

/** What stands beside a dossier, so that runs and tenant checks find persons without reading it. */
export interface PersonColumns {
  readonly insurer: string | null
  readonly ziekenfonds: string | null
  readonly dependant: boolean
}

/** The columns that a dossier gives. */
export function columnsOf(dossier: Dossier): PersonColumns {
  const { affiliations, withdrawnFrom } = dossier
  // with more than one affiliation it depends on the day who may see the person
  const only = affiliations.length > 1 ? undefined : (affiliations[0] ?? withdrawnFrom)
  const { insurer = null, ziekenfonds = null } = only ?? {}
  return { insurer, ziekenfonds, dependant: holdersOf(dossier).length > 0 }
}

/** Stores the folded facts of persons; who is a dependant of whom is kept beside. */
export async function savePersons(tx: Transaction, states: readonly PersonState[]): Promise<void> {
  if (states.length === 0) return
  const columns = states.map(({ dossier }) => columnsOf(dossier))
  // values joined to one text per column: the driver and PostgreSQL quote and unquote an array value by value
  await tx.query({
    name: 'rights-save-persons',
    text: `update app.persons p set insurer = v.insurer, ziekenfonds = v.ziekenfonds, dossier = v.dossier,
            decided_through = v.decided_through, dependant = v.dependant
     from unnest(string_to_array($1, ' ')::uuid[], string_to_array($2, ' ', ''), string_to_array($3, ' ', ''),
                 string_to_array($4, e'\\n')::json[], string_to_array($5, ' ')::int[], string_to_array($6, ' ')::boolean[])
          as v(person_id, insurer, ziekenfonds, dossier, decided_through, dependant)
     where p.person_id = v.person_id`,
    values: [
      states.map((state) => state.dossier.personId).join(' '),
      columns.map(({ insurer }) => insurer ?? '').join(' '),
      columns.map(({ ziekenfonds }) => ziekenfonds ?? '').join(' '),
      // JSON as it is written here holds no line ends
      states.map((state) => deflate(state.dossier)).join('\n'),
      states.map((state) => state.decidedThrough).join(' '),
      columns.map(({ dependant }) => dependant).join(' '),
    ],
  })
  const pairs = states.flatMap(({ dossier }) => holdersOf(dossier).map((holder) => [holder, dossier.personId] as const))
  if (pairs.length === 0) return
  await tx.query(
    `insert into app.dependants (holder_id, dependant_id)
     select distinct h, d from unnest($1::uuid[], $2::uuid[]) as v(h, d) order by h, d on conflict do nothing`,
    [pairs.map(([holder]) => holder), pairs.map(([, dependant]) => dependant)],
  )
}

/**
 * Through which year each person is decided. It is no fold of the facts but a trace of what was done with them, so when
 * the row is lost the streams of the person's decisions tell it.
 */
export async function loadDecidedThrough(
  q: Queryable,
  store: EventStore,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ person_id: string; decided_through: number }>(
    'select person_id, decided_through from app.persons where person_id = any($1::uuid[]) and decided_through > 0',
    [personIds],
  )
  const kept = new Map(rows.map((row) => [row.person_id, row.decided_through]))
  const lost = personIds.filter((id) => !kept.has(id))
  return new Map([...kept, ...(await lastYearInLog(q, store, lost))])
}

/** The persons of a range: after one, up to one (null: to the end). */
export interface PersonRange {
  readonly after: string
  readonly through: string | null
}

/**
 * Throws the answers about some persons away, who are locked, and those about anybody else of their range of whom no fact is known.
 * Who was told of since they were read stays as that left it. Rows of persons stay: whoever waits for one would not find it in its place.
 */
export async function clearPersons(tx: Transaction, ids: readonly string[], range: PersonRange): Promise<void> {
  const values = [range.after, range.through, arrayLiteral(ids)]
  const ofRange = (column: string): string =>
    `${column} > $1 and ${column} <= coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')`
  const unknown = (column: string): string => `not exists (select from app.all_facts f where f.person_id = ${column})`
  for (const [table, column] of [
    ['decisions', 'person_id'],
    ['periods', 'person_id'],
    ['dependants', 'dependant_id'],
  ] as const) {
    const own = `t.${column}`
    await tx.query(
      `delete from app.${table} t where ${ofRange(own)} and (${own} = any($3::uuid[]) or ${unknown(own)})`,
      values,
    )
  }
  await tx.query(
    `update app.persons p set insurer = null, ziekenfonds = null, dossier = null, decided_through = 0, dependant = false
      where ${ofRange('p.person_id')} and ${unknown('p.person_id')}
        and (dossier is not null or insurer is not null or ziekenfonds is not null or dependant or decided_through <> 0)`,
    values.slice(0, 2),
  )
}

/** The holders that any fact about some persons names, now or once. */
export async function holdersNamed(q: Queryable, personIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await q.query<{ id: string }>(
    `select distinct holder_id as id from app_members.facts where person_id = any($1::uuid[]) and holder_id is not null`,
    [personIds],
  )
  return rows.map((row) => row.id)
}
