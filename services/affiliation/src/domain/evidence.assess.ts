import { addMonths, maxDate, type Rejection } from '@ziv/kernel'
import type { Capacity as LawCapacity } from '@ziv/law'
import { disagreement } from './evidence.agree.ts'
import { COHABITATION_PROOF, type Evidence, type EvidenceOf, findProof, spouseTold } from './evidence.ts'
import type { PersonFacts } from './person.facts.ts'
import type { Claim } from './proofs.define.ts'
import { proofKinds } from './proofs.ts'

export type Waiting = 'immigrationOffice' | 'manualDecision'
export type Verdict =
  | { readonly outcome: 'sufficient' }
  | { readonly outcome: 'pending'; readonly waitingFor: Waiting }
  | { readonly outcome: 'refused'; readonly rejection: Rejection }

const sufficient: Verdict = { outcome: 'sufficient' }
const refused = (code: string, params: Rejection['params'] = {}): Verdict => ({
  outcome: 'refused',
  rejection: { code, params },
})

const missing = ({ kind }: Claim, needed: string): Verdict => refused('evidenceMissing', { capacity: kind, needed })

/** Documents that need the decision of the asylum authorities beside them, both together. */
const needProtection = new Set(['certificateOfRegistration', 'annex25', 'annex26'])

function assessAnnex15(document: EvidenceOf<'residenceDocument'>, claim: Claim, facts: PersonFacts): Verdict {
  const { box, modelDate } = document
  if (box === undefined || modelDate === undefined) return missing(claim, 'box, modelDate')
  const supports = new Set(document.supports ?? [])
  switch (facts.annex15Box(box, modelDate)) {
    case 'accepted':
      return sufficient
    case 'refused':
      return refused('annex15BoxRefused', { box, modelDate })
    case 'awaitsImmigrationOffice':
      return { outcome: 'pending', waitingFor: 'immigrationOffice' }
    case 'manualDecision':
      return { outcome: 'pending', waitingFor: 'manualDecision' }
    case 'needsProtectionDecision':
      return supports.has('protectionDecision')
        ? sufficient
        : refused('protectionDecisionMissing', { document: 'annex15' })
    case 'needsSupport': {
      const work =
        supports.has('professionalOrWorkCard') &&
        supports.has('medicalCertificate') &&
        supports.has('criminalRecordExtract')
      const one = supports.has('protectionDecision') || supports.has('visaD') || supports.has('registrationDecision')
      return one || work ? sufficient : refused('annex15SupportMissing', { box })
    }
  }
}

/**
 * A card A of six months is that of a victim of trafficking: decree and circulars grant, the law does not, an official decides. Unless
 * another ground of the stay is shown with it.
 */
function isShortCardA(document: EvidenceOf<'residenceDocument'>, claim: Claim, facts: PersonFacts): boolean {
  if (document.document !== 'cardA' || (document.supports ?? []).length > 0) return false
  const { shortCardMonths } = facts.proofRules(claim.acquiredOn)
  // of a card without its last day, or of a day for which no length is known, nobody can say that it is a long one
  if (document.validUntil === undefined || shortCardMonths === null) return true
  return document.validUntil <= addMonths(document.issuedOn, shortCardMonths)
}

function assessResident(all: readonly Evidence[], claim: Claim, facts: PersonFacts): Verdict {
  if (findProof(all, 'nationalRegisterEntry')) return sufficient
  const document = findProof(all, 'residenceDocument')
  if (!document) return missing(claim, 'nationalRegisterEntry, residenceDocument')
  const shownOn = maxDate(claim.acquiredOn, claim.requestedOn)
  if (document.validUntil !== undefined && document.validUntil < shownOn) {
    return refused('documentExpired', { validUntil: document.validUntil, day: shownOn })
  }
  const decided = findProof(all, 'manualDecision')
  if (document.manualDecisionNeeded || isShortCardA(document, claim, facts)) {
    if (!decided) return { outcome: 'pending', waitingFor: 'manualDecision' }
    if (!decided.positive) return refused('decisionNegative', { kind: decided.kind, decidedOn: decided.decidedOn })
  }
  if (needProtection.has(document.document) && !document.supports?.includes('protectionDecision')) {
    return refused('protectionDecisionMissing', { document: document.document })
  }
  if (document.document !== 'annex15') return sufficient
  const verdict = assessAnnex15(document, claim, facts)
  if (verdict.outcome !== 'pending') return verdict
  const answer = verdict.waitingFor === 'immigrationOffice' ? findProof(all, 'immigrationOfficeDecision') : decided
  if (!answer) return verdict
  return answer.positive ? sufficient : refused('decisionNegative', { kind: answer.kind, decidedOn: answer.decidedOn })
}

function assessStudent(all: readonly Evidence[], claim: Claim): Verdict {
  const certificate = findProof(all, 'enrolmentCertificate')
  if (!certificate) return missing(claim, 'enrolmentCertificate')
  return certificate.recognised ? sufficient : refused('institutionNotRecognised')
}

function assessChild(all: readonly Evidence[], claim: Claim): Verdict {
  const relation = claim.relation ?? 'own'
  const household = findProof(all, 'householdComposition')
  if (relation === 'foster') {
    const proof = findProof(all, 'fosterProof')
    return proof?.accepted ? sufficient : missing(claim, 'fosterProof')
  }
  if (relation === 'adopted' && !findProof(all, 'adoptionAct')) return missing(claim, 'adoptionAct')
  if (relation === 'own' && !findProof(all, 'birthAct')) return missing(claim, 'birthAct')
  const throughPartner = relation === 'partnerChild' || relation === 'grandchild'
  if (throughPartner && !(findProof(all, 'birthAct') ?? findProof(all, 'adoptionAct')))
    return missing(claim, 'birthAct')
  if (throughPartner && !household?.sameAddress) return missing(claim, 'householdComposition')
  return sufficient
}

function assessPartner(all: readonly Evidence[], claim: Claim): Verdict {
  if (!findProof(all, 'incomeProof')) return missing(claim, 'incomeProof')
  const household = findProof(all, 'householdComposition')
  if ((claim.partnership ?? 'married') === 'cohabiting') {
    // whether a spouse of the holder lives there too decides, and what nobody said is not a no
    return household?.sameAddress && spouseTold(all).length > 0 ? sufficient : missing(claim, COHABITATION_PROOF)
  }
  const certificate = findProof(all, 'marriageCertificate')
  if (!certificate) return missing(claim, 'marriageCertificate')
  if (certificate.foreign && !certificate.legalised) return refused('certificateNotLegalised')
  const livesTogether = household?.sameAddress || findProof(all, 'cohabitationApplication')
  return livesTogether ? sufficient : missing(claim, 'householdComposition, cohabitationApplication')
}

type Weighing = (all: readonly Evidence[], claim: Claim, facts: PersonFacts, accepted: readonly string[]) => Verdict

/** How the proofs of a capacity are weighed together; its file names one of these. */
const weighings: Readonly<Record<string, Weighing>> = {
  anyOne: (all, claim, _, accepted) => (all.length > 0 ? sufficient : missing(claim, accepted.join(', '))),
  recognisedInstitution: assessStudent,
  residence: assessResident,
  childRelation: assessChild,
  partnership: assessPartner,
}

/** What a catalogue asks of the proofs here and does not find; a service whose list is not empty must not start. */
export function unprovable(capacities: readonly LawCapacity[]): readonly string[] {
  const listed = new Set(capacities.flatMap(({ evidence }) => evidence?.accepted ?? []))
  const unused = Object.keys(proofKinds).filter((kind) => kind !== 'migratedRecord' && !listed.has(kind))
  return [
    ...capacities.flatMap(({ code, evidence }) => [
      ...(evidence?.accepted ?? [])
        .filter((kind) => !(kind in proofKinds))
        .map((kind) => `${code}: no proof is called ${kind}`),
      ...(evidence && !(evidence.enough in weighings) ? [`${code}: proofs are not weighed by ${evidence.enough}`] : []),
    ]),
    ...unused.map((kind) => `${kind} proves no capacity`),
  ]
}

/** Weighs the proofs of a capacity: enough, waiting for a decision of others, or refused with the reason. */
export function assessEvidence(all: readonly Evidence[], claim: Claim, facts: PersonFacts): Verdict {
  const migrated = facts.acceptsMigratedRecords && findProof(all, 'migratedRecord') !== undefined
  // what is shown beside such a record has to agree with the claim as ever
  const shown = migrated ? all.filter(({ kind }) => kind !== 'migratedRecord') : all
  const rules = facts.capacityOf(claim.kind)?.evidence
  const weigh = rules && weighings[rules.enough]
  if (!rules || !weigh) return refused('capacityUnknown', { capacity: claim.kind })
  const { accepted } = rules
  const stranger = shown.find((entry) => !accepted.includes(entry.kind))
  if (stranger)
    return refused('evidenceNotOfCapacity', {
      evidence: stranger.kind,
      capacity: claim.kind,
      accepted: accepted.join(', '),
    })
  for (const proof of shown) {
    const differs = disagreement(proof, claim, facts)
    if (differs) return refused('evidenceDisagrees', { evidence: proof.kind, ...differs })
  }
  return migrated ? sufficient : weigh(all, claim, facts, accepted)
}
