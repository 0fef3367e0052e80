import { addMonths, type IsoDate, type Words } from '@ziv/kernel'
import { quarter } from '@ziv/kernel/schemas'
import { z } from 'zod'
import type { PersonFacts } from './person.facts.ts'

/** What the proofs of a capacity are weighed against. */
export interface Claim {
  /** Code of the capacity. */
  readonly kind: string
  readonly acquiredOn: IsoDate
  readonly requestedOn: IsoDate
  /** Day whose state the proofs have to show: for a dependant the first of insurance, however long ago the two belong together. */
  readonly weighedOn: IsoDate
  readonly birthDate: IsoDate
  readonly relation?: 'own' | 'adopted' | 'partnerChild' | 'grandchild' | 'foster' | undefined
  readonly partnership?: 'married' | 'cohabiting' | undefined
}

/** What a proof says and what the claim would need it to say; null where they agree. */
export interface Disagreement {
  readonly field: string
  readonly stated: string
  readonly claimed: string
}
export type Check = Disagreement | null

/**
 * One kind of proof: what people call it, a strict object that its `kind` tells apart, and how its dates and periods have to lie beside a claim. Without
 * `agrees` it states none that could contradict one.
 */
export function proof<K extends string, S extends z.ZodRawShape>(
  kind: K,
  words: Words,
  description: string,
  shape: S,
  agrees?: (proof: z.infer<z.ZodObject<S>>, claim: Claim, facts: PersonFacts) => Check,
) {
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  const schema = z
    .strictObject({ kind: z.literal(kind).describe('Kind of evidence'), ...shape })
    .meta({ title, description })
  return {
    kind,
    words,
    schema,
    agrees: agrees as ((proof: never, claim: Claim, facts: PersonFacts) => Check) | undefined,
  }
}

/** A quarter that a proof states. */
export const quarterText: z.ZodType<string, string> = quarter

export const notAfter = (field: string, stated: IsoDate, limit: IsoDate): Check =>
  stated <= limit ? null : { field, stated, claimed: `<= ${limit}` }
export const notBefore = (field: string, stated: IsoDate, limit: IsoDate): Check =>
  stated >= limit ? null : { field, stated, claimed: `>= ${limit}` }

/** An attest speaks of the days around the day on which it was made: not of a quality weighed long after. */
export function attested(issuedOn: IsoDate, { weighedOn }: Claim, facts: PersonFacts): Check {
  const { attestMonths } = facts.proofRules(weighedOn)
  return notBefore('issuedOn', issuedOn, addMonths(weighedOn, -attestMonths))
}
