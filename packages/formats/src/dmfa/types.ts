import type { Cents, IsoDate, Quarter } from '@ziv/kernel'
import type { FormatIssue, IssueOptions, IssueTotals } from '../issue.ts'

export interface DmfaOptions extends IssueOptions {
  /** Today: a quarter that has not ended yet cannot be declared. Without it this is not checked. */
  readonly today?: IsoDate
}

/** Header of one form: one employer, one quarter. */
export interface DmfaForm {
  /** Counts from 1 in the file. */
  readonly form: number
  readonly createdOn: IsoDate | null
  /** Day and hour of creation in milliseconds, by the sender's clock read as UTC: of two forms, the newer is the truth. */
  readonly createdAt: number | null
  readonly reference: string | null
  readonly quarter: Quarter | null
  /** RSZ registration number, 9 digits; null when the employer gives only an enterprise number. */
  readonly employerNumber: string | null
  readonly enterpriseNumber: string | null
  readonly trusteeship: boolean
  readonly netOwedCents: Cents | null
}

export interface DmfaService {
  /** Annex 8. */
  readonly code: string
  /** Hundredths of days. */
  readonly days: number
  /** Hundredths of hours. */
  readonly hours: number
}

export interface DmfaRemuneration {
  /** Annex 7, three digits. */
  readonly code: string
  readonly cents: Cents
  /** True when the amount counts in the wage of the slip; see `wageCodes`. */
  readonly subject: boolean
}

export interface DmfaOccupation {
  readonly sequence: number
  readonly from: IsoDate | null
  readonly to: IsoDate | null
  readonly jointCommission: string | null
  readonly status: string | null
  /** Hundredths of days a week. */
  readonly workingDaysSystem: number | null
  /** Hundredths of hours a week, of the worker and of the full-time reference. */
  readonly weekHours: number | null
  readonly referenceWeekHours: number | null
  readonly services: readonly DmfaService[]
  readonly remunerations: readonly DmfaRemuneration[]
}

/** One contribution line of a worker record, amounts in cents. */
export interface DmfaContribution {
  readonly workerCode: string
  readonly type: number
  readonly basisCents: Cents | null
  readonly cents: Cents
}

/** Art. 286 ZIV-besluit tells contribution categories apart. */
export type WorkerCategory = 'manual' | 'miner' | 'intellectual' | 'statutory' | 'other'

/** The kinds of blocks a worker record can hold. */
export type WorkerRecordContent =
  | 'occupations'
  | 'student'
  | 'dismissedStatutory'
  | 'earlyRetirement'
  | 'complementaryIndemnity'
  | 'accidentIndemnity'
  | 'unknown'

/** One worker record of one person: what a contribution slip is made of. */
export interface DmfaWorkerRecord {
  readonly form: number
  readonly quarter: Quarter | null
  /** When its form was created. */
  readonly createdAt: number | null
  readonly employerNumber: string | null
  readonly enterpriseNumber: string | null
  readonly personSequence: number | null
  /** Counts from 1 within the person. */
  readonly workerRecord: number
  /** 11 digits with right check digits; null when what was declared cannot be a number (issue `DMFA-INSZ`). */
  readonly insz: string | null
  readonly employerClass: string | null
  readonly workerCode: string | null
  readonly category: WorkerCategory
  readonly content: WorkerRecordContent
  readonly quarterFrom: IsoDate | null
  readonly quarterTo: IsoDate | null
  readonly occupations: readonly DmfaOccupation[]
  readonly contributions: readonly DmfaContribution[]
  /** The wage of the slip: remunerations that are subject to contributions; see `wage.ts`. */
  readonly wageCents: Cents
  /** All remunerations of the record, subject or not. */
  readonly grossCents: Cents
  /** Contribution basis of the ordinary contribution of the own worker code, as declared (108 % for manual workers). */
  readonly basisCents: Cents | null
  /** Hundredths of days: worked or paid, and the other declared ones. */
  readonly days: number
  readonly otherDays: number
  /** Hundredths of hours, all codes. */
  readonly hours: number
  /** Regularisation of a dismissed statutory worker: the period that becomes insured. */
  readonly subjection: { readonly from: IsoDate | null; readonly to: IsoDate | null } | null
  /** False when an error-level issue touches this record, its person or its form: no slip may be made of it. */
  readonly usable: boolean
  /** Line where the record starts. */
  readonly line: number
}

export interface DmfaEnd {
  readonly messageType: string | null
  readonly forms: number
  readonly persons: number
  readonly workerRecords: number
  readonly usable: number
  /** Sum of `wageCents` of the usable records. */
  readonly wageCents: Cents
  readonly bytes: number
  readonly issues: IssueTotals
  /** True when the file was read to its end; false after a fatal issue. */
  readonly complete: boolean
}

/** What the reader yields, in the order of the file; the last item is always the end. */
export type DmfaItem =
  | { readonly kind: 'form'; readonly form: DmfaForm }
  | { readonly kind: 'workerRecord'; readonly record: DmfaWorkerRecord }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'end'; readonly end: DmfaEnd }

/** What `writeDmfa` needs of one employer and one quarter. */
export interface DmfaFormInput {
  readonly quarter: Quarter
  readonly createdOn: IsoDate
  /** `HH:MM:SS.mmm`; default midnight. */
  readonly createdAt?: string
  readonly reference?: string
  readonly employerNumber?: string
  readonly enterpriseNumber?: string
  readonly trusteeship?: boolean
  readonly netOwedCents?: Cents
  readonly persons: Iterable<DmfaPersonInput> | AsyncIterable<DmfaPersonInput>
}

/** One person of a declaration to write. */
export interface DmfaPersonInput {
  readonly insz: string
  readonly reference?: string
  readonly workerRecords: readonly DmfaWorkerRecordInput[]
}

/** One worker record of a declaration to write. */
export interface DmfaWorkerRecordInput {
  readonly employerClass: string
  readonly workerCode: string
  readonly border?: boolean
  readonly occupations: readonly DmfaOccupationInput[]
  readonly contributions?: readonly DmfaContribution[]
}

export interface DmfaOccupationInput {
  readonly from?: IsoDate
  readonly to?: IsoDate
  /** `200` or `140.01`; default `200`. */
  readonly jointCommission?: string
  /** Hundredths of days a week; default 500. */
  readonly workingDaysSystem?: number
  readonly status?: string
  readonly weekHours?: number
  readonly referenceWeekHours?: number
  readonly retired?: boolean
  readonly services?: readonly DmfaService[]
  readonly remunerations?: readonly { readonly code: string; readonly cents: Cents }[]
}
