import { type DomainEvent, defineEvents, type IsoDate } from '@ziv/kernel'
import { month } from '@ziv/kernel/schemas'
import { z } from 'zod'
import type { Figures } from './figures.ts'
import type { Places } from './membership.ts'

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
    /** The order of advantage by which its members were counted: the law may be changed later, the return was made by this one. */
    readonly places: Places
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

const about = {
  returnId: z.uuid(),
  insurer: z.string(),
  ziekenfonds: z.string(),
  month,
}
const count = z.int()
const figures = z.strictObject({
  members: z.array(z.strictObject({ capacity: z.string(), count })),
  ...{ membersWithoutCapacity: count, membersTotal: count, insuredTotal: count, slips: count, claims: count },
  ...{ interventionCents: count, patientShareCents: count, supplementCents: count },
})

export const returnEvents = defineEvents({
  aggregate: 'return',
  schemas: {
    ReturnSubmitted: z.strictObject({
      ...about,
      attempt: z.int(),
      submittedOn: z.iso.date(),
      figures,
      positions: z.record(z.string(), z.string()),
      places: z.record(z.string(), count),
    }),
    ReturnAccepted: z.strictObject({ ...about, acceptedOn: z.iso.date() }),
    ReturnRefused: z.strictObject({ ...about, refusedOn: z.iso.date(), reason: z.string() }),
  },
})
