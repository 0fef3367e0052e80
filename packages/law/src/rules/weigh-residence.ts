import { addMonths, maxDate } from '@ziv/kernel'
import { loadAnnex15Boxes } from '../annex15.ts'
import { datedRule } from '../dated-rule.ts'
import type { Law } from '../types.ts'
import {
  allShown,
  isShown,
  missing,
  type ProofClaim,
  type ProofVerdict,
  refusedFor,
  type ShownProof,
  shown,
  sufficient,
  type Weighing,
} from './shown-proofs.ts'

type Document = NonNullable<ReturnType<typeof shown<'residenceDocument'>>>

/** Documents that need the decision of the asylum authorities beside them. */
const needProtection = new Set(['certificateOfRegistration', 'annex25', 'annex26'])

const awaitsOfficial: ProofVerdict = { verdict: 'pending', waitingFor: 'manualDecision' }

function weighAnnex15({ box, modelDate, supports: given }: Document, claim: ProofClaim): ProofVerdict {
  const absent = Object.entries({ box, modelDate }).flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (box === undefined || modelDate === undefined) return missing(claim, absent.join(', '))
  const supports = new Set(given ?? [])
  switch (loadAnnex15Boxes()(box, modelDate)) {
    case 'accepted':
      return sufficient
    case 'refused':
      return refusedFor('annex15BoxRefused', { box, modelDate })
    case 'awaitsImmigrationOffice':
      return { verdict: 'pending', waitingFor: 'immigrationOffice' }
    case 'manualDecision':
      return awaitsOfficial
    case 'needsProtectionDecision':
      return supports.has('protectionDecision')
        ? sufficient
        : refusedFor('protectionDecisionMissing', { document: 'annex15' })
    case 'needsSupport': {
      const work = ['professionalOrWorkCard', 'medicalCertificate', 'criminalRecordExtract']
      const one = ['protectionDecision', 'visaD', 'registrationDecision']
      const enough = one.some((support) => supports.has(support)) || work.every((support) => supports.has(support))
      return enough ? sufficient : refusedFor('annex15SupportMissing', { box })
    }
  }
}

/**
 * A card A of six months is that of a victim of trafficking: decree and circulars grant, the law does not, an official decides. Unless
 * another ground of the stay is shown with it.
 */
function isShortCardA({ document, supports, issuedOn, validUntil }: Document, claim: ProofClaim, law: Law): boolean {
  if (document !== 'cardA' || (supports ?? []).length > 0) return false
  const months = law.find<number>('affiliation/short-card-months', claim.acquiredOn)
  // of a card without its last day, or of a day for which no length is known, nobody can say that it is a long one
  if (validUntil === undefined || months === undefined) return true
  return validUntil <= addMonths(issuedOn, months.value)
}

const cardsAndBoxes: Weighing = (proofs, claim, law) => {
  if (isShown(proofs, 'nationalRegisterEntry')) return sufficient
  const document = shown(proofs, 'residenceDocument')
  if (!document) return missing(claim, 'nationalRegisterEntry, residenceDocument')
  const against = DECISIONS.map((kind) => decidedBy(proofs, kind)).find((decided) => decided?.verdict === 'refused')
  if (against) return against
  const shownOn = maxDate(claim.acquiredOn, claim.requestedOn)
  if (document.validUntil !== undefined && document.validUntil < shownOn) {
    return refusedFor('documentExpired', { validUntil: document.validUntil, day: shownOn })
  }
  if (document.manualDecisionNeeded || isShortCardA(document, claim, law)) {
    const decided = decidedBy(proofs, 'manualDecision') ?? awaitsOfficial
    if (decided.verdict !== 'sufficient') return decided
  }
  if (needProtection.has(document.document) && !document.supports?.includes('protectionDecision')) {
    return refusedFor('protectionDecisionMissing', { document: document.document })
  }
  if (document.document !== 'annex15') return sufficient
  const verdict = weighAnnex15(document, claim)
  if (verdict.verdict !== 'pending') return verdict
  const decision = verdict.waitingFor === 'immigrationOffice' ? 'immigrationOfficeDecision' : 'manualDecision'
  return decidedBy(proofs, decision) ?? verdict
}

/** Decisions on the residence: a negative one stands against any document, also one that did not wait for it. */
const DECISIONS = ['immigrationOfficeDecision', 'manualDecision'] as const

/** What the newest decision of a kind says; undefined while none is shown. */
function decidedBy(proofs: readonly ShownProof[], kind: (typeof DECISIONS)[number]): ProofVerdict | undefined {
  const decided = allShown(proofs, kind)
    .toSorted((a, b) => (a.decidedOn < b.decidedOn ? -1 : 1))
    .at(-1)
  if (decided === undefined || decided.positive) return decided && sufficient
  return refusedFor('decisionNegative', { kind, decidedOn: decided.decidedOn })
}

/**
 * Proofs of residence (ZIV-besluit art. 128quinquies): the National Register, or a card or annex that holds on the day it is shown; an
 * annex 15 by its box, and what decree and circulars judge differently by a decision.
 */
export const residenceProofs = datedRule<Weighing>('affiliation/proofs-residence', { cardsAndBoxes })
