import type { IsoDate } from '@ziv/kernel'
import { copyIn, copyRow, type Queryable, type Transaction } from '@ziv/postgres'
import type { RightDecision, RightPeriod } from '../domain/decision.ts'
import type { AssessmentState, Dossier } from '../domain/facts.ts'

/** Locks the rows of persons in one order (so that two batches never wait for each other in a circle), making new ones. */
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

/** The standing decisions (id -> year) of persons. */
export async function loadDecisionIds(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const { rows } = await q.query<{ person_id: string; decision_id: string; year: number }>({
    name: 'rights_decision_ids',
    text: 'select person_id, decision_id, year from app.decisions where person_id = any($1::uuid[])',
    values: [personIds],
  })
  const found = new Map<string, Map<string, number>>(personIds.map((id) => [id, new Map()]))
  for (const row of rows) found.get(row.person_id)?.set(row.decision_id, row.year)
  return found
}

interface PeriodRow {
  person_id: string
  from_day: IsoDate
  to_day: IsoDate
  insurer: string
  ziekenfonds: string
  capacity: string
  ground: RightPeriod['ground']
  decision_id: string
}

/** The days in order of persons, ascending. */
export async function loadPeriods(
  q: Queryable,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RightPeriod[]>> {
  const { rows } = await q.query<PeriodRow>({
    name: 'rights_periods',
    text: `select person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground, decision_id
           from app.periods where person_id = any($1::uuid[]) order by person_id, from_day`,
    values: [personIds],
  })
  const found = new Map<string, RightPeriod[]>(personIds.map((id) => [id, []]))
  for (const row of rows) found.get(row.person_id)?.push(periodOf(row))
  return found
}

const periodOf = (row: PeriodRow): RightPeriod => ({
  from: row.from_day,
  to: row.to_day,
  insurer: row.insurer,
  ziekenfonds: row.ziekenfonds,
  capacity: row.capacity,
  ground: row.ground,
  decisionId: row.decision_id,
})

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

/** The dependants of some holders, as pairs. */
export async function loadDependants(q: Queryable, holderIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await q.query<{ dependant_id: string }>({
    name: 'rights_dependants',
    text: 'select distinct dependant_id from app.dependants where holder_id = any($1::uuid[])',
    values: [holderIds],
  })
  return rows.map((row) => row.dependant_id)
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
      states.map((state) => state.dossier.capacities.some((spell) => spell.holderPersonId !== null)),
    ],
  )
  const pairs = states.flatMap(({ dossier }) =>
    dossier.capacities.flatMap((spell) =>
      spell.holderPersonId === null ? [] : [[spell.holderPersonId, dossier.personId] as const],
    ),
  )
  if (pairs.length === 0) return
  await tx.query(
    `insert into app.dependants (holder_id, dependant_id)
     select distinct h, d from unnest($1::uuid[], $2::uuid[]) as v(h, d) order by h, d on conflict do nothing`,
    [pairs.map(([holder]) => holder), pairs.map(([, dependant]) => dependant)],
  )
}

/** Replaces the standing decisions and the days in order of persons. */
export async function replaceEntitlements(
  tx: Transaction,
  changes: readonly {
    readonly personId: string
    readonly decisions: readonly RightDecision[]
    readonly periods: readonly RightPeriod[]
  }[],
): Promise<void> {
  const ids = changes.map((change) => change.personId)
  await tx.query('delete from app.decisions where person_id = any($1::uuid[])', [ids])
  await tx.query('delete from app.periods where person_id = any($1::uuid[])', [ids])
  await copyDecisions(
    tx,
    changes.flatMap(({ personId, decisions }) => decisions.map((decision) => ({ personId, decision }))),
  )
  await copyPeriods(
    tx,
    changes.flatMap(({ personId, periods }) => periods.map((period) => ({ personId, period }))),
  )
}

/** Adds standing decisions. */
export async function copyDecisions(
  tx: Transaction,
  rows: readonly { readonly personId: string; readonly decision: RightDecision }[],
): Promise<void> {
  await copyIn(
    tx,
    'COPY app.decisions (decision_id, person_id, year, kind, outcome, from_day, to_day, capacity, ground) FROM STDIN (FORMAT text)',
    rows.map(({ personId, decision: d }) =>
      copyRow([d.decisionId, personId, d.year, d.kind, d.outcome, d.from, d.to, d.capacity, d.ground]),
    ),
  )
}

/** Adds days in order. */
export async function copyPeriods(
  tx: Transaction,
  rows: readonly { readonly personId: string; readonly period: RightPeriod }[],
): Promise<void> {
  await copyIn(
    tx,
    'COPY app.periods (person_id, from_day, to_day, insurer, ziekenfonds, capacity, ground, decision_id) FROM STDIN (FORMAT text)',
    rows.map(({ personId, period: p }) =>
      copyRow([personId, p.from, p.to, p.insurer, p.ziekenfonds, p.capacity, p.ground, p.decisionId]),
    ),
  )
}
