import { quarterOf } from '@ziv/kernel'
import { employerNumber, enterpriseNumber } from '@ziv/kernel/schemas'
import { z } from 'zod'
import { day } from './capacities.ts'
import { attested, notAfter, proof, quarterText } from './proofs.define.ts'

/** Proofs of work for an employer or as a self-employed person (art. 32 ZIV-wet). */
const rszNumber: z.ZodType<string, string> = employerNumber

const fundNumber: z.ZodType<string, string> = enterpriseNumber

const employerProof = proof(
  'employerProof',
  {
    nl: 'bewijs van onderwerping van de werkgever',
    fr: "preuve d'assujettissement de l'employeur",
    de: 'Nachweis der Unterstellung durch den Arbeitgeber',
    en: 'proof of subjection of the employer',
  },
  'Proof of subjection signed by the employer',
  {
    rszNumber,
    issuedOn: day.describe('Day on which the employer signed the proof of subjection'),
  },
  (entry, claim, facts) => attested(entry.issuedOn, claim, facts),
)

const employmentContract = proof(
  'employmentContract',
  {
    nl: 'arbeidsovereenkomst',
    fr: 'contrat de travail',
    de: 'Arbeitsvertrag',
    en: 'contract of employment',
  },
  'Contract or written statement of the employer',
  {
    rszNumber,
    startsOn: day.describe('First day of work under the contract'),
  },
  (entry, { acquiredOn }) => notAfter('startsOn', entry.startsOn, acquiredOn),
)

const contributionSlip = proof(
  'contributionSlip',
  {
    nl: 'bijdragebon',
    fr: 'bon de cotisation',
    de: 'Beitragsbescheinigung',
    en: 'contribution slip',
  },
  'Contribution slip',
  {
    rszNumber,
    quarter: quarterText.describe('Quarter of the slip'),
  },
  (entry, { acquiredOn }) => {
    const quarter = quarterOf(acquiredOn)
    return entry.quarter === quarter ? null : { field: 'quarter', stated: entry.quarter, claimed: quarter }
  },
)

const railwayStaffAttest = proof(
  'railwayStaffAttest',
  {
    nl: 'attest van HR Rail',
    fr: 'attestation de HR Rail',
    de: 'Bescheinigung von HR Rail',
    en: 'attest of HR Rail',
  },
  'Attest of the staff statute of HR Rail',
  {
    issuedOn: day.describe('Day on which HR Rail confirmed that the staff statute applies'),
  },
  (entry, claim, facts) => attested(entry.issuedOn, claim, facts),
)

const socialInsuranceFundAttest = proof(
  'socialInsuranceFundAttest',
  {
    nl: 'attest van een sociaal verzekeringsfonds',
    fr: "attestation d'une caisse d'assurances sociales",
    de: 'Bescheinigung einer Sozialversicherungskasse',
    en: 'attest of a social insurance fund',
  },
  'Attest of a social insurance fund',
  {
    fundNumber: fundNumber.describe('KBO number of the social insurance fund'),
    activity: z.enum(['selfEmployed', 'helper', 'assistingSpouse']).describe('Status in which the person is insured'),
    issuedOn: day.describe('Day of the attest'),
  },
  (entry, claim, facts) => attested(entry.issuedOn, claim, facts),
)

export const workProofs = {
  employerProof,
  employmentContract,
  contributionSlip,
  railwayStaffAttest,
  socialInsuranceFundAttest,
}
