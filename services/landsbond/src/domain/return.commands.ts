import type { IsoDate } from '@ziv/kernel'
import type { Figures } from './figures.ts'
import type { Places } from './membership.ts'

export interface SubmitReturn {
  readonly kind: 'submit'
  readonly returnId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly month: string
  readonly figures: Figures
  readonly positions: Readonly<Record<string, string>>
  readonly places: Places
}

export interface AcceptReturn {
  readonly kind: 'accept'
  readonly returnId: string
}

export interface RefuseReturn {
  readonly kind: 'refuse'
  readonly returnId: string
  readonly reason: string
}

export type ReturnCommand = SubmitReturn | AcceptReturn | RefuseReturn

/** What is known from outside the stream. */
export interface ReturnFacts {
  readonly today: IsoDate
  /** Messages at or before the positions that wait for an operator; only asked of a submission. */
  readonly parked: number
}
