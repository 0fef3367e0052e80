import { z } from 'zod'
import { type CapacityKind, day } from './capacities.ts'

/** Proofs of a capacity, one schema per kind (art. 32 and 118 ZIV-wet; art. 123 to 128quinquies ZIV-besluit). */
const rszNumber = z
  .string()
  .regex(/^\d{9,10}$/)
  .describe('RSZ number of the employer')
  .meta({ example: '0102077120' })

/** One kind of proof: a strict object that its `kind` tells apart. */
const proof = <K extends string, S extends z.ZodRawShape>(kind: K, description: string, shape: S) =>
  z
    .strictObject({ kind: z.literal(kind).describe('Kind of evidence'), ...shape })
    .meta({ title: `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, description })

const residenceDocuments = [
  'cardA',
  'cardB',
  'cardK',
  'cardL',
  'cardEu',
  'cardEuPlus',
  'cardF',
  'cardFPlus',
  'cardH',
  'cardM',
  'annex8ter',
  'annex8quater',
  'annex15',
  'certificateOfRegistration',
  'annex25',
  'annex26',
] as const

const annex15Supports = [
  'protectionDecision',
  'visaD',
  'professionalOrWorkCard',
  'medicalCertificate',
  'criminalRecordExtract',
  'registrationDecision',
] as const

const employerProof = proof('employerProof', 'Proof of subjection signed by the employer', {
  rszNumber,
  issuedOn: day.describe('Day on which the employer signed the proof of subjection'),
})
const employmentContract = proof('employmentContract', 'Contract or written statement of the employer', {
  rszNumber,
  startsOn: day.describe('First day of work under the contract'),
})
const contributionSlip = proof('contributionSlip', 'Contribution slip', {
  rszNumber,
  quarter: z
    .string()
    .regex(/^\d{4}Q[1-4]$/)
    .describe('Quarter of the slip')
    .meta({ example: '2026Q1' }),
})
const railwayStaffAttest = proof('railwayStaffAttest', 'Attest of the staff statute of HR Rail', {
  issuedOn: day.describe('Day on which HR Rail confirmed that the staff statute applies'),
})
const socialInsuranceFundAttest = proof('socialInsuranceFundAttest', 'Attest of a social insurance fund', {
  fundNumber: z
    .string()
    .regex(/^\d{10}$/)
    .describe('KBO number of the social insurance fund')
    .meta({ example: '0409084290' }),
  activity: z.enum(['selfEmployed', 'helper', 'assistingSpouse']).describe('Status in which the person is insured'),
  issuedOn: day.describe('Day of the attest'),
})
const enrolmentCertificate = proof('enrolmentCertificate', 'Enrolment in higher education', {
  institution: z.string().min(1).max(200).describe('Institution of higher education'),
  recognised: z.boolean().describe('The RIZIV recognises the institution'),
  academicYear: z
    .string()
    .regex(/^\d{4}-\d{4}$/)
    .describe('Academic year, for example 2025-2026')
    .meta({ example: '2025-2026' }),
  issuedOn: day.describe('Day of the certificate'),
})
const nationalRegisterEntry = proof('nationalRegisterEntry', 'Registration in the National Register', {
  registeredOn: day.describe('Day of registration with a main residence in Belgium'),
})
const residenceDocument = proof('residenceDocument', 'Residence card or annex', {
  document: z.enum(residenceDocuments).describe('Card or annex'),
  issuedOn: day.describe('Date on the document'),
  validUntil: day.optional().describe('Last day of validity, when the document states one'),
  box: z.int().min(1).max(20).optional().describe('Ticked box of an annex 15'),
  modelDate: day.optional().describe('Date of the model of the annex 15: the boxes were renumbered'),
  supports: z.array(z.enum(annex15Supports)).optional().describe('Documents shown together with it'),
  manualDecisionNeeded: z
    .boolean()
    .optional()
    .describe('Law and circulars disagree on this document: an official decides (see the guide on residence)'),
})
const immigrationOfficeDecision = proof('immigrationOfficeDecision', 'Decision of the Immigration Office', {
  decidedOn: day.describe('Day of the decision of the Immigration Office'),
  positive: z.boolean().describe('Authorisation to stay for more than three months was given'),
})
const manualDecision = proof('manualDecision', 'Decision of the competent official', {
  decidedOn: day.describe('Day on which the competent official decided'),
  positive: z.boolean().describe('The document is accepted as proof'),
})
const marriageCertificate = proof('marriageCertificate', 'Marriage certificate', {
  marriedOn: day.describe('Day of the marriage'),
  foreign: z.boolean().describe('The certificate comes from abroad'),
  legalised: z.boolean().optional().describe('Legalised or with apostille, and translated by a sworn translator'),
})
const cohabitationApplication = proof('cohabitationApplication', 'Registration of cohabitation applied for', {
  document: z
    .enum(['annex15', 'annex15bis', 'annex19', 'annex19ter', 'certificateOfRegistration'])
    .describe('Proof of the steps taken at the municipality'),
  appliedOn: day.describe('Day of the application'),
})
const householdComposition = proof('householdComposition', 'Household composition', {
  issuedOn: day.describe('Day of the extract'),
  sameAddress: z.boolean().describe('Both live at the same address'),
  holderSpouseInHousehold: z
    .boolean()
    .optional()
    .describe('A spouse of the holder who is a holder lives at the address too'),
})
const incomeProof = proof('incomeProof', 'Income of an adult dependant', {
  quarter: z
    .string()
    .regex(/^\d{4}Q[1-4]$/)
    .describe('Quarter of the income')
    .meta({ example: '2026Q1' }),
  grossCents: z.int().min(0).describe('Professional and replacement income of the quarter, gross, in euro cents'),
  source: z.enum(['wageSlips', 'ocmwAttest', 'declarationOnHonour']).describe('Where the amount comes from'),
  ownFreeRight: z
    .boolean()
    .describe('The person has a right of his or her own without contribution (pension, unemployment)'),
})
const birthAct = proof('birthAct', 'Birth act', {
  issuedOn: day.describe('Day of the extract of the act'),
})
const adoptionAct = proof('adoptionAct', 'Adoption act', {
  issuedOn: day.describe('Day of the extract of the act'),
})
const fosterProof = proof('fosterProof', 'Proof of a foster placement', {
  source: z
    .enum(['nationalRegister', 'childBenefit', 'deed', 'courtAgreement', 'judgment'])
    .describe('Belgian authority or act the proof comes from'),
  accepted: z
    .boolean()
    .describe('Accepted by the leading official of the administrative control service, or from the National Register'),
  issuedOn: day.describe('Day of the proof'),
})
const migratedRecord = proof('migratedRecord', 'Proof accepted by an earlier system', {
  source: z.string().min(1).max(100).describe('System or file in which the proof was accepted before'),
})

export const evidence = z.discriminatedUnion('kind', [
  employerProof,
  employmentContract,
  contributionSlip,
  railwayStaffAttest,
  socialInsuranceFundAttest,
  enrolmentCertificate,
  nationalRegisterEntry,
  residenceDocument,
  immigrationOfficeDecision,
  manualDecision,
  marriageCertificate,
  cohabitationApplication,
  householdComposition,
  incomeProof,
  birthAct,
  adoptionAct,
  fosterProof,
  migratedRecord,
])
export type Evidence = z.infer<typeof evidence>
export type EvidenceKind = Evidence['kind']
export type EvidenceOf<K extends EvidenceKind> = Extract<Evidence, { kind: K }>

/** What a clerk may hand in for each capacity; `migratedRecord` is for imports alone. */
export const evidenceKindsOf: Readonly<Record<CapacityKind, readonly EvidenceKind[]>> = {
  EMPLOYEE: ['employerProof', 'employmentContract', 'contributionSlip', 'railwayStaffAttest'],
  SELF_EMPLOYED: ['socialInsuranceFundAttest'],
  STUDENT: ['enrolmentCertificate'],
  RESIDENT: ['nationalRegisterEntry', 'residenceDocument', 'immigrationOfficeDecision', 'manualDecision'],
  DEPENDANT_CHILD: ['birthAct', 'adoptionAct', 'fosterProof', 'householdComposition'],
  DEPENDANT_SPOUSE: ['marriageCertificate', 'cohabitationApplication', 'householdComposition', 'incomeProof'],
}
