import { isDependant } from './capacities.ts'
import { claimOf } from './decide-capacity.ts'
import { type PersonDecision, refuse } from './decision.ts'
import { notAdmitted, weighedOn } from './dependant-admission.ts'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Capacity, Person, Span } from './person.ts'

/**
 * Refuses proofs that do not bear a claim. Only what stands from an import stays accepted as accepted elsewhere: nobody gives such
 * a proof with a correction. It says that the quality was there from the day on that it came with: of a day before, whenever a
 * correction came to it, it proves nothing.
 */
export function unproven(
  known: readonly Evidence[],
  given: readonly Evidence[],
  person: Person,
  entry: Capacity,
  facts: PersonFacts,
): PersonDecision | null {
  const vouched = entry.acquiredOn >= entry.firstAcquiredOn
  const stored = known.filter(({ kind }) => vouched || kind !== 'migratedRecord')
  const proofs = [...stored, ...given]
  const imported = (of: readonly Evidence[]): boolean => of.some(({ kind }) => kind === 'migratedRecord')
  const migrated = imported(stored) && !imported(given)
  const verdict = assessEvidence(
    proofs,
    claimOf(person, entry),
    migrated ? { ...facts, acceptsMigratedRecords: true } : facts,
  )
  if (verdict.verdict === 'refused') return { ok: false, rejection: verdict.rejection }
  if (verdict.verdict === 'pending') return refuse('proofWouldWait', { waitingFor: verdict.waitingFor })
  if (!isDependant(entry)) return null
  // as when the quality was claimed
  return notAdmitted({ ...entry, on: weighedOn(entry) }, person, proofs, facts)
}

/** Whether a claim of a dependant lies on days before those for which its proofs were weighed. */
export const beforeProven = (claim: Capacity): boolean =>
  claim.provenFrom !== null && claim.holderSpan !== null && weighedOn(claim) < claim.provenFrom

/** The days that a holder gives, as far as the proofs bear them: the others wait for the proof that is missing. */
export const provenSpan = (span: Span, { provenFrom }: Capacity): Span =>
  provenFrom === null ? span : { ...span, from: provenFrom }

/** The days that a holder gives and the proofs that are there bear. A dependant keeps its own first day rather than one without a proof. */
export function borneSpan(person: Person, entry: Capacity, span: Span, facts: PersonFacts): Span {
  const claim = { ...entry, holderSpan: span }
  if (!beforeProven(claim)) return span
  const known = entry.proofs.map(({ evidence }) => evidence)
  return unproven(known, [], person, claim, facts) === null ? span : provenSpan(span, entry)
}
