import { ageOn, type Cents, type IsoDate } from '@ziv/kernel'
import type { Confidence } from '../types.ts'

/** Professions whose tariffs differ by nomenclature. */
export const professions = ['doctor', 'dentist', 'physiotherapist', 'nurse', 'other'] as const
export type Profession = (typeof professions)[number]

/** When an amount of a tariff row applies; what is not stated does not matter. Ages in completed years on the day of care. */
export interface TariffConditions {
  readonly preferential?: boolean
  readonly gmd?: boolean
  readonly referral?: boolean
  readonly chronic?: boolean
  /** From this age on. */
  readonly ageFrom?: number
  /** Below this age. */
  readonly ageBelow?: number
}

export interface TariffAmount {
  readonly when: TariffConditions
  /** Intervention at a conventioned provider, in cents. */
  readonly interventionCents: Cents
}

/** A row of the tariff table: a code in a period, its official fee and the interventions by condition. */
export interface TariffRow {
  readonly code: string
  readonly from: IsoDate
  readonly to: IsoDate | null
  readonly profession: Profession
  readonly feeCents: Cents
  /** Interventions by condition; the row with most conditions that all hold is used. */
  readonly amounts?: readonly TariffAmount[]
  /** Instead of amounts: the parameter with the fixed share of the patient (`reimbursement/patient-share-specialist`). */
  readonly patientShareParameter?: string
  /** The share of the patient is lower after referral by the GP. */
  readonly referralReduces?: boolean
  readonly confidence: Confidence
}

/** The person and the circumstances that choose an amount. */
export interface CareSituation {
  readonly careDate: IsoDate
  readonly birthDate?: IsoDate
  /** Increased reimbursement (VT). */
  readonly preferential: boolean
  /** Global medical file (GMD). */
  readonly gmd: boolean
  readonly referral: boolean
  /** Status of chronic illness. */
  readonly chronic: boolean
}

/** The amount whose conditions all hold and are most specific; the first of the table on a tie. */
export function matchAmount(amounts: readonly TariffAmount[], care: CareSituation): TariffAmount | undefined {
  const age = care.birthDate === undefined ? undefined : ageOn(care.birthDate, care.careDate)
  let best: TariffAmount | undefined
  let bestCount = -1
  for (const amount of amounts) {
    const count = holds(amount.when, care, age)
    if (count > bestCount) {
      best = amount
      bestCount = count
    }
  }
  return best
}

/** Number of conditions stated when all hold; -1 when one does not. A condition on an unknown age does not hold. */
function holds(when: TariffConditions, care: CareSituation, age: number | undefined): number {
  let count = 0
  for (const name of ['preferential', 'gmd', 'referral', 'chronic'] as const) {
    if (when[name] === undefined) continue
    if (when[name] !== care[name]) return -1
    count++
  }
  if (when.ageFrom !== undefined) {
    if (age === undefined || age < when.ageFrom) return -1
    count++
  }
  if (when.ageBelow !== undefined) {
    if (age === undefined || age >= when.ageBelow) return -1
    count++
  }
  return count
}
