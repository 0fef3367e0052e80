import { dayToCome, type IsoDate, quarterOf } from '@ziv/kernel'
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

type Work = Extract<Evidence, { rszNumber: string }>

const isWork = (proof: Evidence): proof is Work => 'rszNumber' in proof

/** Whether two proofs are of work for the same employer, where both name one. */
export const sameEmployer = (a: Evidence, b: Evidence): boolean =>
  !isWork(a) || !isWork(b) || a.rszNumber === b.rszNumber

/** Whether a proof of work says of itself that it is of days after the one on which the quality was acquired. */
function beginsLater(proof: Evidence, { acquiredOn }: Claim): boolean {
  if (proof.kind === 'employmentContract') return proof.startsOn > acquiredOn
  return proof.kind === 'contributionSlip' && proof.quarter > quarterOf(acquiredOn)
}

/**
 * The same of a proof among others: work for another employer than the one whose proof bears the claim is an employment beside it, which
 * may begin later and contradicts nothing.
 */
export function disagreementAmong(proof: Evidence, all: readonly Evidence[], claim: Claim, facts: PersonFacts): Check {
  const differs = disagreement(proof, claim, facts)
  if (differs === null || !beginsLater(proof, claim)) return differs
  const borne = all.some(
    (other) => isWork(other) && !sameEmployer(proof, other) && disagreement(other, claim, facts) === null,
  )
  return borne ? null : differs
}
