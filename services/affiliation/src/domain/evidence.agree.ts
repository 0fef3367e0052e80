import type { IsoDate } from '@ziv/kernel'
import type { Evidence } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Check, Claim } from './proofs.define.ts'
import { proofKinds } from './proofs.ts'

/** The days that no proof can carry: to come, or out of its own order. */
function impossible(proof: Evidence, facts: PersonFacts): Check {
  for (const field of ['issuedOn', 'registeredOn', 'decidedOn', 'marriedOn', 'appliedOn'] as const) {
    const stated = (proof as Partial<Record<typeof field, IsoDate>>)[field]
    if (stated !== undefined && stated > facts.today) return { field, stated, claimed: `<= ${facts.today}` }
  }
  return null
}

/** Where a proof and the claim do not agree in date, period or validity; null where they do. */
export const disagreement = (proof: Evidence, claim: Claim, facts: PersonFacts): Check =>
  impossible(proof, facts) ?? proofKinds[proof.kind].agrees?.(proof as never, claim, facts) ?? null
