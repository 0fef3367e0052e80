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

const proof: Words = { nl: 'soort bewijs', fr: 'type de preuve', de: 'Art des Nachweises', en: 'kind of proof' }
const documentWord: Words = { nl: 'stuk', fr: 'document', de: 'Dokument', en: 'document' }

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
  ssin: { nl: 'INSZ', fr: 'NISS', de: 'ENSS', en: 'INSZ' },
  reason: { nl: 'reden van het einde', fr: 'motif de la fin', de: 'Grund des Endes', en: 'reason of the end' },
  claimedFrom: {
    nl: 'gevraagde eerste dag',
    fr: 'premier jour demandé',
    de: 'beantragter erster Tag',
    en: 'first day that was asked',
  },
  leftOn: {
    nl: 'gemelde dag van vertrek',
    fr: 'jour de départ communiqué',
    de: 'gemeldeter Tag des Abgangs',
    en: 'day of departure as it was told',
  },
  ruleStart: {
    nl: 'eerste dag volgens de regel van de hoedanigheid',
    fr: 'premier jour selon la règle de la qualité',
    de: 'erster Tag nach der Regel der Eigenschaft',
    en: 'first day by the rule of the capacity',
  },
  endedOn: {
    nl: 'gemelde laatste dag',
    fr: 'dernier jour communiqué',
    de: 'gemeldeter letzter Tag',
    en: 'last day as it was told',
  },
  ...{ kind: proof, document: documentWord },
  grossCents: {
    nl: 'bruto kwartaalinkomen',
    fr: 'revenu trimestriel brut',
    de: 'Brutto-Quartalseinkommen',
    en: 'gross quarterly income',
  },
  source: { nl: 'bron', fr: 'source', de: 'Quelle', en: 'source' },
  activity: { nl: 'statuut', fr: 'statut', de: 'Statut', en: 'status' },
  rszNumber: { nl: 'RSZ-nummer', fr: 'numéro ONSS', de: 'LSS-Nummer', en: 'RSZ number' },
  fundNumber: {
    nl: 'nummer van het sociaal verzekeringsfonds',
    fr: "numéro de la caisse d'assurances sociales",
    de: 'Nummer der Sozialversicherungskasse',
    en: 'number of the social insurance fund',
  },
  institution: { nl: 'instelling', fr: 'établissement', de: 'Einrichtung', en: 'institution' },
  recognised: {
    nl: 'erkende instelling',
    fr: 'établissement reconnu',
    de: 'anerkannte Einrichtung',
    en: 'recognised institution',
  },
  positive: {
    nl: 'positieve beslissing',
    fr: 'décision positive',
    de: 'positive Entscheidung',
    en: 'positive decision',
  },
  accepted: { nl: 'aanvaard', fr: 'accepté', de: 'angenommen', en: 'accepted' },
  foreign: { nl: 'buitenlands stuk', fr: 'document étranger', de: 'ausländisches Dokument', en: 'foreign document' },
  legalised: {
    nl: 'gelegaliseerd en vertaald',
    fr: 'légalisé et traduit',
    de: 'beglaubigt und übersetzt',
    en: 'legalised and translated',
  },
  ownFreeRight: {
    nl: 'eigen gratis recht',
    fr: 'droit propre gratuit',
    de: 'eigener kostenloser Anspruch',
    en: 'free right of the person',
  },
  manualDecisionNeeded: {
    nl: 'beslissing van de bevoegde ambtenaar nodig',
    fr: 'décision du fonctionnaire compétent nécessaire',
    de: 'Entscheidung des zuständigen Beamten nötig',
    en: 'decision of the competent official needed',
  },
}
