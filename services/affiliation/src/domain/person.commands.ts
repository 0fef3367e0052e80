import { z } from 'zod'
import { capacityCode, day, sealed } from './capacities.ts'
import { evidence } from './evidence.ts'
import { correctionReasons, erasureReasons, partnerships, relations } from './person.events.ts'

const id = z.uuid()
const because = z.enum(correctionReasons)
const evidenceList = z.array(z.strictObject({ evidenceId: id, evidence }))

export const capacityRequest = z.strictObject({
  capacityId: id,
  kind: capacityCode,
  acquiredOn: day,
  requestedOn: day,
  evidence: evidenceList,
  /** Registration that repairs a year short of contributions: beside another capacity, for that year alone. */
  repairsYear: z.int().optional(),
})
export type CapacityRequest = z.infer<typeof capacityRequest>

export const personCommands = {
  RegisterPerson: z.strictObject({
    personId: id,
    inszIndex: z.string(),
    bis: z.boolean(),
    birthDate: day,
    sex: z.enum(['M', 'F', 'X']),
    identity: z.strictObject({ insz: sealed, name: sealed, address: sealed.optional() }),
    registeredBy: z.string().optional(),
  }),
  ReplaceIdentifier: z.strictObject({
    previousInszIndex: z.string(),
    inszIndex: z.string(),
    bis: z.boolean(),
    insz: sealed,
    /** What the new number says of the person, or what the clerk said with it. */
    birthDate: day,
    sex: z.enum(['M', 'F', 'X']).optional(),
  }),
  Affiliate: z.strictObject({
    affiliationId: id,
    ziekenfonds: z.string(),
    requestedOn: day,
    from: day.optional(),
    capacity: capacityRequest.optional(),
  }),
  EndAffiliation: z.strictObject({ affiliationId: id, to: day, reason: z.enum(['departure']) }),
  AcquireCapacity: capacityRequest,
  EndCapacity: z.strictObject({ capacityId: id, to: day }),
  RecordEvidence: z.strictObject({ evidenceId: id, capacityId: id, evidence }),
  BecomeDependant: z.strictObject({
    capacityId: id,
    affiliationId: id,
    kind: capacityCode,
    acquiredOn: day,
    requestedOn: day,
    relation: z.enum(relations).optional(),
    partnership: z.enum(partnerships).optional(),
    evidence: evidenceList,
  }),
  AddDependant: z.strictObject({
    dependantPersonId: id,
    capacityId: id,
    kind: capacityCode,
    partnership: z.enum(partnerships).optional(),
    from: day,
    /** Last day on which the holder gives the quality, where the holder left before it became known. */
    until: day.optional(),
  }),
  /** The holder's side follows what became of the dependant; without `from` no day is left, and `claimed` says whether one can come back. */
  AlignDependant: z.strictObject({
    dependantPersonId: id,
    capacityId: id,
    from: day.nullable(),
    to: day.nullable(),
    claimed: z.boolean(),
  }),
  /** The dependant's side follows the affiliation of the holder with a ziekenfonds; without days the holder gives no quality. */
  FollowHolder: z.strictObject({
    capacityId: id,
    span: z.strictObject({ from: day, to: day.nullable() }).nullable(),
    ziekenfonds: z.string().nullable(),
    leavesInsurer: z.boolean(),
  }),
  CorrectCapacity: z.strictObject({
    capacityId: id,
    acquiredOn: day.optional(),
    requestedOn: day.optional(),
    to: day.nullable().optional(),
    evidence: evidenceList,
    because,
  }),
  WithdrawCapacity: z.strictObject({ capacityId: id, because }),
  CorrectAffiliation: z.strictObject({
    affiliationId: id,
    from: day.optional(),
    to: day.nullable().optional(),
    because,
  }),
  WithdrawAffiliation: z.strictObject({ affiliationId: id, because }),
  CorrectEvidence: z.strictObject({ evidenceId: id, evidence: evidence.nullable(), because }),
  CorrectPerson: z.strictObject({
    birthDate: day.optional(),
    sex: z.enum(['M', 'F', 'X']).optional(),
    diedOn: day.nullable().optional(),
    because,
  }),
  RecordDeath: z.strictObject({ diedOn: day }),
  ErasePerson: z.strictObject({ reason: z.enum(erasureReasons) }),
} as const

export type PersonCommandType = keyof typeof personCommands
export type PersonCommandOf<T extends PersonCommandType> = { readonly type: T } & z.infer<(typeof personCommands)[T]>
export type PersonCommand = { [T in PersonCommandType]: PersonCommandOf<T> }[PersonCommandType]
