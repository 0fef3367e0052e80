import type { IsoDate } from '@ziv/kernel'
import type { Confidence, Ground, Repair } from '@ziv/law'

export type RightKind = 'opening' | 'renewal' | 'dependant'
export type RightGround = 'opening' | 'renewal' | 'dependant' | 'runOut'
export type RightOutcome = 'granted' | 'refused'

/** One decision about the right of a person: what was decided, on which facts, under which articles. */
export interface RightDecision {
  /** Derived from the content: the same facts give the same decision and the same id, in every replay. */
  readonly decisionId: string
  readonly kind: RightKind
  /** Year the decision is filed under: the year of its first day. */
  readonly year: number
  readonly outcome: RightOutcome
  readonly from: IsoDate
  readonly to: IsoDate
  readonly capacity: string
  readonly ground: RightGround
  readonly grounds: readonly Ground[]
  readonly repairs: readonly Repair[]
  readonly confidence: Confidence
}

/** Days in order with one insurer on one decision. Both ends inclusive. */
export interface RightPeriod {
  readonly from: IsoDate
  readonly to: IsoDate
  readonly insurer: string
  readonly ziekenfonds: string
  readonly capacity: string
  readonly ground: RightGround
  readonly decisionId: string
}

/** What a dependant follows: the days of the holder and the decisions they rest on. */
export type HolderDays = Pick<RightPeriod, 'from' | 'to' | 'decisionId'>

export interface Timeline {
  readonly decisions: readonly RightDecision[]
  /** Ascending, without overlap. */
  readonly periods: readonly RightPeriod[]
}
