import type { Queryable } from '@ziv/postgres'

/** One service of one patient, as the table of settled lines knows it. */
export interface ServiceOfPatient {
  readonly personId: string
  readonly providerNumber: string
  readonly nomenclature: string
  readonly careDate: string
  readonly variant: string
}

export const patientServiceKey = (s: ServiceOfPatient): string =>
  `${s.personId}/${s.providerNumber}/${s.nomenclature}/${s.careDate}/${s.variant}`

interface SettledRow {
  readonly person_id: string
  readonly provider_number: string
  readonly nomenclature: string
  readonly care_date: string
  readonly variant: string
  readonly claim_id: string
}

/** Which of these services were settled before, with the claim that did; one query for all. */
export async function findSettled(
  q: Queryable,
  services: readonly ServiceOfPatient[],
): Promise<ReadonlyMap<string, string>> {
  if (services.length === 0) return new Map()
  const { rows } = await q.query<SettledRow>({
    name: 'reimbursement-find-settled',
    text: `select s.person_id, s.provider_number, s.nomenclature, s.care_date, s.variant, s.claim_id
             from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[])
                    w (person_id, provider_number, nomenclature, care_date, variant)
            cross join lateral (
              select * from app.settled_lines k
               where k.person_id = w.person_id and k.provider_number = w.provider_number
                 and k.nomenclature = w.nomenclature and k.care_date = w.care_date and k.variant = w.variant limit 1) s`,
    values: [
      services.map((service) => service.personId),
      services.map((service) => service.providerNumber),
      services.map((service) => service.nomenclature),
      services.map((service) => service.careDate),
      services.map((service) => service.variant),
    ],
  })
  return new Map(
    rows.map((row) => [
      patientServiceKey({
        personId: row.person_id,
        providerNumber: row.provider_number,
        nomenclature: row.nomenclature,
        careDate: row.care_date,
        variant: row.variant,
      }),
      row.claim_id,
    ]),
  )
}
