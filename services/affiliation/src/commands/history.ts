import { type Language, paramInWords, type Words } from '@ziv/kernel'
import type { PersonEvent, PersonEventType } from '../domain/person.events.ts'
import { wordsOf } from './code-words.ts'

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
    nl: 'Een bewijs werd toegevoegd.',
    fr: 'Une preuve a été ajoutée.',
    de: 'Ein Nachweis wurde hinzugefügt.',
    en: 'Evidence was added.',
  },
  AffiliationCorrected: {
    nl: 'De aansluiting bij {ziekenfonds} werd verbeterd: van {from} tot {to} ({because}).',
    fr: 'L’affiliation auprès de {ziekenfonds} a été corrigée : du {from} au {to} ({because}).',
    de: 'Der Anschluss bei {ziekenfonds} wurde berichtigt: vom {from} bis {to} ({because}).',
    en: 'The affiliation with {ziekenfonds} was corrected: from {from} to {to} ({because}).',
  },
  AffiliationWithdrawn: {
    nl: 'De aansluiting bij {ziekenfonds} werd ingetrokken: ze heeft nooit bestaan ({because}).',
    fr: 'L’affiliation auprès de {ziekenfonds} a été retirée : elle n’a jamais existé ({because}).',
    de: 'Der Anschluss bei {ziekenfonds} wurde zurückgenommen: er hat nie bestanden ({because}).',
    en: 'The affiliation with {ziekenfonds} was withdrawn: it never was ({because}).',
  },
  CapacityCorrected: {
    nl: 'Hoedanigheid {capacity} werd verbeterd: van {from} tot {to} ({because}).',
    fr: 'Qualité {capacity} corrigée : du {from} au {to} ({because}).',
    de: 'Eigenschaft {capacity} berichtigt: vom {from} bis {to} ({because}).',
    en: 'Capacity {capacity} was corrected: from {from} to {to} ({because}).',
  },
  CapacityWithdrawn: {
    nl: 'Hoedanigheid {capacity} werd ingetrokken: geen dag ervan telt ({because}).',
    fr: 'Qualité {capacity} retirée : aucun jour n’en compte ({because}).',
    de: 'Eigenschaft {capacity} zurückgenommen: kein Tag davon zählt ({because}).',
    en: 'Capacity {capacity} was withdrawn: no day of it counts ({because}).',
  },
  EvidenceCorrected: {
    nl: 'Een bewijs werd verbeterd of ingetrokken ({because}).',
    fr: 'Une preuve a été corrigée ou retirée ({because}).',
    de: 'Ein Nachweis wurde berichtigt oder zurückgenommen ({because}).',
    en: 'Evidence was corrected or withdrawn ({because}).',
  },
  DependantCorrected: {
    nl: 'De dagen van een persoon ten laste werden verbeterd: van {from} tot {to}.',
    fr: 'Les jours d’une personne à charge ont été corrigés : du {from} au {to}.',
    de: 'Die Tage einer Person zu Lasten wurden berichtigt: vom {from} bis {to}.',
    en: 'The days of a dependant were corrected: from {from} to {to}.',
  },
  DependantWithdrawn: {
    nl: 'Een persoon ten laste werd ingetrokken.',
    fr: 'Une personne à charge a été retirée.',
    de: 'Eine Person zu Lasten wurde zurückgenommen.',
    en: 'A dependant was withdrawn.',
  },
  PersonCorrected: {
    nl: 'Geboortedatum, geslacht of overlijden werd verbeterd ({because}).',
    fr: 'La date de naissance, le sexe ou le décès a été corrigé ({because}).',
    de: 'Geburtsdatum, Geschlecht oder Tod wurde berichtigt ({because}).',
    en: 'Date of birth, sex or death was corrected ({because}).',
  },
  DependantAdded: {
    nl: 'Heeft een persoon ten laste ({capacity}) vanaf {from}.',
    fr: 'A une personne à charge ({capacity}) à partir du {from}.',
    de: 'Hat eine Person zu Lasten ({capacity}) ab {from}.',
    en: 'Has a dependant ({capacity}) from {from}.',
  },
  DependantReleased: {
    nl: 'Heeft een persoon niet meer ten laste na {to}.',
    fr: 'N’a plus une personne à charge après le {to}.',
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

/** A last day that is not there is a row of dots, as on the forms. */
const wordOf = (name: string, value: unknown, language: Language): string =>
  value === null ? '...' : (wordsOf(name, value)?.[language] ?? paramInWords(name, String(value ?? ''), language))

/** What happened, in one sentence. */
export function describeEvent(event: PersonEvent, language: Language): string {
  const values = event.data as Readonly<Record<string, unknown>>
  return sentences[event.type][language].replace(/\{(\w+)\}/g, (_place, name: string) =>
    wordOf(name, values[name], language),
  )
}
