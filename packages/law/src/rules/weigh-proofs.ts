import type { RuleId } from '../articles.ts'
import { loadCapacities } from '../capacities/load.ts'
import { type DatedRule, datedRule } from '../dated-rule.ts'
import { cite, decision, fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Law } from '../types.ts'
import {
  allShown,
  missing,
  type ProofClaim,
  type ProofDecision,
  refusedFor,
  type ShownProof,
  sufficient,
  type Weighing,
} from './shown-proofs.ts'
import { childProofs, partnerProofs } from './weigh-family.ts'
import { residenceProofs } from './weigh-residence.ts'

/** One accepted proof is enough (ZIV-wet art. 32). */
const anyProof = datedRule<Weighing>('affiliation/proofs-any', {
  one: (proofs, claim) => {
    const accepted = loadCapacities().at(claim.capacity).evidence?.accepted ?? []
    return proofs.length > 0 ? sufficient : missing(claim, accepted.join(', '))
  },
})

/** An enrolment with an institution of higher education that is recognised (ZIV-besluit art. 128quater). */
const enrolmentProofs = datedRule<Weighing>('affiliation/proofs-enrolment', {
  recognised: (proofs, claim) => {
    const certificates = allShown(proofs, 'enrolmentCertificate')
    if (certificates.length === 0) return missing(claim, 'enrolmentCertificate')
    return certificates.some(({ recognised }) => recognised) ? sufficient : refusedFor('institutionNotRecognised')
  },
})

interface Named {
  readonly rule: RuleId
  readonly versions: DatedRule<Weighing>
}

/** By the name that a file of a capacity gives. */
const weighings: Readonly<Record<string, Named>> = {
  anyOne: { rule: 'proofs.any', versions: anyProof },
  recognisedInstitution: { rule: 'proofs.enrolment', versions: enrolmentProofs },
  residence: { rule: 'proofs.residence', versions: (law, day) => residenceProofs(law, day) },
  childRelation: { rule: 'proofs.child', versions: (law, day) => childProofs(law, day) },
  partnership: { rule: 'proofs.partner', versions: (law, day) => partnerProofs(law, day) },
}

/** Whether a rule here weighs proofs under a name of the catalogue. */
export const isWeighing = (name: string): boolean => Object.hasOwn(weighings, name)

/**
 * Weighs the proofs of a capacity together, by the rule that its file names as the law has it on the day that they are weighed for. Granted means
 * that they are enough; a proof that waits for a decision of others is refused until then. Throws an Error for a capacity that no file
 * describes or that takes no proofs.
 */
export function weighProofs(proofs: readonly ShownProof[], claim: ProofClaim, law: Law): ProofDecision {
  const named = weighings[loadCapacities().at(claim.capacity).evidence?.enough ?? '']
  if (named === undefined) throw new Error(`${claim.capacity} takes no proofs: nobody can be registered in it yet`)
  const { version: weigh, parameter } = named.versions(law, claim.weighedOn)
  const verdict = weigh(proofs, claim, law)
  const enough = verdict.verdict === 'sufficient'
  const used = [
    fact('capacity', claim.capacity),
    fact('acquiredOn', claim.acquiredOn),
    fact('weighedOn', claim.weighedOn),
  ]
  return decision(enough ? 'granted' : 'refused', verdict, [ground(named.rule, enough, used, [cite(parameter)])])
}
