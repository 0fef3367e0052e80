import type { DomainEvent, IsoDate } from '@ziv/kernel'
import type { Figures } from './figures.ts'

interface About {
  readonly returnId: string
  readonly insurer: string
  readonly ziekenfonds: string
  readonly month: string
}

export interface ReturnSubmitted extends DomainEvent {
  readonly type: 'ReturnSubmitted'
  readonly data: About & {
    /** Counts the returns of the ziekenfonds about this month, from 1. */
    readonly attempt: number
    readonly submittedOn: IsoDate
    readonly figures: Figures
    readonly positions: Readonly<Record<string, string>>
  }
}

export interface ReturnAccepted extends DomainEvent {
  readonly type: 'ReturnAccepted'
  readonly data: About & { readonly acceptedOn: IsoDate }
}

export interface ReturnRefused extends DomainEvent {
  readonly type: 'ReturnRefused'
  readonly data: About & { readonly refusedOn: IsoDate; readonly reason: string }
}

/** Events of a stream `return-<ziekenfonds>-<yyyy-mm>`. */
export type ReturnEvent = ReturnSubmitted | ReturnAccepted | ReturnRefused
