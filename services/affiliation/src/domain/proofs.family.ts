import { previousQuarter, type Quarter, quarterOf } from '@ziv/kernel'
import { z } from 'zod'
import { day } from './capacities.ts'
import type { PersonFacts } from './person.facts.ts'
import { attested, type Check, type Claim, notAfter, notBefore, proof, quarterText } from './proofs.define.ts'

/** Proofs of who depends on whom (art. 123 and 124 ZIV-besluit). */
const marriageCertificate = proof(
  'marriageCertificate',
  { nl: 'huwelijksakte', fr: 'acte de mariage', de: 'Heiratsurkunde', en: 'marriage certificate' },
  'Marriage certificate',
  {
    marriedOn: day.describe('Day of the marriage'),
    foreign: z.boolean().describe('The certificate comes from abroad'),
    legalised: z.boolean().optional().describe('Legalised or with apostille, and translated by a sworn translator'),
  },
  (entry, { acquiredOn }) => notAfter('marriedOn', entry.marriedOn, acquiredOn),
)

const cohabitationApplication = proof(
  'cohabitationApplication',
  {
    nl: 'aanvraag tot inschrijving op hetzelfde adres',
    fr: "demande d'inscription à la même adresse",
    de: 'Antrag auf Eintragung an derselben Adresse',
    en: 'application for registration at the same address',
  },
  'Registration of cohabitation applied for',
  {
    document: z
      .enum(['annex15', 'annex15bis', 'annex19', 'annex19ter', 'certificateOfRegistration'])
      .describe('Proof of the steps taken at the municipality'),
    appliedOn: day.describe('Day of the application'),
  },
  (entry, { weighedOn }) => notAfter('appliedOn', entry.appliedOn, weighedOn),
)

const householdComposition = proof(
  'householdComposition',
  {
    nl: 'gezinssamenstelling',
    fr: 'composition de ménage',
    de: 'Haushaltszusammensetzung',
    en: 'household composition',
  },
  'Household composition',
  {
    issuedOn: day.describe('Day of the extract'),
    sameAddress: z.boolean().describe('Both live at the same address'),
    holderSpouseInHousehold: z
      .boolean()
      .optional()
      .describe('A spouse of the holder who is a holder lives at the address too; has to be said for a cohabitant'),
  },
  (entry, claim, facts) => attested(entry.issuedOn, claim, facts),
)

/**
 * The income that counts is that of the quarter in which the quality begins to insure, or of one before it that is known by then: what
 * somebody earned in the quarter of the wedding says nothing of an insurance that begins with the holder's, years later.
 */
function incomeOf(stated: string, { weighedOn }: Claim, facts: PersonFacts): Check {
  const { incomeQuartersBefore } = facts.proofRules(weighedOn)
  const last = quarterOf(weighedOn)
  const counting: Quarter[] = [last]
  while (counting.length <= incomeQuartersBefore) counting.unshift(previousQuarter(counting[0] as Quarter))
  if (counting.some((quarter) => quarter === stated)) return null
  return { field: 'quarter', stated, claimed: counting.join(', ') }
}

const incomeProof = proof(
  'incomeProof',
  { nl: 'bewijs van inkomen', fr: 'preuve de revenus', de: 'Einkommensnachweis', en: 'proof of income' },
  'Income of an adult dependant',
  {
    quarter: quarterText.describe(
      'Quarter of the income: that in which the insurance as a dependant begins, or the one before',
    ),
    grossCents: z.int().min(0).describe('Professional and replacement income of the quarter, gross, in euro cents'),
    source: z.enum(['wageSlips', 'ocmwAttest', 'declarationOnHonour']).describe('Where the amount comes from'),
    ownFreeRight: z
      .boolean()
      .describe('The person has a right of his or her own without contribution (pension, unemployment)'),
  },
  (entry, claim, facts) => incomeOf(entry.quarter, claim, facts),
)

const birthAct = proof(
  'birthAct',
  { nl: 'geboorteakte', fr: 'acte de naissance', de: 'Geburtsurkunde', en: 'birth act' },
  'Birth act',
  {
    issuedOn: day.describe('Day of the extract of the act'),
  },
  (entry, { birthDate }) => notBefore('issuedOn', entry.issuedOn, birthDate),
)

const adoptionAct = proof(
  'adoptionAct',
  { nl: 'adoptieakte', fr: "acte d'adoption", de: 'Adoptionsurkunde', en: 'adoption act' },
  'Adoption act',
  {
    issuedOn: day.describe('Day of the extract of the act'),
  },
)

const fosterProof = proof(
  'fosterProof',
  {
    nl: 'bewijs van pleegplaatsing',
    fr: "preuve d'un placement familial",
    de: 'Nachweis einer Pflegeunterbringung',
    en: 'proof of a foster placement',
  },
  'Proof of a foster placement',
  {
    source: z
      .enum(['nationalRegister', 'childBenefit', 'deed', 'courtAgreement', 'judgment'])
      .describe('Belgian authority or act the proof comes from'),
    accepted: z
      .boolean()
      .describe(
        'Accepted by the leading official of the administrative control service, or from the National Register',
      ),
    issuedOn: day.describe('Day of the proof'),
  },
)

export const familyProofs = {
  marriageCertificate,
  cohabitationApplication,
  householdComposition,
  incomeProof,
  birthAct,
  adoptionAct,
  fosterProof,
}
