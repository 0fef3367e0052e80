import type { EventStore, StoredEvent } from '@ziv/event-store'
import { type Instant, type IsoDate, type Quarter, quarterStart } from '@ziv/kernel'
import { assessYear, INCOME_REQUEST, type Law, type YearDecision } from '@ziv/law'
import type { Member } from '@ziv/members'
import type { Queryable } from '@ziv/postgres'
import { assessmentPerson } from '../commands/assessor.ts'
import { streamIdOf } from '../commands/year-work.ts'
import type { ContributionYearEvent } from '../domain/contribution-year.events.ts'
import { evolve, initialState, slipKey, type YearState } from '../domain/contribution-year.ts'

export interface ReferenceYearQuestion {
  /** As the person was known at `knownAt`. */
  readonly person: Member
  readonly year: number
  /** The day asked about: what takes effect after it does not count, and repairs must still be possible on it. */
  readonly asOf: IsoDate
  /** The moment of our knowledge: what was recorded after it did not exist. */
  readonly knownAt: Instant
}

export interface ReferenceYear {
  readonly state: YearState
  readonly decision: YearDecision
  /** Event that last recorded a slip, an attest or a payment, by its key in the state. */
  readonly eventIds: ReadonlyMap<string, { readonly eventId: string; readonly recordedAt: Instant }>
}

const asDomainEvent = (stored: StoredEvent): ContributionYearEvent =>
  ({ type: stored.type, version: stored.schemaVersion, data: stored.data }) as unknown as ContributionYearEvent

/** Folds what was known then of what counts on that day, and assesses it. */
export async function readReferenceYear(
  q: Queryable,
  store: EventStore,
  law: Law,
  question: ReferenceYearQuestion,
): Promise<ReferenceYear> {
  const { person, year, asOf, knownAt } = question
  const stream = await store.load(q, streamIdOf(person.personId, year))
  const eventIds = new Map<string, { eventId: string; recordedAt: Instant }>()
  let state = initialState()
  for (const stored of stream.events) {
    if (stored.recordedAt > knownAt) break
    const event = asDomainEvent(stored)
    if (!countsOn(event, asOf)) continue
    state = evolve(state, event)
    eventIds.set(keyOf(event), { eventId: stored.eventId, recordedAt: stored.recordedAt })
  }
  const decision = assessYear(
    {
      year,
      person: assessmentPerson(person),
      law,
      today: asOf,
      eventIdOf: (key) => eventIds.get(key)?.eventId,
    },
    state,
  )
  return { state, decision, eventIds }
}

function keyOf(event: ContributionYearEvent): string {
  switch (event.type) {
    case 'SlipRecorded':
    case 'SlipCorrected':
    case 'SlipConfirmed':
      return slipKey(event.data.employerNumber, event.data.quarter)
    case 'SlipSuperseded':
      return `superseded|${event.data.arrival}|${event.data.part}`
    case 'AttestRecorded':
    case 'AttestConfirmed':
      return event.data.quarter
    case 'PersonalContributionPaid':
      return event.data.paymentId
    case 'IncomeProofAsked':
      return INCOME_REQUEST
    case 'IncomeProofClosed':
      return 'incomeClosed'
    case 'YearAssessed':
      return 'assessed'
    case 'YearSettled':
      return 'settled'
  }
}

/** A slip or attest takes effect with its quarter, a payment on the day it was received, a settlement on its day. */
function countsOn(event: ContributionYearEvent, asOf: IsoDate): boolean {
  switch (event.type) {
    case 'SlipRecorded':
    case 'SlipCorrected':
    case 'SlipConfirmed':
    case 'SlipSuperseded':
    case 'AttestRecorded':
    case 'AttestConfirmed':
      return quarterStart(event.data.quarter as Quarter) <= asOf
    case 'PersonalContributionPaid':
      return event.data.receivedOn <= asOf
    case 'IncomeProofAsked':
      return event.data.askedOn <= asOf
    case 'IncomeProofClosed':
      return event.data.closedOn <= asOf
    case 'YearAssessed':
      return event.data.assessedOn <= asOf
    case 'YearSettled':
      return event.data.settledOn <= asOf
  }
}
