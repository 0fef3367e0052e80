import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  capacityCorrected,
  capacityEnded,
  capacityRefused,
  capacityRequested,
  capacityWithdrawn,
  identifierReplaced,
  personCorrected,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { EventMetadata, OutboxDraft } from '@ziv/event-store'
import { type Instant, uuidV5 } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import { type DraftOptions, draft } from '@ziv/messaging'
import type { Change } from '../application/person-work.ts'
import type { PersonEventType } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'

type Membership = Person['toldTo'][number]
/** The contract is checked when the draft is made, field by field. */
type Tell = (options: DraftOptions<never>) => OutboxDraft

interface Public {
  readonly tell: Tell
  /** Fields of our event that the public one carries. */
  readonly fields: readonly string[]
}

const days = ['from', 'to', 'acquiredOn', 'requestedOn', 'holderPersonId']

/** Events about an affiliation or a capacity: told to the insurer they name. */
const ofMembership: Partial<Record<PersonEventType, Public>> = {
  AffiliationOpened: {
    tell: (o) => draft(affiliationOpened, o),
    fields: ['affiliationId', 'from', 'inszIndex', 'birthDate', 'sex'],
  },
  AffiliationClosed: { tell: (o) => draft(affiliationClosed, o), fields: ['affiliationId', 'to', 'reason'] },
  AffiliationCorrected: {
    tell: (o) => draft(affiliationCorrected, o),
    fields: ['affiliationId', 'from', 'to', 'reason', 'corrects'],
  },
  AffiliationWithdrawn: { tell: (o) => draft(affiliationWithdrawn, o), fields: ['affiliationId', 'corrects'] },
  CapacityRequested: {
    tell: (o) => draft(capacityRequested, o),
    fields: ['capacityId', 'capacity', 'role', 'acquiredOn', 'requestedOn', 'waitingFor'],
  },
  CapacityRefused: {
    tell: (o) => draft(capacityRefused, o),
    fields: ['capacityId', 'capacity', 'role', 'decidedOn'],
  },
  CapacityAcquired: {
    tell: (o) => draft(capacityAcquired, o),
    fields: ['capacityId', 'capacity', 'role', ...days.filter((name) => name !== 'to')],
  },
  CapacityEnded: { tell: (o) => draft(capacityEnded, o), fields: ['capacityId', 'capacity', 'role', 'to'] },
  CapacityCorrected: {
    tell: (o) => draft(capacityCorrected, o),
    fields: ['capacityId', 'capacity', 'role', ...days, 'corrects'],
  },
  CapacityWithdrawn: {
    tell: (o) => draft(capacityWithdrawn, o),
    fields: ['capacityId', 'capacity', 'role', 'corrects'],
  },
}

/** Events about the person: told to every insurer that knows the person, because rights may still run out there. */
const ofPerson: Partial<Record<PersonEventType, Public>> = {
  PersonDied: { tell: (o) => draft(personDied, o), fields: ['diedOn'] },
  PersonCorrected: {
    tell: (o) => draft(personCorrected, o),
    fields: ['birthDate', 'sex', 'diedOn', 'corrects'],
  },
  IdentifierReplaced: {
    tell: (o) => draft(identifierReplaced, o),
    fields: ['previousInszIndex', 'inszIndex'],
  },
  PersonErased: { tell: (o) => draft(personErased, o), fields: [] },
}

const picked = (values: Readonly<Record<string, unknown>>, fields: readonly string[]): object =>
  Object.fromEntries(fields.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]))

/** Everything an event and the person after it can say in public. */
function valuesOf({ event, after }: Change): Readonly<Record<string, unknown>> {
  const data = event.data as Readonly<Record<string, unknown>>
  if (event.type === 'AffiliationOpened') {
    const { inszIndex, birthDate, sex } = after
    return { ...data, inszIndex, birthDate, sex }
  }
  return typeof data.capacity === 'string' ? { ...data, role: loadCapacities().at(data.capacity).role } : data
}

/** The public events of one change. */
export function draftsOf(change: Change, recordedAt: Instant, metadata: EventMetadata): readonly OutboxDraft[] {
  const { event, eventId, personId, after } = change
  const { actor, correlationId, causationId, traceparent } = metadata
  const values = valuesOf(change)
  const told = ({ tell, fields }: Public, { insurer, ziekenfonds }: Membership, id: string): OutboxDraft =>
    tell({
      data: { personId, insurer, ziekenfonds, ...picked(values, fields) } as never,
      ...{ key: personId, id, insurer, ziekenfonds, recordedAt, actor, correlationId, source: '/affiliation' },
      ...(causationId === undefined ? {} : { causationId }),
      ...(traceparent === undefined ? {} : { traceparent }),
    })
  const membership = ofMembership[event.type]
  if (membership) return [told(membership, event.data as Membership, eventId)]
  const person = ofPerson[event.type]
  if (!person) return []
  return after.toldTo.map((home, index) =>
    told(person, home, index === 0 ? eventId : uuidV5(`${eventId}/${home.insurer}`)),
  )
}
