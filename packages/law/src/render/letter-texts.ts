import type { Language } from '@ziv/kernel'
import type { Confidence, LocalizedText } from '../types.ts'

/** Fixed sentences of the decision letter. */
export const letterTexts = {
  title: { nl: 'Beslissing', fr: 'Décision', de: 'Entscheidung', en: 'Decision' },
  days: {
    nl: 'Beslissing over uw recht van {from} tot en met {to}',
    fr: 'Décision sur votre droit du {from} au {to} inclus',
    de: 'Entscheidung über Ihr Recht vom {from} bis einschließlich {to}',
    en: 'Decision on your right from {from} until {to}',
  },
  person: { nl: 'Verzekerde', fr: 'Assuré', de: 'Versicherter', en: 'Insured person' },
  born: { nl: 'geboren op {day}', fr: 'né(e) le {day}', de: 'geboren am {day}', en: 'born on {day}' },
  member: { nl: 'lid van {fund}', fr: 'membre de {fund}', de: 'Mitglied von {fund}', en: 'member of {fund}' },
  personReference: {
    nl: 'persoonskenmerk {reference}',
    fr: 'référence de la personne {reference}',
    de: 'Personenkennzeichen {reference}',
    en: 'reference of the person {reference}',
  },
  withdrawn: {
    nl: 'Deze beslissing is ingetrokken op {day} en geldt niet meer.',
    fr: "Cette décision a été retirée le {day} et n'est plus valable.",
    de: 'Diese Entscheidung wurde am {day} zurückgenommen und gilt nicht mehr.',
    en: 'This decision was withdrawn on {day} and no longer stands.',
  },
  because: {
    nl: 'Reden van de intrekking: {what}, meegedeeld op {day}.',
    fr: 'Motif du retrait, communiqué le {day}: {what}.',
    de: 'Grund der Rücknahme: {what}, mitgeteilt am {day}.',
    en: 'Why it was withdrawn: {what}, told on {day}.',
  },
  replacedBy: {
    nl: 'In de plaats kwam beslissing {reference}: {outcome} van {from} tot en met {to}.',
    fr: 'Elle est remplacée par la décision {reference}: {outcome} du {from} au {to} inclus.',
    de: 'An ihre Stelle trat Entscheidung {reference}: {outcome} vom {from} bis einschließlich {to}.',
    en: 'It was replaced by decision {reference}: {outcome} from {from} until {to}.',
  },
  doAsReplaced: {
    nl: 'Wat u kunt doen en hoe u beroep instelt, staat in de beslissing die nu geldt.',
    fr: 'Ce que vous pouvez faire et les voies de recours figurent dans la décision qui vaut maintenant.',
    de: 'Was Sie tun können und wie Sie Rechtsmittel einlegen, steht in der Entscheidung, die jetzt gilt.',
    en: 'What you can do and how you appeal is in the decision that stands now.',
  },
  notReplaced: {
    nl: 'Voor deze dagen is er nu geen beslissing.',
    fr: "Pour ces jours il n'y a maintenant aucune décision.",
    de: 'Für diese Tage gibt es jetzt keine Entscheidung.',
    en: 'There is no decision on these days now.',
  },
  date: { nl: 'Datum', fr: 'Date', de: 'Datum', en: 'Date' },
  reference: { nl: 'Kenmerk', fr: 'Référence', de: 'Aktenzeichen', en: 'Reference' },
  granted: { nl: 'Toegekend', fr: 'Accordé', de: 'Bewilligt', en: 'Granted' },
  refused: { nl: 'Geweigerd', fr: 'Refusé', de: 'Abgelehnt', en: 'Refused' },
  provisional: {
    nl: 'voorlopig, tot over het gezinsinkomen beslist is',
    fr: "à titre provisoire, jusqu'à la décision sur le revenu du ménage",
    de: 'vorläufig, bis über das Familieneinkommen entschieden ist',
    en: 'provisionally, until the family income is decided',
  },
  grounds: { nl: 'Redenen', fr: 'Motifs', de: 'Gründe', en: 'Grounds' },
  repairs: {
    nl: 'Wat u kunt doen',
    fr: 'Ce que vous pouvez faire',
    de: 'Was Sie tun können',
    en: 'What you can do',
  },
  values: { nl: 'Gebruikte waarden', fr: 'Valeurs utilisées', de: 'Verwendete Werte', en: 'Values used' },
  unconfirmed: {
    nl: 'Deze beslissing steunt op waarden die nog niet bevestigd zijn.',
    fr: 'Cette décision repose sur des valeurs qui ne sont pas encore confirmées.',
    de: 'Diese Entscheidung beruht auf Werten, die noch nicht bestätigt sind.',
    en: 'This decision rests on values that are not confirmed yet.',
  },
  unconfirmedTitle: {
    nl: 'Waarden die nog niet bevestigd zijn',
    fr: 'Valeurs qui ne sont pas encore confirmées',
    de: 'Werte, die noch nicht bestätigt sind',
    en: 'Values that are not confirmed yet',
  },
  since: { nl: 'sinds {day}', fr: 'depuis le {day}', de: 'seit dem {day}', en: 'since {day}' },
  appealTitle: { nl: 'Beroep', fr: 'Recours', de: 'Rechtsmittel', en: 'Appeal' },
  appeal: {
    nl: 'U kunt deze beslissing binnen {months} maanden na de kennisgeving betwisten bij de arbeidsrechtbank van uw woonplaats (Handvest van de sociaal verzekerde, wet van 11 april 1995). Een verzoekschrift bij de griffie volstaat.',
    fr: "Vous pouvez contester cette décision dans les {months} mois de sa notification devant le tribunal du travail de votre domicile (Charte de l'assuré social, loi du 11 avril 1995). Une requête au greffe suffit.",
    de: 'Sie können diese Entscheidung binnen {months} Monaten nach der Zustellung vor dem Arbeitsgericht Ihres Wohnsitzes anfechten (Charta der Sozialversicherten, Gesetz vom 11. April 1995). Ein Antrag bei der Kanzlei genügt.',
    en: 'You can contest this decision within {months} months of its notification before the labour court of your place of residence (Charter of the socially insured, law of 11 April 1995). A petition at the registry is enough.',
  },
  appealNote: {
    nl: '[Deze beroepstermijn is nog niet bij een officiële bron nagekeken.]',
    fr: "[Ce délai de recours n'a pas encore été vérifié auprès d'une source officielle.]",
    de: '[Diese Rechtsmittelfrist wurde noch nicht an einer amtlichen Quelle geprüft.]',
    en: '[This term of appeal was not yet checked against an official source.]',
  },
} as const satisfies Record<string, LocalizedText>

/** What people read for how well a value is known. */
export const confidenceWords: Readonly<Record<Confidence, LocalizedText>> = {
  verified: { nl: 'nagekeken', fr: 'vérifié', de: 'geprüft', en: 'verified' },
  secondary: { nl: 'uit tweede hand', fr: 'source secondaire', de: 'aus zweiter Hand', en: 'secondary' },
  derived: { nl: 'afgeleid', fr: 'dérivé', de: 'abgeleitet', en: 'derived' },
  assumed: { nl: 'aangenomen', fr: 'supposé', de: 'angenommen', en: 'assumed' },
}

/** A number with its unit: the word for one, and for several. */
export const unitWords: Readonly<Record<'years' | 'months' | 'days' | 'age', Readonly<Record<Language, Pair>>>> = {
  years: { nl: ['jaar', 'jaar'], fr: ['an', 'ans'], de: ['Jahr', 'Jahre'], en: ['year', 'years'] },
  months: { nl: ['maand', 'maanden'], fr: ['mois', 'mois'], de: ['Monat', 'Monate'], en: ['month', 'months'] },
  days: { nl: ['dag', 'dagen'], fr: ['jour', 'jours'], de: ['Tag', 'Tage'], en: ['day', 'days'] },
  age: { nl: ['jaar', 'jaar'], fr: ['an', 'ans'], de: ['Jahr', 'Jahre'], en: ['year', 'years'] },
}
type Pair = readonly [one: string, several: string]
