import { z } from 'zod'
import { day } from './capacities.ts'
import { notAfter, notBefore, proof } from './proofs.define.ts'

/** Proofs of residence and the decisions they wait for (art. 128quinquies ZIV-besluit). */
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

const nationalRegisterEntry = proof(
  'nationalRegisterEntry',
  {
    nl: 'inschrijving in het Rijksregister',
    fr: 'inscription au Registre national',
    de: 'Eintragung im Nationalregister',
    en: 'registration in the National Register',
  },
  'Registration in the National Register',
  {
    registeredOn: day.describe('Day of registration with a main residence in Belgium'),
  },
  (entry, { acquiredOn }) => notAfter('registeredOn', entry.registeredOn, acquiredOn),
)

const residenceDocument = proof(
  'residenceDocument',
  {
    nl: 'verblijfsdocument',
    fr: 'document de séjour',
    de: 'Aufenthaltsdokument',
    en: 'residence document',
  },
  'Residence card or annex',
  {
    document: z.enum(residenceDocuments).describe('Card or annex'),
    issuedOn: day.describe('Date on the document'),
    validUntil: day.optional().describe('Last day of validity, when the document states one'),
    box: z.int().min(1).max(20).optional().describe('Ticked box of an annex 15'),
    modelDate: day.optional().describe('Date of the model of the annex 15: the boxes were renumbered'),
    supports: z.array(z.enum(annex15Supports)).optional().describe('Documents shown together with it'),
    manualDecisionNeeded: z
      .boolean()
      .optional()
      .describe(
        'Law and circulars disagree on this document: the application waits until an official has decided on the residence',
      ),
  },
  (entry) => (entry.validUntil === undefined ? null : notBefore('validUntil', entry.validUntil, entry.issuedOn)),
)

const immigrationOfficeDecision = proof(
  'immigrationOfficeDecision',
  {
    nl: 'beslissing van de Dienst Vreemdelingenzaken',
    fr: "décision de l'Office des étrangers",
    de: 'Entscheidung des Ausländeramtes',
    en: 'decision of the Immigration Office',
  },
  'Decision of the Immigration Office',
  {
    decidedOn: day.describe('Day of the decision of the Immigration Office'),
    positive: z.boolean().describe('Authorisation to stay for more than three months was given'),
  },
)

const manualDecision = proof(
  'manualDecision',
  {
    nl: 'beslissing van de bevoegde ambtenaar',
    fr: 'décision du fonctionnaire compétent',
    de: 'Entscheidung des zuständigen Beamten',
    en: 'decision of the competent official',
  },
  'Decision of the competent official',
  {
    decidedOn: day.describe('Day on which the competent official decided'),
    positive: z.boolean().describe('The document is accepted as proof'),
  },
)

export const residenceProofs = { nationalRegisterEntry, residenceDocument, immigrationOfficeDecision, manualDecision }
