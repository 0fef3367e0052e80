import type { Words } from '@ziv/kernel'
import type { EvidenceKind, EvidenceOf } from '../domain/evidence.ts'

/** What people read for a kind of proof. */
export const proofWords: Readonly<Record<EvidenceKind, Words>> = {
  employerProof: {
    nl: 'bewijs van onderwerping van de werkgever',
    fr: "preuve d'assujettissement de l'employeur",
    de: 'Nachweis der Unterstellung durch den Arbeitgeber',
    en: 'proof of subjection of the employer',
  },
  employmentContract: {
    nl: 'arbeidsovereenkomst',
    fr: 'contrat de travail',
    de: 'Arbeitsvertrag',
    en: 'contract of employment',
  },
  contributionSlip: {
    nl: 'bijdragebon',
    fr: 'bon de cotisation',
    de: 'Beitragsbescheinigung',
    en: 'contribution slip',
  },
  railwayStaffAttest: {
    nl: 'attest van HR Rail',
    fr: 'attestation de HR Rail',
    de: 'Bescheinigung von HR Rail',
    en: 'attest of HR Rail',
  },
  socialInsuranceFundAttest: {
    nl: 'attest van een sociaal verzekeringsfonds',
    fr: "attestation d'une caisse d'assurances sociales",
    de: 'Bescheinigung einer Sozialversicherungskasse',
    en: 'attest of a social insurance fund',
  },
  enrolmentCertificate: {
    nl: 'inschrijvingsbewijs van een instelling voor hoger onderwijs',
    fr: "certificat d'inscription dans l'enseignement supérieur",
    de: 'Einschreibungsbescheinigung einer Hochschule',
    en: 'certificate of enrolment in higher education',
  },
  nationalRegisterEntry: {
    nl: 'inschrijving in het Rijksregister',
    fr: 'inscription au Registre national',
    de: 'Eintragung im Nationalregister',
    en: 'registration in the National Register',
  },
  residenceDocument: {
    nl: 'verblijfsdocument',
    fr: 'document de séjour',
    de: 'Aufenthaltsdokument',
    en: 'residence document',
  },
  immigrationOfficeDecision: {
    nl: 'beslissing van de Dienst Vreemdelingenzaken',
    fr: "décision de l'Office des étrangers",
    de: 'Entscheidung des Ausländeramtes',
    en: 'decision of the Immigration Office',
  },
  manualDecision: {
    nl: 'beslissing van de bevoegde ambtenaar',
    fr: 'décision du fonctionnaire compétent',
    de: 'Entscheidung des zuständigen Beamten',
    en: 'decision of the competent official',
  },
  marriageCertificate: { nl: 'huwelijksakte', fr: 'acte de mariage', de: 'Heiratsurkunde', en: 'marriage certificate' },
  cohabitationApplication: {
    nl: 'aanvraag tot inschrijving op hetzelfde adres',
    fr: "demande d'inscription à la même adresse",
    de: 'Antrag auf Eintragung an derselben Adresse',
    en: 'application for registration at the same address',
  },
  householdComposition: {
    nl: 'gezinssamenstelling',
    fr: 'composition de ménage',
    de: 'Haushaltszusammensetzung',
    en: 'household composition',
  },
  incomeProof: { nl: 'bewijs van inkomen', fr: 'preuve de revenus', de: 'Einkommensnachweis', en: 'proof of income' },
  birthAct: { nl: 'geboorteakte', fr: 'acte de naissance', de: 'Geburtsurkunde', en: 'birth act' },
  adoptionAct: { nl: 'adoptieakte', fr: "acte d'adoption", de: 'Adoptionsurkunde', en: 'adoption act' },
  fosterProof: {
    nl: 'bewijs van pleegplaatsing',
    fr: "preuve d'un placement familial",
    de: 'Nachweis einer Pflegeunterbringung',
    en: 'proof of a foster placement',
  },
  migratedRecord: {
    nl: 'gegeven uit een vroeger systeem',
    fr: "donnée d'un système antérieur",
    de: 'Angabe aus einem früheren System',
    en: 'record of an earlier system',
  },
  pensionAttest: {
    nl: 'attest van de Federale Pensioendienst',
    fr: 'attestation du Service fédéral des Pensions',
    de: 'Bescheinigung des Föderalen Pensionsdienstes',
    en: 'attest of the Federal Pension Service',
  },
}

type Document = EvidenceOf<'residenceDocument'>['document']
const card = (letter: string): Words => ({
  nl: `kaart ${letter}`,
  fr: `carte ${letter}`,
  de: `Karte ${letter}`,
  en: `card ${letter}`,
})
const annex = (number: string): Words => ({
  nl: `bijlage ${number}`,
  fr: `annexe ${number}`,
  de: `Anlage ${number}`,
  en: `annex ${number}`,
})

/** What people read for a document of residence. */
export const documentWords: Readonly<Record<Document, Words>> = {
  cardA: card('A'),
  cardB: card('B'),
  cardK: card('K'),
  cardL: card('L'),
  cardEu: card('EU'),
  cardEuPlus: card('EU+'),
  cardF: card('F'),
  cardFPlus: card('F+'),
  cardH: card('H'),
  cardM: card('M'),
  annex8ter: annex('8ter'),
  annex8quater: annex('8quater'),
  annex15: annex('15'),
  certificateOfRegistration: {
    nl: 'attest van immatriculatie',
    fr: "attestation d'immatriculation",
    de: 'Registrierungsbescheinigung',
    en: 'certificate of registration',
  },
  annex25: annex('25'),
  annex26: annex('26'),
}

/** What people read for a field that a refusal names: of a proof, of a capacity or of a person. */
export const fieldWords: Readonly<Record<string, Words>> = {
  issuedOn: { nl: 'datum van het stuk', fr: 'date du document', de: 'Datum des Dokuments', en: 'date of the document' },
  startsOn: { nl: 'eerste werkdag', fr: 'premier jour de travail', de: 'erster Arbeitstag', en: 'first day of work' },
  quarter: { nl: 'kwartaal', fr: 'trimestre', de: 'Quartal', en: 'quarter' },
  academicYear: { nl: 'academiejaar', fr: 'année académique', de: 'akademisches Jahr', en: 'academic year' },
  registeredOn: {
    nl: 'datum van inschrijving',
    fr: "date d'inscription",
    de: 'Datum der Eintragung',
    en: 'date of registration',
  },
  validUntil: {
    nl: 'laatste dag van geldigheid',
    fr: 'dernier jour de validité',
    de: 'letzter Gültigkeitstag',
    en: 'last day of validity',
  },
  box: { nl: 'aangekruist vak', fr: 'case cochée', de: 'angekreuztes Feld', en: 'ticked box' },
  modelDate: { nl: 'datum van het model', fr: 'date du modèle', de: 'Datum des Musters', en: 'date of the model' },
  decidedOn: {
    nl: 'datum van de beslissing',
    fr: 'date de la décision',
    de: 'Datum der Entscheidung',
    en: 'date of the decision',
  },
  marriedOn: {
    nl: 'datum van het huwelijk',
    fr: 'date du mariage',
    de: 'Datum der Heirat',
    en: 'date of the marriage',
  },
  appliedOn: {
    nl: 'datum van de aanvraag',
    fr: 'date de la demande',
    de: 'Datum des Antrags',
    en: 'date of the application',
  },
  sameAddress: { nl: 'zelfde adres', fr: 'même adresse', de: 'gleiche Adresse', en: 'same address' },
  holderSpouseInHousehold: {
    nl: 'of een echtgenoot van de gerechtigde daar woont',
    fr: 'si un conjoint du titulaire y habite',
    de: 'ob ein Ehepartner des Berechtigten dort wohnt',
    en: 'whether a spouse of the holder lives there',
  },
  acquiredOn: {
    nl: 'eerste dag van de hoedanigheid',
    fr: 'premier jour de la qualité',
    de: 'erster Tag der Eigenschaft',
    en: 'first day of the capacity',
  },
  requestedOn: {
    nl: 'datum van de vraag',
    fr: 'date de la demande',
    de: 'Datum der Anfrage',
    en: 'date of the request',
  },
  from: { nl: 'eerste dag', fr: 'premier jour', de: 'erster Tag', en: 'first day' },
  to: { nl: 'laatste dag', fr: 'dernier jour', de: 'letzter Tag', en: 'last day' },
  diedOn: { nl: 'datum van overlijden', fr: 'date du décès', de: 'Todestag', en: 'date of death' },
  birthDate: { nl: 'geboortedatum', fr: 'date de naissance', de: 'Geburtsdatum', en: 'date of birth' },
  sex: { nl: 'geslacht', fr: 'sexe', de: 'Geschlecht', en: 'sex' },
}
