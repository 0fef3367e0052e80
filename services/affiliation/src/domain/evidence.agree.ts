import { dayToCome, type IsoDate } from '@ziv/kernel'
import type { Evidence } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Check, Claim } from './proofs.define.ts'
import { proofKinds } from './proofs.ts'

/** The days that no proof can carry because they have not come. What a proof announces (work, validity) may lie ahead. */
function impossible(proof: Evidence, facts: PersonFacts): Check {
  const { issuedOn, registeredOn, decidedOn, marriedOn, appliedOn, modelDate } = proof as Stated
  const ahead = dayToCome({ issuedOn, registeredOn, decidedOn, marriedOn, appliedOn, modelDate }, facts.today)
  return ahead && { field: ahead.field, stated: ahead.day, claimed: `<= ${facts.today}` }
}

type Stated = Partial<
  Record<'issuedOn' | 'registeredOn' | 'decidedOn' | 'marriedOn' | 'appliedOn' | 'modelDate', IsoDate>
>

/** Where a proof and the claim do not agree in date, period or validity; null where they do. */
export const disagreement = (proof: Evidence, claim: Claim, facts: PersonFacts): Check =>
  impossible(proof, facts) ?? proofKinds[proof.kind].agrees?.(proof as never, claim, facts) ?? null
