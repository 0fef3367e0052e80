import type { Queryable, Transaction } from '@ziv/postgres'
import type { AssessmentState, Dossier } from '../domain/facts.ts'
import { holdersOf } from '../domain/timeline.ts'

/**
 * Locks the rows of persons in one order (so that two batches never wait for each other in a circle), making new ones.
 * Answers with the last year decided of each; 0 for the new.
 */
export async function lockPersons(tx: Transaction, personIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const ids = [...personIds].sort()
  await tx.query(
    `insert into app.persons (person_id, dossier, decided_through)
     select id, '{}'::jsonb, 0 from unnest($1::uuid[]) id order by id on conflict do nothing`,
    [ids],
  )
  const { rows } = await tx.query<{ person_id: string; decided_through: number }>(
    'select person_id, decided_through from app.persons where person_id = any($1::uuid[]) order by person_id for update',
    [ids],
  )
  return new Map(rows.map((row) => [row.person_id, row.decided_through]))
}

/** A dossier as it lies in `app.persons`. */
export type StoredDossier = Omit<Dossier, 'assessments'> & { readonly assessments: readonly AssessmentState[] }

/** The folded dossiers of persons that have one. */
export async function loadDossiers(q: Queryable, personIds: readonly string[]): Promise<ReadonlyMap<string, Dossier>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await q.query<{ person_id: string; dossier: StoredDossier }>({
    name: 'rights_dossiers',
    text: `select person_id, dossier from app.persons where person_id = any($1::uuid[]) and dossier ? 'personId'`,
    values: [personIds],
  })
  return new Map(rows.map((row) => [row.person_id, inflate(row.dossier)]))
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

/** A dossier as one JSON value; `inflate` is its inverse. */
export const deflate = (dossier: Dossier): string =>
  JSON.stringify({ ...dossier, assessments: [...dossier.assessments.values()] })

/** Reads a stored dossier back. */
export function inflate(stored: StoredDossier): Dossier {
  return { ...stored, assessments: new Map(stored.assessments.map((entry) => [entry.referenceYear, entry])) }
}

/** The row of `app.persons` after a decision. */
export interface PersonState {
  readonly dossier: Dossier
  readonly decidedThrough: number
}

/** Stores the folded facts of persons; who is a dependant of whom is kept beside. */
export async function savePersons(tx: Transaction, states: readonly PersonState[]): Promise<void> {
  if (states.length === 0) return
  const last = (state: PersonState) => state.dossier.affiliations.at(-1)
  await tx.query(
    `update app.persons p set insurer = v.insurer, ziekenfonds = v.ziekenfonds, dossier = v.dossier,
            decided_through = v.decided_through, dependant = v.dependant
     from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::int[], $6::boolean[])
          as v(person_id, insurer, ziekenfonds, dossier, decided_through, dependant)
     where p.person_id = v.person_id`,
    [
      states.map((state) => state.dossier.personId),
      states.map((state) => last(state)?.insurer ?? null),
      states.map((state) => last(state)?.ziekenfonds ?? null),
      states.map((state) => deflate(state.dossier)),
      states.map((state) => state.decidedThrough),
      states.map((state) => holdersOf(state.dossier).length > 0),
    ],
  )
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
  personIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await q.query<{ person_id: string; decided_through: number }>(
    `select id as person_id, coalesce(nullif(p.decided_through, 0), (
              select max(right(s.stream_id, 4)::int) from es.streams s
              where s.stream_id > 'entitlement-' || id || '-' and s.stream_id < 'entitlement-' || id || '.'), 0) as decided_through
     from unnest($1::uuid[]) id left join app.persons p on p.person_id = id`,
    [personIds],
  )
  return new Map(rows.map((row) => [row.person_id, row.decided_through]))
}

/** Throws the read models of a stretch of persons away: after one, up to one (null: to the end). */
export async function clearPersons(tx: Transaction, after: string, through: string | null): Promise<void> {
  for (const [table, column] of [
    ['decisions', 'person_id'],
    ['periods', 'person_id'],
    ['dependants', 'dependant_id'],
    ['persons', 'person_id'],
  ] as const) {
    await tx.query(
      `delete from app.${table} where ${column} > $1 and ${column} <= coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')`,
      [after, through],
    )
  }
}
