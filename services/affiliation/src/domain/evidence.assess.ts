import type { Rejection } from '@ziv/kernel'
import { type AwaitedDecision, isWeighing, type Capacity as LawCapacity } from '@ziv/law'
import { disagreementAmong } from './evidence.agree.ts'
import { type Evidence, findProof } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Claim } from './proofs.define.ts'
import { proofKinds } from './proofs.ts'

export type Verdict =
  | { readonly verdict: 'sufficient' }
  | { readonly verdict: 'pending'; readonly waitingFor: AwaitedDecision }
  | { readonly verdict: 'refused'; readonly rejection: Rejection }

const refused = (code: string, params: Rejection['params'] = {}): Verdict => ({
  verdict: 'refused',
  rejection: { code, params },
})

/** What a catalogue asks of the proofs here and does not find; a service whose list is not empty must not start. */
export function unprovable(capacities: readonly LawCapacity[]): readonly string[] {
  const listed = new Set(capacities.flatMap(({ evidence }) => evidence?.accepted ?? []))
  const unused = Object.keys(proofKinds).filter((kind) => kind !== 'migratedRecord' && !listed.has(kind))
  return [
    ...capacities.flatMap(({ code, evidence }) => [
      ...(evidence?.accepted ?? [])
        .filter((kind) => !(kind in proofKinds))
        .map((kind) => `${code}: no proof is called ${kind}`),
      ...(evidence && !isWeighing(evidence.enough) ? [`${code}: proofs are not weighed by ${evidence.enough}`] : []),
    ]),
    ...unused.map((kind) => `${kind} proves no capacity`),
  ]
}

/** Weighs the proofs of a capacity: enough, waiting for a decision of others, or refused with the reason. */
export function assessEvidence(all: readonly Evidence[], claim: Claim, facts: PersonFacts): Verdict {
  const migrated = facts.acceptsMigratedRecords && findProof(all, 'migratedRecord') !== undefined
  // what is shown beside such a record has to agree with the claim as ever
  const shown = migrated ? all.filter(({ kind }) => kind !== 'migratedRecord') : all
  const accepted = facts.capacityOf(claim.kind)?.evidence?.accepted
  if (!accepted) return refused('capacityUnknown', { capacity: claim.kind })
  const stranger = shown.find((entry) => !accepted.includes(entry.kind))
  if (stranger)
    return refused('evidenceNotOfCapacity', {
      evidence: stranger.kind,
      capacity: claim.kind,
      accepted: accepted.join(', '),
    })
  for (const proof of shown) {
    const differs = disagreementAmong(proof, shown, claim, facts)
    if (differs) return refused('evidenceDisagrees', { evidence: proof.kind, ...differs })
  }
  if (migrated) return { verdict: 'sufficient' }
  const { kind: capacity, birthDate: _, ...days } = claim
  const weighed = facts.weighProofs(all, { capacity, ...days })
  if (weighed.verdict === 'refused') return refused(weighed.reason, weighed.params)
  return weighed.verdict === 'pending'
    ? { verdict: 'pending', waitingFor: weighed.waitingFor }
    : { verdict: 'sufficient' }
}
