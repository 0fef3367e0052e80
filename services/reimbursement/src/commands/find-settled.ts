import type { IsoDate } from '@ziv/kernel'
import type { Queryable } from '@ziv/postgres'
import { serviceKey } from '../domain/assess-line.ts'

interface SettledRow {
  readonly person_id: string
  readonly provider: string
  readonly nomenclature: string
  readonly care_date: IsoDate
  readonly variant: string
  readonly claim_id: string
}

/** The days of care of one patient. */
export interface CareDays {
  readonly personId: string
  readonly careDates: readonly string[]
}

/** By person, then by `serviceKey`: the claim that settled it. */
export type Settled = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * What was settled before for these patients on these days, with the claim that did; also services that nobody asked about
 * but lie between the days. One query for all.
 */
export async function findSettled(q: Queryable, patients: readonly CareDays[]): Promise<Settled> {
  const asked = patients.flatMap(({ personId, careDates }) => {
    const days = careDates.toSorted()
    return days.length === 0 ? [] : [{ personId, first: days[0]!, last: days.at(-1)! }]
  })
  if (asked.length === 0) return new Map()
  const { rows } = await q.query<SettledRow>({
    name: 'reimbursement-find-settled',
    text: `select person_id, provider, nomenclature, care_date, variant, claim_id
             from app.settled_between($1::uuid[], $2::date[], $3::date[])`,
    values: [asked.map(({ personId }) => personId), asked.map(({ first }) => first), asked.map(({ last }) => last)],
  })
  const settled = new Map<string, Map<string, string>>()
  for (const row of rows) {
    const ofPerson = settled.get(row.person_id) ?? new Map<string, string>()
    settled.set(row.person_id, ofPerson)
    ofPerson.set(
      serviceKey({
        providerNumber: row.provider,
        nomenclature: row.nomenclature,
        careDate: row.care_date,
        variant: row.variant,
      }),
      row.claim_id,
    )
  }
  return settled
}
