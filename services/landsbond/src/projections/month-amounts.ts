import type { Transaction } from '@ziv/postgres'
import type { BatchFacts, FactPlace } from '../reactors/to-facts.ts'

interface MonthSum {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly month: string
  readonly partition: number
  slips: number
  claims: number
  interventionCents: number
  patientShareCents: number
  supplementCents: number
}

/** Adds the slips and claims of a batch to their months. */
export async function addMonthAmounts(tx: Transaction, { slips, claims }: BatchFacts): Promise<void> {
  if (slips.length === 0 && claims.length === 0) return
  const sums = new Map<string, MonthSum>()
  const sumOf = ({ insurer, ziekenfonds, partition, day }: FactPlace & { readonly day: string }): MonthSum => {
    const month = day.slice(0, 7)
    const key = `${insurer}/${ziekenfonds}/${month}/${partition}`
    const zero = { slips: 0, claims: 0, interventionCents: 0, patientShareCents: 0, supplementCents: 0 }
    const sum = sums.get(key) ?? { insurer, ziekenfonds, month, partition, ...zero }
    sums.set(key, sum)
    return sum
  }
  for (const slip of slips) sumOf(slip).slips += 1
  for (const claim of claims) {
    const sum = sumOf(claim)
    sum.claims += 1
    sum.interventionCents += claim.interventionCents
    sum.patientShareCents += claim.patientShareCents
    sum.supplementCents += claim.supplementCents
  }
  const rows = [...sums.values()]
  const column = <K extends keyof MonthSum>(name: K): MonthSum[K][] => rows.map((row) => row[name])
  await tx.query({
    name: 'landsbond_month_amounts',
    text: `insert into app.month_amounts as m (insurer, ziekenfonds, month, partition, slips, claims, intervention_cents,
                                               patient_share_cents, supplement_cents)
           select * from unnest($1::text[], $2::text[], $3::text[], $4::smallint[], $5::bigint[], $6::bigint[], $7::bigint[],
                                $8::bigint[], $9::bigint[])
           on conflict (insurer, ziekenfonds, month, partition) do update
             set slips = m.slips + excluded.slips, claims = m.claims + excluded.claims,
                 intervention_cents = m.intervention_cents + excluded.intervention_cents,
                 patient_share_cents = m.patient_share_cents + excluded.patient_share_cents,
                 supplement_cents = m.supplement_cents + excluded.supplement_cents, changed_tx = excluded.changed_tx`,
    values: [
      column('insurer'),
      column('ziekenfonds'),
      column('month'),
      column('partition'),
      column('slips'),
      column('claims'),
      column('interventionCents'),
      column('patientShareCents'),
      column('supplementCents'),
    ],
  })
}

/** Throws the amounts of one partition of an insurer away and adds them up again from its facts. */
export async function restoreMonthAmounts(
  tx: Transaction,
  { insurer, partition }: Pick<FactPlace, 'insurer' | 'partition'>,
): Promise<void> {
  const here = [insurer, partition]
  await tx.query('delete from app.month_amounts where insurer = $1 and partition = $2', here)
  await tx.query(
    `insert into app.month_amounts (insurer, ziekenfonds, month, partition, slips, claims, intervention_cents,
                                    patient_share_cents, supplement_cents)
     select insurer, ziekenfonds, month, partition, sum(slips), sum(claims), sum(i), sum(p), sum(s) from (
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM') as month, partition, 1 as slips, 0 as claims, 0 as i, 0 as p, 0 as s
       from app.slip_facts where insurer = $1 and partition = $2
       union all
       select insurer, ziekenfonds, to_char(day, 'YYYY-MM'), partition, 0, 1, intervention_cents, patient_share_cents,
              supplement_cents
       from app.claim_facts where insurer = $1 and partition = $2) f
     group by insurer, ziekenfonds, month, partition`,
    here,
  )
}
