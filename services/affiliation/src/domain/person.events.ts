import type { DomainEvent } from '@ziv/kernel'
import { z } from 'zod'
import { capacityKinds, day, dependantKinds, sealed } from './capacities.ts'
import { evidence } from './evidence.ts'

const id = z.uuid()
const member = { insurer: z.string(), ziekenfonds: z.string() }
export const relations = ['own', 'adopted', 'partnerChild', 'grandchild', 'foster'] as const
export const partnerships = ['married', 'cohabiting'] as const
export const erasureReasons = ['requestOfPerson', 'retentionEnded', 'courtOrder'] as const
const evidenceList = z.array(z.strictObject({ evidenceId: id, evidence }))

/** Current shape of every event of the stream `person-<uuid>`. Personal fields are sealed before the event exists. */
export const personEventSchemas = {
  PersonRegistered: z.strictObject({
    personId: id,
    inszIndex: z.string(),
    bis: z.boolean(),
    birthDate: day,
    sex: z.enum(['M', 'F', 'X']),
    identity: z.strictObject({ insz: sealed, name: sealed, address: sealed.optional() }),
    registeredBy: z.string().optional(),
  }),
  IdentifierReplaced: z.strictObject({
    previousInszIndex: z.string(),
    inszIndex: z.string(),
    bis: z.boolean(),
    insz: sealed,
  }),
  AffiliationOpened: z.strictObject({ affiliationId: id, ...member, from: day, requestedOn: day }),
  AffiliationClosed: z.strictObject({
    affiliationId: id,
    ...member,
    to: day,
    reason: z.enum(['death', 'transfer', 'departure']),
  }),
  CapacityRequested: z.strictObject({
    capacityId: id,
    affiliationId: id,
    capacity: z.enum(capacityKinds),
    acquiredOn: day,
    requestedOn: day,
    waitingFor: z.enum(['immigrationOffice', 'manualDecision']),
    evidence: evidenceList,
  }),
  CapacityRefused: z.strictObject({ capacityId: id, capacity: z.enum(capacityKinds), decidedOn: day }),
  CapacityAcquired: z.strictObject({
    capacityId: id,
    affiliationId: id,
    ...member,
    capacity: z.enum(capacityKinds),
    from: day,
    acquiredOn: day,
    requestedOn: day,
    holderPersonId: id.optional(),
    relation: z.enum(relations).optional(),
    partnership: z.enum(partnerships).optional(),
    repair: z.boolean().optional(),
    evidence: evidenceList,
  }),
  CapacityEnded: z.strictObject({ capacityId: id, ...member, capacity: z.enum(capacityKinds), to: day }),
  EvidenceRecorded: z.strictObject({ evidenceId: id, capacityId: id, evidence }),
  DependantAdded: z.strictObject({
    dependantPersonId: id,
    capacityId: id,
    capacity: z.enum(dependantKinds),
    from: day,
    partnership: z.enum(partnerships).optional(),
  }),
  DependantReleased: z.strictObject({ dependantPersonId: id, capacityId: id, to: day }),
  PersonDied: z.strictObject({ diedOn: day }),
  PersonErased: z.strictObject({ reason: z.enum(erasureReasons) }),
} as const

export type PersonEventType = keyof typeof personEventSchemas
export type PersonEventOf<T extends PersonEventType> = DomainEvent & {
  readonly type: T
  readonly version: 1
  readonly data: z.infer<(typeof personEventSchemas)[T]>
}
export type PersonEvent = { [T in PersonEventType]: PersonEventOf<T> }[PersonEventType]

/** Builds an event in its current version. */
export function personEvent<T extends PersonEventType>(
  type: T,
  data: z.infer<(typeof personEventSchemas)[T]>,
): PersonEventOf<T> {
  return { type, version: 1, data } as PersonEventOf<T>
}

/** Reads a stored event; an unknown type in our own stream is a defect, not data to skip. */
export function parsePersonEvent(type: string, data: unknown): PersonEvent {
  const schema = personEventSchemas[type as PersonEventType]
  if (schema === undefined) throw new Error(`event type ${type} does not belong in a person stream`)
  return { type, version: 1, data: schema.parse(data) } as PersonEvent
}
