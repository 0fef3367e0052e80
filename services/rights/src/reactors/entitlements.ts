import type { CommandHandling, CommandRequest, JsonObject, LoadedStream, OutboxDraft } from '@ziv/event-store'
import { type Rejection, uuidV5 } from '@ziv/kernel'
import type { EntitlementEvent } from '../domain/entitlement.events.ts'
import { type EntitlementState, type Establish, entitlement } from '../domain/entitlement.ts'
import type { Bases } from './bases.ts'
import type { DecisionContext } from './decision-context.ts'

/** What is told when a stream changes; null when nobody has to be told, or another stream of the person tells it. */
interface Told {
  readonly messages: readonly OutboxDraft[]
}

/** Brings one year of one person in line with the decisions the facts lead to. */
export type EstablishRequest = CommandRequest<Establish, Told>

type Handling = CommandHandling<EntitlementState, Establish, EntitlementEvent, Rejection, Told>

/** How decisions are stored: by their own id, with what they share with others left to its basis. */
export const entitlementHandling = ({ bases, recordedAt }: DecisionContext): Handling => ({
  decider: entitlement,
  recordedAt: () => recordedAt,
  open: async (streams) => streams.map(opened),
  seal: async (events) => events.map(({ event }) => storedOf(event, bases)),
  eventId: ({ event, version }) => idOf(event, version),
  toOutbox: (changes) => changes.map(({ facts: { messages } }) => messages),
})

const storedOf = (event: EntitlementEvent, bases: Bases): JsonObject =>
  event.type === 'RightDecided' ? bases.stored(event.data) : event.data

/** A decision is its own event id, and of what it says no more is asked when others are decided. */
export const opened = (stream: LoadedStream): LoadedStream => ({
  ...stream,
  events: stream.events.map((event) =>
    event.type === 'RightDecided' ? { ...event, data: { decisionId: event.eventId } } : event,
  ),
})

/** Withdrawals and reinstatements are numbered by their place in the stream. */
function idOf(event: EntitlementEvent, version: number): string {
  if (event.type === 'RightDecided') return event.data.decisionId
  const { personId } = event.data
  const what = 'decisionId' in event.data ? event.data.decisionId : event.data.changedFrom
  return uuidV5(`${personId}/${event.type}/${version}/${what}`)
}
