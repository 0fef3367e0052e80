import type { Words } from '@ziv/kernel'
import type { EvidenceKind, EvidenceOf } from '../domain/evidence.ts'
import { proofKinds } from '../domain/proofs.ts'

/** What people read for a kind of proof, as its own file says it. */
export const proofWords = Object.fromEntries(
  Object.values(proofKinds).map(({ kind, words }) => [kind, words]),
) as Readonly<Record<EvidenceKind, Words>>

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
