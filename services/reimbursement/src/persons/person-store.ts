import type { IsoDate } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'
import { type InsurabilityState, type InsuredPeriod, newerInsurability } from '../domain/insurability.ts'
import type { Person } from '../domain/person.ts'
import type { StatusPeriod } from '../domain/status-period.ts'

interface PersonRow {
  readonly person_id: string
  readonly facts: Omit<Person, 'personId'>
}

const personOf = (row: PersonRow): Person => ({ personId: row.person_id, ...row.facts })

/** Persons by id, in one query; who is not known is absent. */
export async function loadPersons(q: Queryable, ids: readonly string[]): Promise<Map<string, Person>> {
  const { rows } = await q.query<PersonRow>({
    name: 'reimbursement-load-persons',
    text: 'select person_id, facts from app.persons where person_id = any ($1::uuid[])',
    values: [ids],
  })
  return new Map(rows.map((row) => [row.person_id, personOf(row)]))
}

/** Everything this service knows of a person that a claim depends on. */
export interface PatientFacts {
  readonly person: Person
  readonly periods: readonly InsuredPeriod[]
  readonly statuses: readonly StatusPeriod[]
}

const patientColumns = `p.person_id, p.facts, i.periods,
  (select json_agg(json_build_object('statusId', s.status_id, 'kind', s.kind, 'from', s.valid_from, 'to', s.valid_to))
     from app.statuses s where s.person_id = p.person_id) as statuses`

interface PatientRow extends PersonRow {
  readonly periods: readonly InsuredPeriod[] | null
  readonly statuses:
    | readonly { statusId: string; kind: StatusPeriod['kind']; from: IsoDate; to: IsoDate | null }[]
    | null
}

const patientOf = (row: PatientRow): PatientFacts => ({
  person: personOf(row),
  periods: row.periods ?? [],
  statuses: row.statuses ?? [],
})

/** Patients by any INSZ index they ever had, in one query. */
export async function patientsByIndex(q: Queryable, indexes: readonly string[]): Promise<Map<string, PatientFacts>> {
  if (indexes.length === 0) return new Map()
  const { rows } = await q.query<PatientRow & { insz_index: string }>({
    name: 'reimbursement-patients-by-index',
    text: `select n.insz_index, ${patientColumns}
             from app.person_identifiers n join app.persons p using (person_id)
             left join app.insurability i on i.person_id = p.person_id
            where n.insz_index = any ($1::text[])`,
    values: [indexes],
  })
  return new Map(rows.map((row) => [row.insz_index, patientOf(row)]))
}

/** Patients by id, in one query. */
export async function patientsById(q: Queryable, ids: readonly string[]): Promise<Map<string, PatientFacts>> {
  const { rows } = await q.query<PatientRow>({
    name: 'reimbursement-patients-by-id',
    text: `select ${patientColumns}
             from app.persons p left join app.insurability i on i.person_id = p.person_id
            where p.person_id = any ($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.person_id, patientOf(row)]))
}

export async function savePersons(tx: Transaction, persons: readonly Person[]): Promise<void> {
  if (persons.length === 0) return
  await tx.query({
    name: 'reimbursement-save-persons',
    text: `insert into app.persons (person_id, facts)
           select person_id, facts::jsonb from unnest($1::uuid[], $2::text[]) n (person_id, facts)
           on conflict (person_id) do update set facts = excluded.facts`,
    values: [
      persons.map((person) => person.personId),
      persons.map(({ personId: _, ...facts }) => JSON.stringify(facts)),
    ],
  })
}

export interface Identifier {
  readonly inszIndex: string
  readonly personId: string
}

/** Adds identifiers; the ones a person had stay valid. */
export async function addIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<void> {
  if (identifiers.length === 0) return
  await tx.query({
    name: 'reimbursement-add-identifiers',
    text: `insert into app.person_identifiers (insz_index, person_id)
           select distinct on (insz_index) insz_index, person_id
             from unnest($1::text[], $2::uuid[]) with ordinality n (insz_index, person_id, place)
            order by insz_index, place desc
           on conflict (insz_index) do update set person_id = excluded.person_id`,
    values: [identifiers.map((item) => item.inszIndex), identifiers.map((item) => item.personId)],
  })
}

/** After an erasure nothing may lead from an INSZ to the person any more. */
export async function dropIdentifiers(tx: Transaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await tx.query('delete from app.person_identifiers where person_id = any ($1::uuid[])', [personIds])
}

/** Keeps the newest timeline of each person; the row itself decides, so the order of arrival does not matter. */
export async function saveInsurability(tx: Transaction, states: readonly InsurabilityState[]): Promise<void> {
  const newest = new Map<string, InsurabilityState>()
  for (const state of states) {
    const known = newest.get(state.personId)
    newest.set(state.personId, known === undefined ? state : newerInsurability(known, state))
  }
  if (newest.size === 0) return
  const list = [...newest.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1))
  await tx.query({
    name: 'reimbursement-save-insurability',
    text: `insert into app.insurability as known (person_id, recorded_at, sequence, event_id, periods)
           select person_id, recorded_at, sequence, event_id, periods::jsonb
             from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::uuid[], $5::text[])
               n (person_id, recorded_at, sequence, event_id, periods)
           on conflict (person_id) do update
             set recorded_at = excluded.recorded_at, sequence = excluded.sequence, event_id = excluded.event_id,
                 periods = excluded.periods
             where (known.recorded_at, known.sequence, known.event_id)
                 < (excluded.recorded_at, excluded.sequence, excluded.event_id)`,
    values: [
      list.map((state) => state.personId),
      list.map((state) => state.recordedAt),
      list.map((state) => state.sequence),
      list.map((state) => state.eventId),
      list.map((state) => JSON.stringify(state.periods)),
    ],
  })
}
