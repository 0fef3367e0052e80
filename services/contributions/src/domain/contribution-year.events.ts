import { defineEvents } from '@ziv/kernel'
import { quarter as aQuarter } from '@ziv/kernel/schemas'
import { awaitables, confidences, contributionRegimes } from '@ziv/law'
import { z } from 'zod'

/** Events of `contributionYear-<personId>-<year>`: the stream id names the person and the year, the data never does. */
const quarter: z.ZodType<string, string> = aQuarter
const cents = z.int()
const day = z.iso.date()

const slipSource = z.enum(['rsz', 'paper'])
export type SlipSource = z.infer<typeof slipSource>

const attestStatus = z.enum(['paid', 'dispensed', 'assimilated', 'unpaid'])
export type AttestStatus = z.infer<typeof attestStatus>

export const incomeOutcomes = ['notGiven', 'full'] as const
const incomeOutcome = z.enum(incomeOutcomes)
/** notGiven: no proof came in the term; full: the proof shows an income that lowers nothing. */
export type IncomeOutcome = z.infer<typeof incomeOutcome>

const slipContent = {
  slipId: z.uuid(),
  source: slipSource,
  employerNumber: z.string(),
  /** Second number of the employer; `employerNumber` is the one under which the slip was first on file. */
  otherNumber: z.string().optional(),
  quarter,
  amountCents: cents,
  /** When the sender made it, in milliseconds: the newest is the truth, whatever the order in which they come. */
  createdAt: z.int(),
  /** Order in which the sending was received, which decides between two of one moment. */
  arrival: z.int(),
  /** Which record of the sending: two records of one sending add up, two sendings replace each other. */
  part: z.int(),
}

const settlementContent = {
  regime: z.enum(contributionRegimes),
  totalCents: cents,
  requiredCents: cents,
  met: z.boolean(),
  shortCents: cents,
  payableUntil: day,
  confidence: z.enum(confidences),
  awaits: z.enum(awaitables).optional(),
  repairs: z
    .array(
      z.strictObject({
        rule: z.string(),
        kind: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
        until: day.optional(),
      }),
    )
    .readonly(),
}

const slipRecorded = z.strictObject(slipContent)
const slipCorrected = z.strictObject({ ...slipContent, previousAmountCents: cents })
/** A sending that came when one made after it was on file: it changes no amount. */
const slipSuperseded = z.strictObject({
  ...slipContent,
  supersededBy: z.strictObject({ createdAt: z.int(), arrival: z.int() }),
})
/** A newer sending with the amount on file: it keeps an older one that still comes from taking its place. */
const slipConfirmed = z.strictObject(slipContent)
const attestContent = {
  attestId: z.uuid(),
  fundNumber: z.string(),
  quarter,
  status: attestStatus,
  amountCents: cents,
  /** Order in which it was received, in a file as a whole: the last received is the truth, whatever the order of the work. */
  arrival: z.int(),
  /** Line of the file it came in, or 1: of one file the last line is the truth. */
  part: z.int(),
}
const attestRecorded = z.strictObject({ ...attestContent, previousAmountCents: cents.optional() })
/** A later attest that says what is on file: it keeps one received before it, and worked on after it, from taking its place. */
const attestConfirmed = z.strictObject(attestContent)
const personalContributionPaid = z.strictObject({
  contributionId: z.uuid(),
  paymentId: z.string(),
  quarter,
  amountCents: cents,
  receivedOn: day,
})
const yearSettled = z.strictObject({ settledOn: day, ...settlementContent })
/** How a year that waits for its settlement stands, after a fact beside its contributions changed it. */
const yearAssessed = z.strictObject({ assessedOn: day, ...settlementContent })

/** Proof of the family income was asked of the person; asked again, the later term counts. */
const incomeProofAsked = z.strictObject({ askedOn: day, answerUntil: day })
/** The request is closed: nothing came in its term, or the proof shows an income above the steps. */
const incomeProofClosed = z.strictObject({ closedOn: day, outcome: incomeOutcome })

const contributionYearSchemas = {
  SlipRecorded: slipRecorded,
  SlipCorrected: slipCorrected,
  SlipSuperseded: slipSuperseded,
  SlipConfirmed: slipConfirmed,
  AttestRecorded: attestRecorded,
  AttestConfirmed: attestConfirmed,
  PersonalContributionPaid: personalContributionPaid,
  IncomeProofAsked: incomeProofAsked,
  IncomeProofClosed: incomeProofClosed,
  YearAssessed: yearAssessed,
  YearSettled: yearSettled,
} as const

export const contributionYearEvents = defineEvents({ aggregate: 'contributionYear', schemas: contributionYearSchemas })

type EventOf<T extends keyof typeof contributionYearSchemas> = {
  readonly type: T
  readonly version: 1
  readonly data: z.infer<(typeof contributionYearSchemas)[T]>
}
export type SlipRecorded = EventOf<'SlipRecorded'>
export type SlipCorrected = EventOf<'SlipCorrected'>
export type SlipSuperseded = EventOf<'SlipSuperseded'>
export type SlipConfirmed = EventOf<'SlipConfirmed'>
export type AttestRecorded = EventOf<'AttestRecorded'>
export type AttestConfirmed = EventOf<'AttestConfirmed'>
export type PersonalContributionPaid = EventOf<'PersonalContributionPaid'>
export type IncomeProofAsked = EventOf<'IncomeProofAsked'>
export type IncomeProofClosed = EventOf<'IncomeProofClosed'>
export type YearAssessed = EventOf<'YearAssessed'>
export type YearSettled = EventOf<'YearSettled'>
export type ContributionYearEvent =
  | SlipRecorded
  | SlipCorrected
  | SlipSuperseded
  | SlipConfirmed
  | AttestRecorded
  | AttestConfirmed
  | PersonalContributionPaid
  | IncomeProofAsked
  | IncomeProofClosed
  | YearAssessed
  | YearSettled

/**
 * What the other services are told. The others keep the order of sendings and change no amount; how a year stands after proof of
 * income was asked or the request was closed is told by the assessment that comes with it.
 */
export type PublishedYearEvent = Exclude<
  ContributionYearEvent,
  SlipSuperseded | SlipConfirmed | AttestConfirmed | IncomeProofAsked | IncomeProofClosed
>
