import type { DomainEvent } from '@ziv/kernel'
import { year } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { capacityCode, day, sealed } from './capacities.ts'
import { evidence } from './evidence.ts'

const id = z.uuid()
const member = { insurer: z.string(), ziekenfonds: z.string() }
export const relations = ['own', 'adopted', 'partnerChild', 'grandchild', 'foster'] as const
export const partnerships = ['married', 'cohabiting'] as const
export const erasureReasons = ['requestOfPerson', 'retentionEnded', 'courtOrder'] as const
/** Why something recorded is put right. `consequence`: nobody asked, it follows from another change. */
export const correctionReasons = ['clericalError', 'lateInformation', 'registerCorrected', 'decisionAnnulled'] as const
const because = z.enum([...correctionReasons, 'consequence'])
const evidenceList = z.array(z.strictObject({ evidenceId: id, evidence }))
const corrects = z.array(id)
const leavings = ['death', 'transfer', 'departure'] as const
/** Days on which the holder gives the quality: within the affiliation of the holder. */
const holderSpan = z.strictObject({ from: day, to: day.nullable() })

/** Every event of the stream `person-<uuid>` as the domain reads it. `stored-events.ts` says what of it rests sealed. */
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
  AffiliationOpened: z.strictObject({
    affiliationId: id,
    ...member,
    from: day,
    requestedOn: day,
    /** First day asked for, where an earlier affiliation holds days of it. */
    claimedFrom: day.optional(),
  }),
  AffiliationClosed: z.strictObject({
    affiliationId: id,
    ...member,
    to: day,
    reason: z.enum(leavings),
    /** The holder left the insurer, and with the holder this person. */
    followsHolder: z.literal(true).optional(),
    toldUntil: day.optional(),
  }),
  AffiliationCorrected: z.strictObject({
    affiliationId: id,
    ...member,
    from: day,
    to: day.nullable(),
    reason: z.enum(leavings).nullable(),
    claimedFrom: day,
    leftOn: day.nullable(),
    followsHolder: z.boolean(),
    because,
    corrects,
    toldUntil: day.optional(),
  }),
  /** `toldUntil`, here and above: until when others took for insured, on days that count no more; absent when nobody did. */
  AffiliationWithdrawn: z.strictObject({ affiliationId: id, ...member, because, corrects, toldUntil: day.optional() }),
  CapacityRequested: z.strictObject({
    capacityId: id,
    affiliationId: id,
    capacity: capacityCode,
    acquiredOn: day,
    requestedOn: day,
    ...member,
    waitingFor: z.enum(['immigrationOffice', 'manualDecision']),
    repairsYear: year.optional(),
    evidence: evidenceList,
  }),
  CapacityRefused: z.strictObject({
    capacityId: id,
    ...member,
    capacity: capacityCode,
    decidedOn: day,
    /** Nobody decided: the affiliation ended while the capacity waited. */
    affiliationEnded: z.literal(true).optional(),
  }),
  CapacityAcquired: z.strictObject({
    capacityId: id,
    affiliationId: id,
    ...member,
    capacity: capacityCode,
    from: day,
    acquiredOn: day,
    requestedOn: day,
    holderPersonId: id.optional(),
    relation: z.enum(relations).optional(),
    partnership: z.enum(partnerships).optional(),
    repairsYear: year.optional(),
    /** First day by the start rule, where the affiliation or another capacity leaves fewer days. */
    ruleStart: day.optional(),
    /** For a dependant: first day of the affiliation of the holder. */
    holderFrom: day.optional(),
    /** And the last one, where the holder left before the quality became known. */
    holderTo: day.optional(),
    evidence: evidenceList,
  }),
  CapacityEnded: z.strictObject({
    capacityId: id,
    ...member,
    capacity: capacityCode,
    to: day,
    /** What ended it, when nobody asked for its end. */
    endedBy: z.enum(['affiliation', 'holder', 'otherCapacity', 'age']).optional(),
  }),
  CapacityCorrected: z.strictObject({
    capacityId: id,
    affiliationId: id,
    ...member,
    capacity: capacityCode,
    from: day,
    to: day.nullable(),
    acquiredOn: day,
    requestedOn: day,
    holderPersonId: id.optional(),
    ruleStart: day,
    endedOn: day.nullable(),
    holderSpan: holderSpan.nullable(),
    because,
    corrects,
  }),
  CapacityWithdrawn: z.strictObject({
    capacityId: id,
    ...member,
    capacity: capacityCode,
    /** It stays claimed, and has days again when what displaces it goes. */
    displaced: z.literal(true).optional(),
    /** Of a dependant, when they changed: the days on which the holder gives the quality; null: none. */
    holderSpan: holderSpan.nullable().optional(),
    because,
    corrects,
  }),
  EvidenceRecorded: z.strictObject({ evidenceId: id, capacityId: id, evidence }),
  EvidenceCorrected: z.strictObject({
    evidenceId: id,
    capacityId: id,
    evidence: evidence.nullable(),
    because,
    corrects,
  }),
  DependantAdded: z.strictObject({
    dependantPersonId: id,
    capacityId: id,
    capacity: capacityCode,
    from: day,
    partnership: z.enum(partnerships).optional(),
  }),
  DependantReleased: z.strictObject({ dependantPersonId: id, capacityId: id, to: day }),
  DependantCorrected: z.strictObject({ dependantPersonId: id, capacityId: id, from: day, to: day.nullable() }),
  DependantWithdrawn: z.strictObject({
    dependantPersonId: id,
    capacityId: id,
    /** It stays claimed, and has days again when what displaces it goes. */
    displaced: z.literal(true).optional(),
  }),
  PersonCorrected: z.strictObject({
    birthDate: day,
    sex: z.enum(['M', 'F', 'X']),
    diedOn: day.nullable(),
    because,
    corrects,
  }),
  PersonDied: z.strictObject({ diedOn: day }),
  PersonErased: z.strictObject({ reason: z.enum(erasureReasons) }),
} as const

export type PersonEventType = keyof typeof personEventSchemas
export type PersonEventOf<T extends PersonEventType> = DomainEvent & {
  readonly type: T
  readonly version: 1
  readonly data: z.infer<(typeof personEventSchemas)[T]>
  /** Known once it is stored, or about to be: corrections name it. */
  readonly id?: string
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
export function parsePersonEvent(type: string, data: unknown, id?: string): PersonEvent {
  const schema = personEventSchemas[type as PersonEventType]
  if (schema === undefined) throw new Error(`event type ${type} does not belong in a person stream`)
  return { type, version: 1, data: schema.parse(data), ...(id === undefined ? {} : { id }) } as PersonEvent
}
