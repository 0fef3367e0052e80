import { z } from 'zod'

const cents = z.int()
const code = z.string()

const lineBasis = z.strictObject({
  tariffFrom: z.string(),
  confidence: z.enum(['verified', 'secondary', 'derived', 'assumed']),
  preferential: z.boolean(),
  gmd: z.boolean(),
  referral: z.boolean(),
  convention: z.enum(['conventioned', 'partial', 'nonConventioned']),
  decisionId: z.string(),
})

/** A line as it rests in the event; what is not there is nothing: no code, no variant, 0 cents. */
export const claimLine = z.strictObject({
  number: z.int(),
  nomenclature: z.string(),
  careDate: z.string(),
  units: z.int(),
  providerNumber: z.string(),
  variant: z.string().optional(),
  outcome: z.enum(['accepted', 'corrected', 'refused']),
  codes: z.array(code).optional(),
  askedCents: cents,
  officialFeeCents: cents.optional(),
  interventionCents: cents.optional(),
  patientShareCents: cents.optional(),
  supplementCents: cents.optional(),
  /** Place in `bases`. */
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

export type ClaimEvent =
  | { readonly type: 'ClaimSettled'; readonly version: 1; readonly data: z.infer<typeof claimSettled> }
  | { readonly type: 'ClaimRefused'; readonly version: 1; readonly data: z.infer<typeof claimRefused> }
