import { addMonths, type IsoDate, maxDate, minDate } from '@ziv/kernel'
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
  sufficient,
  type WeighedOf,
  type Weighing,
} from './shown-proofs.ts'

type Document = WeighedOf<'residenceDocument'>

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

/** What one card or annex comes to, with the decisions that were taken since it was issued. */
function weighDocument(document: Document, all: readonly ShownProof[], claim: ProofClaim, law: Law): ProofVerdict {
  const proofs = all.filter((proof) => !isDecision(proof) || proof.decidedOn >= document.issuedOn)
  const shownOn = maxDate(claim.acquiredOn, claim.requestedOn)
  if (document.validUntil !== undefined && document.validUntil < shownOn) {
    return refusedFor('documentExpired', { validUntil: document.validUntil, day: shownOn })
  }
  if (needProtection.has(document.document) && !document.supports?.includes('protectionDecision')) {
    return refusedFor('protectionDecisionMissing', { document: document.document })
  }
  const own = document.document === 'annex15' ? weighAnnex15(document, claim) : sufficient
  // what the document itself lacks no decision mends: nobody waits for one in vain
  if (own.verdict === 'refused') return own
  if (document.manualDecisionNeeded || isShortCardA(document, claim, law)) {
    const decided = decidedBy(proofs, 'manualDecision') ?? awaitsOfficial
    if (decided.verdict !== 'sufficient') return decided
  }
  if (own.verdict !== 'pending') return own
  const decision = own.waitingFor === 'immigrationOffice' ? 'immigrationOfficeDecision' : 'manualDecision'
  return decidedBy(proofs, decision) ?? own
}

const cardsAndBoxes: Weighing = (proofs, claim, law) => {
  if (isShown(proofs, 'nationalRegisterEntry')) return sufficient
  const documents = allShown(proofs, 'residenceDocument').toSorted(newestFirst)
  if (documents.length === 0) return missing(claim, 'nationalRegisterEntry, residenceDocument')
  const early = beforeEvery(proofs, documents)
  if (early) return early
  const against = DECISIONS.map((kind) => decidedBy(proofs, kind)).find((decided) => decided?.verdict === 'refused')
  if (against) return against
  const verdicts = documents.map((document) => weighDocument(document, proofs, claim, law))
  // the document that carries the stay counts, whatever lies beside it; where none does, what the newest one comes to
  const carries = verdicts.find(({ verdict }) => verdict === 'sufficient')
  return carries ?? verdicts.find(({ verdict }) => verdict === 'pending') ?? (verdicts[0] as ProofVerdict)
}

/** The newest first; of documents of one day the order is that of what they say, so that it never is that in which they came. */
function newestFirst(a: Document, b: Document): number {
  if (a.issuedOn !== b.issuedOn) return a.issuedOn > b.issuedOn ? -1 : 1
  const text = ({ document, validUntil, box, modelDate, supports, manualDecisionNeeded }: Document): string =>
    JSON.stringify([document, validUntil, box, modelDate, supports, manualDecisionNeeded])
  return text(a) < text(b) ? -1 : 1
}

/** Decisions on the residence: a negative one stands against any document, also one that did not wait for it. */
const DECISIONS = ['immigrationOfficeDecision', 'manualDecision'] as const

type Decision = ShownProof & WeighedOf<(typeof DECISIONS)[number]>

const isDecision = (proof: ShownProof): proof is Decision => DECISIONS.some((kind) => kind === proof.kind)

/** Refuses a decision that lies before every document: it was taken on a document, so one of the two days is wrong. */
function beforeEvery(proofs: readonly ShownProof[], documents: readonly Document[]): ProofVerdict | undefined {
  const issuedOn = minDate(...(documents.map((document) => document.issuedOn) as [IsoDate, ...IsoDate[]]))
  const decisions = proofs.filter(isDecision).filter(({ decidedOn }) => decidedOn < issuedOn)
  const [early] = decisions.toSorted((a, b) => (a.decidedOn === b.decidedOn ? byKind(a, b) : byDay(a, b)))
  return early && refusedFor('decisionBeforeDocument', { kind: early.kind, decidedOn: early.decidedOn, issuedOn })
}

const byKind = (a: ShownProof, b: ShownProof): number => (a.kind < b.kind ? -1 : 1)

/** What the newest decision of a kind says, of two of one day the negative one; undefined while none is shown. */
function decidedBy(proofs: readonly ShownProof[], kind: (typeof DECISIONS)[number]): ProofVerdict | undefined {
  const decided = allShown(proofs, kind)
    .toSorted((a, b) => (a.decidedOn === b.decidedOn ? Number(b.positive) - Number(a.positive) : byDay(a, b)))
    .at(-1)
  if (decided === undefined || decided.positive) return decided && sufficient
  return refusedFor('decisionNegative', { kind, decidedOn: decided.decidedOn })
}

const byDay = (a: { readonly decidedOn: string }, b: { readonly decidedOn: string }): number =>
  a.decidedOn < b.decidedOn ? -1 : 1

/**
 * Proofs of residence (ZIV-besluit art. 128quinquies): the National Register, or a card or annex that holds on the day it is shown; an
 * annex 15 by its box, and what decree and circulars judge differently by a decision.
 */
export const residenceProofs = datedRule<Weighing>('affiliation/proofs-residence', { cardsAndBoxes })
