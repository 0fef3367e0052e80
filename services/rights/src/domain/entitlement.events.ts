import { z } from 'zod'

/**
 * Events of one `entitlement-<person>-<year>` stream. The books close per year: a renewal opens a new stream, so a bulk
 * run never has to load or lock an old one.
 */
const decision = z.strictObject({
  decisionId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(['opening', 'renewal', 'dependant']),
  year: z.int(),
  outcome: z.enum(['granted', 'refused']),
  from: z.iso.date(),
  to: z.iso.date(),
  capacity: z.string(),
  ground: z.enum(['opening', 'renewal', 'dependant', 'runOut']),
  grounds: z.array(z.unknown()),
  repairs: z.array(z.unknown()),
  confidence: z.enum(['verified', 'secondary', 'derived', 'assumed']),
})

export const schemas = {
  RightDecided: decision,
  RightWithdrawn: z.strictObject({ decisionId: z.uuid(), personId: z.uuid() }),
  RightReinstated: z.strictObject({ decisionId: z.uuid(), personId: z.uuid() }),
  DaysRevised: z.strictObject({ personId: z.uuid(), changedFrom: z.iso.date() }),
}

export type DecidedData = z.infer<typeof decision>

export type EntitlementEvent =
  | { readonly type: 'RightDecided'; readonly version: 1; readonly data: DecidedData }
  | { readonly type: 'RightWithdrawn'; readonly version: 1; readonly data: { decisionId: string; personId: string } }
  | { readonly type: 'RightReinstated'; readonly version: 1; readonly data: { decisionId: string; personId: string } }
  | { readonly type: 'DaysRevised'; readonly version: 1; readonly data: { personId: string; changedFrom: string } }
