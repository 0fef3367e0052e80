import type { Cents, IsoDate, Quarter } from '@ziv/kernel'
import type { AttestStatus, IncomeOutcome, SlipSource } from './contribution-year.events.ts'

/** Every command carries an id that is the same when it is sent again: the ids of its events derive from it. */
export interface RecordSlip {
  readonly type: 'RecordSlip'
  readonly commandId: string
  readonly slipId: string
  readonly source: SlipSource
  readonly employerNumber: string
  /** The second number of the employer, where the declaration names both. */
  readonly otherNumber?: string | undefined
  readonly quarter: Quarter
  readonly amountCents: Cents
  /** When the sender made it, in milliseconds. */
  readonly createdAt: number
  readonly arrival: number
  readonly part: number
}

export interface RecordAttest {
  readonly type: 'RecordAttest'
  readonly commandId: string
  readonly attestId: string
  readonly fundNumber: string
  readonly quarter: Quarter
  readonly status: AttestStatus
  readonly amountCents: Cents
  readonly arrival: number
  /** Line of the file it came in, or 1. */
  readonly part: number
}

export interface PayContribution {
  readonly type: 'PayContribution'
  readonly commandId: string
  readonly contributionId: string
  readonly paymentId: string
  readonly quarter: Quarter
  readonly amountCents: Cents
  readonly receivedOn: IsoDate
}

/** Asks the person for proof of the family income of the year; asked again, the later request counts and the year is open again. */
export interface AskIncomeProof {
  readonly type: 'AskIncomeProof'
  readonly commandId: string
  readonly askedOn: IsoDate
  /** Last day on which the proof can be given. */
  readonly answerUntil: IsoDate
}

/** Closes the request: from then on the full amount decides. */
export interface CloseIncomeProof {
  readonly type: 'CloseIncomeProof'
  readonly commandId: string
  readonly outcome: IncomeOutcome
}

/** The settlement run closes the year; sent again it changes nothing while the outcome is the same. */
export interface SettleYear {
  readonly type: 'SettleYear'
  readonly commandId: string
}

/** A fact outside the year changed (a capacity): a year that is over or settled is decided, one that runs is left alone. */
export interface ReviewYear {
  readonly type: 'ReviewYear'
  readonly commandId: string
}

/** A fact outside a year that waits for its settlement changed: how it stands now is told, and not settled. */
export interface AssessYear {
  readonly type: 'AssessYear'
  readonly commandId: string
}

export type ContributionYearCommand =
  | RecordSlip
  | RecordAttest
  | PayContribution
  | AskIncomeProof
  | CloseIncomeProof
  | SettleYear
  | ReviewYear
  | AssessYear
