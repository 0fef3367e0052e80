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
  type IntegrationEvent,
  identifierReplaced,
  type PersonalFacts,
  personalContext,
  personCorrected,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { EventMetadata, OutboxDraft } from '@ziv/event-store'
import { type Instant, uuidV5 } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import { draft } from '@ziv/messaging'
import type { Vault } from '@ziv/privacy'
import type { Change } from '../commands/person-work.ts'
import type { PersonEventType } from '../domain/person.events.ts'
import type { Person } from '../domain/person.ts'

type Membership = Person['toldTo'][number]

interface Public {
  readonly event: IntegrationEvent
  /** Fields of our event that the public one carries. */
  readonly fields: readonly string[]
  /** Fields that it carries under the key of the person. */
  readonly personal?: readonly (keyof PersonalFacts)[]
}

const days = ['from', 'to', 'acquiredOn', 'requestedOn', 'holderPersonId']

/** Events about an affiliation or a capacity: told to the insurer they name. */
const ofMembership: Partial<Record<PersonEventType, Public>> = {
  AffiliationOpened: {
    event: affiliationOpened,
    fields: ['affiliationId', 'from', 'birthYear'],
    personal: ['inszIndex', 'birthDate', 'sex'],
  },
  AffiliationClosed: { event: affiliationClosed, fields: ['affiliationId', 'to', 'reason'] },
  AffiliationCorrected: {
    event: affiliationCorrected,
    fields: ['affiliationId', 'from', 'to', 'reason', 'corrects'],
  },
  AffiliationWithdrawn: { event: affiliationWithdrawn, fields: ['affiliationId', 'corrects'] },
  CapacityRequested: {
    event: capacityRequested,
    fields: ['capacityId', 'capacity', 'role', 'acquiredOn', 'requestedOn', 'waitingFor', 'repairsYear'],
  },
  CapacityRefused: {
    event: capacityRefused,
    fields: ['capacityId', 'capacity', 'role', 'decidedOn'],
  },
  CapacityAcquired: {
    event: capacityAcquired,
    fields: ['capacityId', 'capacity', 'role', ...days.filter((name) => name !== 'to')],
  },
  CapacityEnded: { event: capacityEnded, fields: ['capacityId', 'capacity', 'role', 'to'] },
  CapacityCorrected: {
    event: capacityCorrected,
    fields: ['capacityId', 'capacity', 'role', ...days, 'corrects'],
  },
  CapacityWithdrawn: {
    event: capacityWithdrawn,
    fields: ['capacityId', 'capacity', 'role', 'corrects'],
  },
}

/** Events about the person: told to every insurer that knows the person, because rights may still run out there. */
const ofPerson = {
  PersonDied: { event: personDied, fields: ['diedOn'] },
  PersonCorrected: {
    event: personCorrected,
    fields: ['birthYear', 'diedOn', 'corrects'],
    personal: ['birthDate', 'sex'],
  },
  IdentifierReplaced: {
    event: identifierReplaced,
    fields: [],
    personal: ['previousInszIndex', 'inszIndex'],
  },
  PersonErased: { event: personErased, fields: [] },
} satisfies Partial<Record<PersonEventType, Public>>

const picked = (values: Readonly<Record<string, unknown>>, fields: readonly string[]): object =>
  Object.fromEntries(fields.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]))

const yearOf = (birthDate: unknown): object => (birthDate ? { birthYear: Number(String(birthDate).slice(0, 4)) } : {})

/** Everything an event and the person after it can say in public. */
function valuesOf({ event, after }: Change): Readonly<Record<string, unknown>> {
  const data = event.data as Readonly<Record<string, unknown>>
  if (event.type === 'AffiliationOpened') {
    const { inszIndex, birthDate, sex } = after
    return { ...data, inszIndex, birthDate, sex, ...yearOf(birthDate) }
  }
  if (event.type === 'PersonCorrected') return { ...data, ...yearOf(data.birthDate) }
  return typeof data.capacity === 'string' ? { ...data, role: loadCapacities().at(data.capacity).role } : data
}

/** A public event that is still to be made: what of it is personal has to be sealed first. */
export interface Telling {
  readonly id: string
  readonly personId: string
  readonly home: Membership
  readonly open: object
  readonly personal: object | null
  readonly event: IntegrationEvent
}

type Values = Readonly<Record<string, unknown>>

function telling(
  { event, fields, personal }: Public,
  { personId, home, id }: Pick<Telling, 'personId' | 'home' | 'id'>,
  values: Values,
): Telling {
  const sealed = personal === undefined ? null : picked(values, personal)
  return { id, personId, home, event, open: picked(values, fields), personal: sealed }
}

/**
 * What an insurer could not be told of a person whom it did not know yet: numbers that still lead to the person, and a death. Told
 * with the first affiliation there, so that it does not matter what became known first.
 */
function toldLate({ event, eventId, personId, before, after }: Change): readonly Telling[] {
  if (event.type !== 'AffiliationOpened') return []
  const { insurer, ziekenfonds } = event.data
  const home = { insurer, ziekenfonds }
  if (before.toldTo.some((entry) => entry.insurer === insurer)) return []
  const late = (kind: 'IdentifierReplaced' | 'PersonDied', about: string, values: Values): Telling =>
    telling(ofPerson[kind], { personId, home, id: uuidV5(`${eventId}/${kind}/${about}`) }, values)
  const { inszIndex, previousInszIndexes, diedOn } = after
  const numbers = previousInszIndexes.map((previousInszIndex) =>
    late('IdentifierReplaced', previousInszIndex, { previousInszIndex, inszIndex }),
  )
  return diedOn === null ? numbers : [...numbers, late('PersonDied', diedOn, { diedOn })]
}

/** What a change tells in public, to whom; the writer seals it, and the proof of the copies reads it. */
export function tellingsOf(change: Change): readonly Telling[] {
  const { event, eventId, personId, after } = change
  const values = valuesOf(change)
  const membership = ofMembership[event.type]
  if (membership) {
    const home = event.data as Membership
    return [telling(membership, { personId, home, id: eventId }, values), ...toldLate(change)]
  }
  const person = (ofPerson as Partial<Record<PersonEventType, Public>>)[event.type]
  if (!person) return []
  return after.toldTo.map((home, index) =>
    telling(person, { personId, home, id: index === 0 ? eventId : uuidV5(`${eventId}/${home.insurer}`) }, values),
  )
}

/** The events of one command, and when and by whom it was given. */
export interface Tellable {
  readonly changes: readonly Change[]
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

/** The public events of some commands, in their order; what is personal is sealed with one call to the vault. */
export async function draftsOf(
  vault: Pick<Vault, 'seal'>,
  commands: readonly Tellable[],
): Promise<readonly (readonly OutboxDraft[])[]> {
  const tellings = commands.map(({ changes }) => changes.flatMap(tellingsOf))
  const wanted = tellings.flat().filter(({ personal }) => personal !== null)
  const requests = wanted.map(({ personId, id, personal }) => {
    return { subjectId: personId, context: personalContext(id), plaintext: JSON.stringify(personal) }
  })
  const sealed = requests.length === 0 ? [] : await vault.seal(requests)
  const personalOf = new Map(wanted.map(({ id }, place) => [id, { personal: sealed[place] }]))
  return commands.map(({ recordedAt, metadata }, place) => {
    const { actor, correlationId, causationId, traceparent } = metadata
    return tellings[place]!.map(({ event, id, personId, home: { insurer, ziekenfonds }, open }) =>
      // the contract is checked when the draft is made, field by field
      draft(event, {
        data: { personId, insurer, ziekenfonds, ...open, ...personalOf.get(id) } as never,
        ...{ key: personId, id, insurer, ziekenfonds, recordedAt, actor, correlationId, source: '/affiliation' },
        ...(causationId === undefined ? {} : { causationId }),
        ...(traceparent === undefined ? {} : { traceparent }),
      }),
    )
  })
}
