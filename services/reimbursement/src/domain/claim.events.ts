import { defineEvents } from '@ziv/kernel'
import { confidences } from '@ziv/law'
import { z } from 'zod'

const cents = z.int()
const code = z.string()

const lineBasis = z.strictObject({
  tariffFrom: z.string(),
  tariffsThrough: z.int(),
  age: z.int().optional(),
  confidence: z.enum(confidences),
  preferential: z.boolean(),
  gmd: z.boolean(),
  chronic: z.boolean(),
  referral: z.boolean(),
  convention: z.enum(['conventioned', 'partial', 'nonConventioned']),
  withinAgreement: z.boolean().optional(),
  decisionId: z.string(),
})

const day = z.string()

/** Why the patient was not in order, with the day of death or whose decision is awaited; see `Standing`. */
const standing = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('deceased'), diedOn: day }),
  z.strictObject({
    reason: z.literal('capacityPending'),
    awaited: z.array(
      z.strictObject({
        waitingFor: z.enum(['immigrationOffice', 'manualDecision']),
        acquiredOn: day,
        requestedOn: day,
      }),
    ),
  }),
  z.strictObject({
    reason: z.enum(['notAffiliated', 'otherInsurer', 'noCapacity', 'noRightKnown', 'rightNotOpen']),
  }),
])

/**
 * A line as it rests in the event, its number its place. What is usual is left out: an accepted line, of one unit, without
 * variant or code, asked at the official fee, resting on the first of the bases; other amounts that are absent are 0.
 */
export const claimLine = z.strictObject({
  nomenclature: z.string(),
  careDate: z.string(),
  providerNumber: z.string(),
  askedCents: cents,
  interventionCents: cents.optional(),
  patientShareCents: cents.optional(),
  supplementCents: cents.optional(),
  /** Absent: what was asked; 0 when the line is refused. */
  officialFeeCents: cents.optional(),
  /** Absent: 1. */
  units: z.int().optional(),
  variant: z.string().optional(),
  /** Absent: accepted. */
  outcome: z.enum(['corrected', 'refused']).optional(),
  codes: z.array(code).optional(),
  /** With the codes of care that nobody had a right to. */
  standing: standing.optional(),
  /** With the codes of a split that is not that of the tariff: how it was billed, and the tariff. */
  billed: z
    .strictObject({
      ...{ insuranceCents: cents, patientCents: cents, officialInterventionCents: cents, officialShareCents: cents },
    })
    .optional(),
  /** Place in `bases`; absent: the first, or none when the line is refused. */
  basis: z.int().optional(),
})

const common = {
  claimId: z.uuid(),
  channel: z.enum(['rest', 'efact']),
  /** Who bills. */
  providerNumber: z.string(),
  fileId: z.uuid().optional(),
  /** Place of the invoice in the file. */
  sequence: z.int().optional(),
  receivedOn: z.string(),
  /** Codes about the claim as a whole. */
  codes: z.array(code),
  lines: z.array(claimLine),
  /** What the prices of the lines rest on; mostly one for all. */
  bases: z.array(lineBasis),
}
const member = { personId: z.uuid(), insurer: z.string(), ziekenfonds: z.string() }

/** At least one line is paid. */
export const claimSettled = z.strictObject({ ...common, ...member, settledOn: z.string(), interventionCents: cents })
/** No line is paid. The person is absent when nobody knows the number. */
export const claimRefused = z.strictObject({
  ...common,
  personId: z.uuid().optional(),
  insurer: z.string().optional(),
  ziekenfonds: z.string().optional(),
  refusedOn: z.string(),
})

export const claimEvents = defineEvents({
  aggregate: 'claim',
  schemas: { ClaimSettled: claimSettled, ClaimRefused: claimRefused },
})

export type ClaimEvent =
  | { readonly type: 'ClaimSettled'; readonly version: 1; readonly data: z.infer<typeof claimSettled> }
  | { readonly type: 'ClaimRefused'; readonly version: 1; readonly data: z.infer<typeof claimRefused> }
