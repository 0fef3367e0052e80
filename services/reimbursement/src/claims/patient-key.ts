import type { Queryable } from '@ziv/postgres'

/** One service of one patient, as the table of settled lines knows it. */
export interface ServiceOfPatient {
  readonly personId: string
  readonly providerNumber: string
  readonly nomenclature: string
  readonly careDate: string
  readonly variant: string
}

export const patientServiceKey = (
  personId: string,
  { providerNumber, nomenclature, careDate, variant }: Omit<ServiceOfPatient, 'personId'>,
): string => `${personId}/${providerNumber}/${nomenclature}/${careDate}/${variant}`

interface SettledRow {
  readonly person_id: string
  readonly provider_number: string
  readonly nomenclature: string
  readonly care_date: string
  readonly variant: string
  readonly claim_id: string
}

/** The days of care of one patient. */
export interface CareDays {
  readonly personId: string
  readonly careDates: readonly string[]
}

/**
 * What was settled before for these patients on these days, by `patientServiceKey`, with the claim that did; also services
 * that nobody asked about but lie between the days. One query for all.
 */
export async function findSettled(q: Queryable, patients: readonly CareDays[]): Promise<ReadonlyMap<string, string>> {
  const asked = patients.flatMap(({ personId, careDates }) => {
    const days = careDates.toSorted()
    return days.length === 0 ? [] : [{ personId, first: days[0]!, last: days.at(-1)! }]
  })
  if (asked.length === 0) return new Map()
  const { rows } = await q.query<SettledRow>({
    name: 'reimbursement-find-settled',
    text: `select person_id, provider_number, nomenclature, care_date, variant, claim_id
             from app.settled_between($1::uuid[], $2::date[], $3::date[])`,
    values: [asked.map(({ personId }) => personId), asked.map(({ first }) => first), asked.map(({ last }) => last)],
  })
  return new Map(
    rows.map((row) => [
      patientServiceKey(row.person_id, {
        providerNumber: row.provider_number,
        nomenclature: row.nomenclature,
        careDate: row.care_date,
        variant: row.variant,
      }),
      row.claim_id,
    ]),
  )
}
