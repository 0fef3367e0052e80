import type { IsoDate } from '@ziv/kernel'
import type { Member } from '@ziv/members'
import { inflateMember, type StoredMember } from '@ziv/members/store'
import type { Queryable, Transaction } from '@ziv/postgres'
import { type InsurabilityState, type InsuredPeriod, newerInsurability } from '../domain/insurability.ts'
import type { StatusPeriod } from '../domain/status-period.ts'

/** Everything this service knows of a person that a claim depends on. */
export interface PatientFacts {
  readonly person: Member
  /** Undefined while nothing was told of the rights of the person. */
  readonly periods: readonly InsuredPeriod[] | undefined
  readonly statuses: readonly StatusPeriod[]
}

const patientColumns = `p.person_id, p.member, i.periods,
  (select json_agg(json_build_object('statusId', s.status_id, 'kind', s.kind, 'from', s.valid_from, 'to', s.valid_to))
     from app.statuses s where s.person_id = p.person_id) as statuses`

interface PatientRow {
  readonly person_id: string
  readonly member: StoredMember
  readonly periods: readonly InsuredPeriod[] | null
  readonly statuses:
    | readonly { statusId: string; kind: StatusPeriod['kind']; from: IsoDate; to: IsoDate | null }[]
    | null
}

const patientOf = (row: PatientRow): PatientFacts => ({
  person: inflateMember(row.person_id, row.member),
  periods: row.periods ?? undefined,
  statuses: row.statuses ?? [],
})

/** Patients by any INSZ index they ever had, in one query; absent while only a replaced number was told of them. */
export async function patientsByIndex(q: Queryable, indexes: readonly string[]): Promise<Map<string, PatientFacts>> {
  if (indexes.length === 0) return new Map()
  const { rows } = await q.query<PatientRow & { insz_index: string }>({
    name: 'reimbursement-patients-by-index',
    text: `select n.insz_index, ${patientColumns}
             from app_members.identifiers n join app_members.persons p using (person_id)
             left join app.insurability i on i.person_id = p.person_id
            where n.insz_index = any ($1::text[])`,
    values: [indexes],
  })
  const patients = rows.map((row) => [row.insz_index, patientOf(row)] as const)
  return new Map(patients.filter(([, { person }]) => person.birthDate !== null))
}

/** Patients by id, in one query. */
export async function patientsById(q: Queryable, ids: readonly string[]): Promise<Map<string, PatientFacts>> {
  const { rows } = await q.query<PatientRow>({
    name: 'reimbursement-patients-by-id',
    text: `select ${patientColumns}
             from app_members.persons p left join app.insurability i on i.person_id = p.person_id
            where p.person_id = any ($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.person_id, patientOf(row)]))
}

/** The days in order of persons as they are known now, in one query; absent for whom rights told nothing. */
export async function periodsById(
  q: Queryable,
  ids: readonly string[],
): Promise<Map<string, readonly InsuredPeriod[]>> {
  const { rows } = await q.query<{ person_id: string; periods: readonly InsuredPeriod[] }>({
    name: 'reimbursement-periods-by-id',
    text: 'select person_id, periods from app.insurability where person_id = any ($1::uuid[])',
    values: [ids],
  })
  return new Map(rows.map(({ person_id, periods }) => [person_id, periods]))
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
