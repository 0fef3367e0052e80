import { defineEvents } from '@ziv/kernel'
import { year } from '@ziv/kernel/schemas'
import { confidences } from '@ziv/law'
import { z } from 'zod'
import type { RightDecision } from './decision.ts'

/**
 * Events of one `entitlement-<person>-<year>` stream. The books close per year: a renewal opens a new stream, so a bulk
 * run never has to load or lock an old one.
 */
const whole = z.strictObject({
  decisionId: z.uuid(),
  kind: z.enum(['opening', 'renewal', 'dependant']),
  year,
  outcome: z.enum(['granted', 'refused']),
  from: z.iso.date(),
  to: z.iso.date(),
  capacity: z.string(),
  ground: z.enum(['opening', 'renewal', 'dependant', 'runOut']),
  grounds: z.array(z.unknown()),
  repairs: z.array(z.unknown()),
  confidence: z.enum(confidences),
})
/** The name of what it shares with others (`basis.ts`) and its own values; its id is that of the event. */
const parted = z.strictObject({
  basis: z.uuid(),
  values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const schemas = {
  RightDecided: z.union([parted, whole]),
  RightWithdrawn: z.strictObject({
    decisionId: z.uuid(),
    personId: z.uuid(),
    because: z.array(z.uuid()).describe('Events of other services that took the decision away; none for a run'),
  }),
  RightReinstated: z.strictObject({ decisionId: z.uuid(), personId: z.uuid() }),
  DaysRevised: z.strictObject({ personId: z.uuid(), changedFrom: z.iso.date() }),
}

export const entitlementEvents = defineEvents({ aggregate: 'entitlement', schemas })

/** What decisions of a kind share, kept once. */
export const decisionBasisEvents = defineEvents({
  aggregate: 'decisionBasis',
  schemas: { BasisStated: z.strictObject({ shared: z.looseObject({}) }) },
})

/** A holder was told what is missing for the next year. */
export const renewalWarningEvents = defineEvents({
  aggregate: 'renewalWarning',
  schemas: {
    RenewalWarned: z.strictObject({
      personId: z.uuid(),
      year,
      referenceYear: year,
      shortCents: z.int(),
      payableUntil: z.iso.date(),
      /** Business day of the warning, and whose member the person was on it. */
      warnedOn: z.iso.date(),
      insurer: z.string(),
      ziekenfonds: z.string(),
    }),
  },
})

export type EntitlementEvent =
  /** The person is in the name of the stream. */
  | { readonly type: 'RightDecided'; readonly version: 1; readonly data: RightDecision }
  | {
      readonly type: 'RightWithdrawn'
      readonly version: 1
      readonly data: { readonly decisionId: string; readonly personId: string; readonly because: readonly string[] }
    }
  | { readonly type: 'RightReinstated'; readonly version: 1; readonly data: { decisionId: string; personId: string } }
  | { readonly type: 'DaysRevised'; readonly version: 1; readonly data: { personId: string; changedFrom: string } }
