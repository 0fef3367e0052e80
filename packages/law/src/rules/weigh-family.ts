import { datedRule } from '../dated-rule.ts'
import {
  allShown,
  COHABITATION_PROOF,
  isShown,
  missing,
  refusedFor,
  type ShownProof,
  spouseTold,
  sufficient,
  type Weighing,
} from './shown-proofs.ts'

/** Whether a composition of the household shows the two at one address; another that does not takes that away as little as none. */
const atOneAddress = (proofs: readonly ShownProof[]): boolean =>
  allShown(proofs, 'householdComposition').some(({ sameAddress }) => sameAddress)

const actAndAddress: Weighing = (proofs, claim) => {
  const relation = claim.relation ?? 'own'
  if (relation === 'foster') {
    const accepted = allShown(proofs, 'fosterProof').some((proof) => proof.accepted)
    return accepted ? sufficient : missing(claim, 'fosterProof')
  }
  if (relation === 'adopted') return isShown(proofs, 'adoptionAct') ? sufficient : missing(claim, 'adoptionAct')
  const born = isShown(proofs, 'birthAct')
  if (relation === 'own') return born ? sufficient : missing(claim, 'birthAct')
  // a child of the partner or a grandchild belongs to the holder through somebody else: the address shows it
  if (!born && !isShown(proofs, 'adoptionAct')) return missing(claim, 'birthAct')
  return atOneAddress(proofs) ? sufficient : missing(claim, 'householdComposition')
}

/** Proofs of a child (ZIV-besluit art. 123): the act of its relation, and for who belongs through another the same address. */
export const childProofs = datedRule<Weighing>('affiliation/proofs-child', { actAndAddress })

const marriageOrAddress: Weighing = (proofs, claim) => {
  if (!isShown(proofs, 'incomeProof')) return missing(claim, 'incomeProof')
  const together = atOneAddress(proofs)
  if ((claim.partnership ?? 'married') === 'cohabiting') {
    // whether a spouse of the holder lives there too decides, and what nobody said is not a no
    return together && spouseTold(proofs).length > 0 ? sufficient : missing(claim, COHABITATION_PROOF)
  }
  const certificates = allShown(proofs, 'marriageCertificate')
  if (certificates.length === 0) return missing(claim, 'marriageCertificate')
  if (certificates.every(({ foreign, legalised }) => foreign && !legalised))
    return refusedFor('certificateNotLegalised')
  return together || isShown(proofs, 'cohabitationApplication')
    ? sufficient
    : missing(claim, 'householdComposition, cohabitationApplication')
}

/** Proofs of a partner (ZIV-besluit art. 123, 124): the income, and the marriage or the life together at one address. */
export const partnerProofs = datedRule<Weighing>('affiliation/proofs-partner', { marriageOrAddress })
