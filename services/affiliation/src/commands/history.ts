import { fillPlaces, type Language, paramInWords, type Words } from '@ziv/kernel'
import type { Evidence } from '../domain/evidence.ts'
import type { PersonEvent, PersonEventType } from '../domain/person.events.ts'
import { wordsOf } from './code-words.ts'
import type { FieldChange } from './history-changes.ts'

const sentences: Readonly<Record<PersonEventType, Words>> = {
  PersonRegistered: {
    nl: 'De persoon werd geregistreerd.',
    fr: 'La personne a été enregistrée.',
    de: 'Die Person wurde registriert.',
    en: 'The person was registered.',
  },
  IdentifierReplaced: {
    nl: 'Het identificatienummer werd vervangen.',
    fr: 'Le numéro d’identification a été remplacé.',
    de: 'Die Identifikationsnummer wurde ersetzt.',
    en: 'The identification number was replaced.',
  },
  AffiliationOpened: {
    nl: 'Aangesloten bij {ziekenfonds} vanaf {from}, aangevraagd op {requestedOn}.',
    fr: 'Affiliée auprès de {ziekenfonds} à partir du {from}, demande du {requestedOn}.',
    de: 'Angeschlossen bei {ziekenfonds} ab {from}, beantragt am {requestedOn}.',
    en: 'Affiliated with {ziekenfonds} from {from}, requested on {requestedOn}.',
  },
  AffiliationClosed: {
    nl: 'De aansluiting bij {ziekenfonds} eindigde op {to} ({reason}).',
    fr: 'L’affiliation auprès de {ziekenfonds} a pris fin le {to} ({reason}).',
    de: 'Der Anschluss bei {ziekenfonds} endete am {to} ({reason}).',
    en: 'The affiliation with {ziekenfonds} ended on {to} ({reason}).',
  },
  CapacityRequested: {
    nl: 'Hoedanigheid {capacity} gevraagd op {requestedOn}; wacht op {waitingFor}.',
    fr: 'Qualité {capacity} demandée le {requestedOn} ; attend {waitingFor}.',
    de: 'Eigenschaft {capacity} beantragt am {requestedOn}; wartet auf {waitingFor}.',
    en: 'Capacity {capacity} requested on {requestedOn}; waits for {waitingFor}.',
  },
  CapacityRefused: {
    nl: 'Hoedanigheid {capacity} geweigerd op {decidedOn}.',
    fr: 'Qualité {capacity} refusée le {decidedOn}.',
    de: 'Eigenschaft {capacity} abgelehnt am {decidedOn}.',
    en: 'Capacity {capacity} refused on {decidedOn}.',
  },
  CapacityAcquired: {
    nl: 'Verzekerd als {capacity} vanaf {from}: verworven op {acquiredOn}, aangevraagd op {requestedOn}.',
    fr: 'Assurée comme {capacity} à partir du {from} : acquise le {acquiredOn}, demandée le {requestedOn}.',
    de: 'Versichert als {capacity} ab {from}: erworben am {acquiredOn}, beantragt am {requestedOn}.',
    en: 'Insured as {capacity} from {from}: acquired on {acquiredOn}, requested on {requestedOn}.',
  },
  CapacityEnded: {
    nl: 'Hoedanigheid {capacity} eindigde op {to}.',
    fr: 'Qualité {capacity} terminée le {to}.',
    de: 'Eigenschaft {capacity} endete am {to}.',
    en: 'Capacity {capacity} ended on {to}.',
  },
  EvidenceRecorded: {
    nl: 'Een bewijs werd toegevoegd: {evidence}.',
    fr: 'Une preuve a été ajoutée : {evidence}.',
    de: 'Ein Nachweis wurde hinzugefügt: {evidence}.',
    en: 'Evidence was added: {evidence}.',
  },
  AffiliationCorrected: {
    nl: 'De aansluiting bij {ziekenfonds} werd verbeterd ({because}).',
    fr: 'L’affiliation auprès de {ziekenfonds} a été corrigée ({because}).',
    de: 'Der Anschluss bei {ziekenfonds} wurde berichtigt ({because}).',
    en: 'The affiliation with {ziekenfonds} was corrected ({because}).',
  },
  AffiliationWithdrawn: {
    nl: 'De aansluiting bij {ziekenfonds} werd ingetrokken, ze heeft nooit bestaan ({because}).',
    fr: 'L’affiliation auprès de {ziekenfonds} a été retirée, elle n’a jamais existé ({because}).',
    de: 'Der Anschluss bei {ziekenfonds} wurde zurückgenommen, er hat nie bestanden ({because}).',
    en: 'The affiliation with {ziekenfonds} was withdrawn, it never was ({because}).',
  },
  CapacityCorrected: {
    nl: 'Hoedanigheid {capacity} werd verbeterd ({because}).',
    fr: 'Qualité {capacity} corrigée ({because}).',
    de: 'Eigenschaft {capacity} berichtigt ({because}).',
    en: 'Capacity {capacity} was corrected ({because}).',
  },
  CapacityWithdrawn: {
    nl: 'Hoedanigheid {capacity} werd ingetrokken, geen dag ervan telt ({because}).',
    fr: 'Qualité {capacity} retirée, aucun jour n’en compte ({because}).',
    de: 'Eigenschaft {capacity} zurückgenommen, kein Tag davon zählt ({because}).',
    en: 'Capacity {capacity} was withdrawn, no day of it counts ({because}).',
  },
  EvidenceCorrected: {
    nl: 'Een bewijs werd verbeterd of ingetrokken ({because}).',
    fr: 'Une preuve a été corrigée ou retirée ({because}).',
    de: 'Ein Nachweis wurde berichtigt oder zurückgenommen ({because}).',
    en: 'Evidence was corrected or withdrawn ({because}).',
  },
  DependantCorrected: {
    nl: 'De dagen van een persoon ten laste werden verbeterd.',
    fr: 'Les jours d’une personne à charge ont été corrigés.',
    de: 'Die Tage einer Person zu Lasten wurden berichtigt.',
    en: 'The days of a dependant were corrected.',
  },
  DependantWithdrawn: {
    nl: 'Een persoon ten laste werd ingetrokken.',
    fr: 'Une personne à charge a été retirée.',
    de: 'Eine Person zu Lasten wurde zurückgenommen.',
    en: 'A dependant was withdrawn.',
  },
  PersonCorrected: {
    nl: 'De gegevens van de persoon werden verbeterd ({because}).',
    fr: 'Les données de la personne ont été corrigées ({because}).',
    de: 'Die Daten der Person wurden berichtigt ({because}).',
    en: 'The data of the person were corrected ({because}).',
  },
  DependantAdded: {
    nl: 'Heeft een persoon ten laste ({capacity}) vanaf {from}.',
    fr: 'A une personne à charge ({capacity}) à partir du {from}.',
    de: 'Hat eine Person zu Lasten ({capacity}) ab {from}.',
    en: 'Has a dependant ({capacity}) from {from}.',
  },
  DependantReleased: {
    nl: 'Heeft een persoon niet meer ten laste na {to}.',
    fr: 'N’a plus cette personne à charge après le {to}.',
    de: 'Hat eine Person nach dem {to} nicht mehr zu Lasten.',
    en: 'No longer has a dependant after {to}.',
  },
  PersonDied: {
    nl: 'Overleden op {diedOn}.',
    fr: 'Décédée le {diedOn}.',
    de: 'Verstorben am {diedOn}.',
    en: 'Died on {diedOn}.',
  },
  PersonErased: {
    nl: 'De persoonsgegevens werden gewist.',
    fr: 'Les données personnelles ont été effacées.',
    de: 'Die personenbezogenen Daten wurden gelöscht.',
    en: 'The personal data was erased.',
  },
}

const wordOf = (name: string, value: unknown, language: Language): string =>
  wordsOf(name, value)?.[language] ?? paramInWords(name, String(value ?? ''), language)

const changed: Words = {
  nl: '{field} was {was}, is nu {is}',
  fr: '{field} était {was}, est maintenant {is}',
  de: '{field} war {was}, ist jetzt {is}',
  en: '{field} was {was}, is now {is}',
}
const removed: Words = {
  nl: '{field} was {was} en is nu niet meer vermeld',
  fr: '{field} était {was} et n’est plus indiqué',
  de: '{field} war {was} und ist nicht mehr angegeben',
  en: '{field} was {was} and is no longer given',
}
const added: Words = {
  nl: '{field} was niet vermeld en is nu {is}',
  fr: '{field} n’était pas indiqué et est maintenant {is}',
  de: '{field} war nicht angegeben und ist jetzt {is}',
  en: '{field} was not given and is now {is}',
}

/** A changed field as people read it, with the value it had and the one it has. */
function describeChange({ field, was, is }: FieldChange, language: Language): string {
  const values: Readonly<Record<string, string>> = {
    field: wordOf('field', field, language),
    was: wordOf(field, was, language),
    is: wordOf(field, is, language),
  }
  const said = is === undefined ? removed : was === undefined ? added : changed
  return fillPlaces(said[language], (name) => values[name])
}

const outcomes: Readonly<Record<'true' | 'false', Words>> = {
  true: { nl: 'positief', fr: 'positive', de: 'positiv', en: 'positive' },
  false: { nl: 'negatief', fr: 'négative', de: 'negativ', en: 'negative' },
}

/** A proof by its kind; of a decision also what was decided. */
function describeProof(proof: Evidence, language: Language): string {
  const kind = wordOf('evidence', proof.kind, language)
  return 'positive' in proof ? `${kind} (${outcomes[`${proof.positive}`][language]})` : kind
}

const textOf = (name: string, value: unknown, language: Language): string =>
  name === 'evidence' ? describeProof(value as Evidence, language) : wordOf(name, value, language)

const roles: Readonly<Record<Named['role'], Words>> = {
  dependant: {
    nl: 'Persoon ten laste: {name}, {ssin} {number}.',
    fr: 'Personne à charge : {name}, {ssin} {number}.',
    de: 'Person zu Lasten: {name}, {ssin} {number}.',
    en: 'Dependant: {name}, {ssin} {number}.',
  },
  holder: {
    nl: 'Titularis: {name}, {ssin} {number}.',
    fr: 'Titulaire : {name}, {ssin} {number}.',
    de: 'Berechtigter: {name}, {ssin} {number}.',
    en: 'Holder: {name}, {ssin} {number}.',
  },
}

/** Another person that an event is about, for a reader who may know the name. */
export interface Named {
  readonly role: 'dependant' | 'holder'
  readonly identity: { readonly ssin: string; readonly lastName: string; readonly firstNames: string }
}

/** Who else an event is about, in one sentence. */
export function describeOther({ role, identity }: Named, language: Language): string {
  const { ssin, lastName, firstNames } = identity
  const values: Readonly<Record<string, string>> = {
    ...{ name: `${firstNames} ${lastName}`, number: ssin },
    ssin: wordOf('field', 'ssin', language),
  }
  return fillPlaces(roles[role][language], (name) => values[name])
}

/** What happened, in one sentence; of a correction with every field that it changed. */
export function describeEvent(event: PersonEvent, language: Language, changes: readonly FieldChange[] = []): string {
  const values = event.data as Readonly<Record<string, unknown>>
  const said = fillPlaces(sentences[event.type][language], (name) => textOf(name, values[name], language))
  if (changes.length === 0) return said
  const colon = language === 'fr' ? ' : ' : ': '
  return `${said.slice(0, -1)}${colon}${changes.map((change) => describeChange(change, language)).join('; ')}.`
}
