import type { LineBasis } from './claim-input.ts'

const same = (a: LineBasis, b: LineBasis): boolean =>
  a === b ||
  (a.decisionId === b.decisionId &&
    a.tariffFrom === b.tariffFrom &&
    a.tariffsThrough === b.tariffsThrough &&
    a.age === b.age &&
    a.confidence === b.confidence &&
    a.preferential === b.preferential &&
    a.gmd === b.gmd &&
    a.chronic === b.chronic &&
    a.referral === b.referral &&
    a.convention === b.convention &&
    a.withinAgreement === b.withinAgreement)

/** Place of a basis in the list of a claim, added when it is new: the lines of one invoice mostly rest on the same. */
export function placeOfBasis(bases: LineBasis[], basis: LineBasis): number {
  const known = bases.findIndex((candidate) => same(candidate, basis))
  return known === -1 ? bases.push(basis) - 1 : known
}
