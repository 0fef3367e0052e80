import type { Cents, IsoDate } from '@ziv/kernel'
import type { BilledSplit, Confidence, Convention } from '@ziv/law'
import type { ControlCode } from './control-codes.ts'
import type { Standing } from './standing.ts'

/** One service as it is claimed, from a billing file or by REST. Amounts are for all units together. */
export interface LineInput {
  /** Counts from 1 in the claim. */
  readonly number: number
  readonly nomenclature: string
  readonly careDate: IsoDate
  readonly units: number
  readonly providerNumber: string
  readonly convention: Convention
  /** The care fell in the times and places of the agreement; absent where nobody says so. */
  readonly withinAgreement?: boolean
  /** All that is asked: insurance, patient and supplement together. */
  readonly askedCents: Cents
  /** How the provider split it; absent when the patient claims what was paid. */
  readonly split?: BilledSplit
  readonly referral: boolean
  /** Tooth and repetition on one day: what makes the same service on the same day another one. */
  readonly variant: string
  /** What the reading of the file already found wrong with this line. */
  readonly formCodes?: readonly string[]
}

export interface ClaimInput {
  readonly channel: 'rest' | 'efact'
  /** Ziekenfonds or insurer that the file sends it to; absent by REST. */
  readonly destination?: string
  /** Ziekenfonds of affiliation that the file names. */
  readonly affiliation?: string
  readonly timeBarLifted: boolean
  readonly creditNote: boolean
  readonly lines: readonly LineInput[]
  /** What the reading of the file found wrong with the invoice as a whole. */
  readonly formCodes?: readonly string[]
}

export type LineOutcome = 'accepted' | 'corrected' | 'refused'

/** What the price of an accepted line rests on: enough to decide it again. */
export interface LineBasis {
  readonly tariffFrom: IsoDate
  /** Highest id of the tariffs that were known: one recorded since, also before the claim was, gave no price. */
  readonly tariffsThrough: number
  /** Years on the day of care, as the birth was known then; absent: it was not known. */
  readonly age?: number
  readonly confidence: Confidence
  readonly preferential: boolean
  readonly gmd: boolean
  readonly chronic: boolean
  readonly referral: boolean
  readonly convention: Convention
  readonly withinAgreement?: boolean
  readonly decisionId: string
}

/** A split that is not that of the tariff, beside the tariff. */
export interface Billed extends Omit<BilledSplit, 'supplementCents'> {
  readonly officialInterventionCents: Cents
  readonly officialShareCents: Cents
}

/** A line after the controls. Amounts are 0 for a refused one; otherwise they sum to what was asked. */
export interface AssessedLine {
  readonly number: number
  readonly nomenclature: string
  readonly careDate: IsoDate
  readonly units: number
  readonly providerNumber: string
  readonly variant: string
  readonly outcome: LineOutcome
  readonly codes: readonly string[]
  readonly askedCents: Cents
  readonly officialFeeCents: Cents
  readonly interventionCents: Cents
  readonly patientShareCents: Cents
  readonly supplementCents: Cents
  readonly basis?: LineBasis
  /** With the codes of care that nobody had a right to: why. */
  readonly standing?: Standing
  /** With the codes of a split that is not that of the tariff. */
  readonly billed?: Billed
}

export interface Assessment {
  readonly personId?: string
  readonly insurer?: string
  readonly ziekenfonds?: string
  /** Codes about the claim as a whole: each refuses all its lines. */
  readonly codes: readonly (ControlCode | string)[]
  readonly lines: readonly AssessedLine[]
}
