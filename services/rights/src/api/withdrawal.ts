import { dateOf, type IsoDate, type Language } from '@ziv/kernel'
import { type LetterOptions, type LetterWithdrawal, loadZiekenfondsen } from '@ziv/law'
import type { z } from 'zod'
import type { Dossier, Fact } from '../domain/facts.ts'
import type { Withdrawal } from '../projections/decisions.ts'
import type { withdrawalSchema } from './schemas.ts'

type Words = Readonly<Record<Language, string>>

/** What was told, in words, by the kind of the fact. */
const told: Readonly<Record<Fact['kind'], Words>> = {
  opened: { nl: 'een aansluiting', fr: 'une affiliation', de: 'ein Beitritt', en: 'an affiliation' },
  closed: {
    nl: 'het einde van een aansluiting',
    fr: "la fin d'une affiliation",
    de: 'das Ende einer Mitgliedschaft',
    en: 'the end of an affiliation',
  },
  affiliationCorrected: {
    nl: 'de rechtzetting van een aansluiting',
    fr: "la correction d'une affiliation",
    de: 'die Berichtigung einer Mitgliedschaft',
    en: 'the correction of an affiliation',
  },
  affiliationWithdrawn: {
    nl: 'de intrekking van een aansluiting',
    fr: "le retrait d'une affiliation",
    de: 'die Rücknahme einer Mitgliedschaft',
    en: 'the withdrawal of an affiliation',
  },
  acquired: {
    nl: 'een nieuwe hoedanigheid',
    fr: 'une nouvelle qualité',
    de: 'eine neue Eigenschaft',
    en: 'a new capacity',
  },
  ended: {
    nl: 'het einde van een hoedanigheid',
    fr: "la fin d'une qualité",
    de: 'das Ende einer Eigenschaft',
    en: 'the end of a capacity',
  },
  requested: {
    nl: 'de aanvraag van een hoedanigheid',
    fr: "la demande d'une qualité",
    de: 'der Antrag auf eine Eigenschaft',
    en: 'the request of a capacity',
  },
  refused: {
    nl: 'de weigering van een hoedanigheid',
    fr: "le refus d'une qualité",
    de: 'die Ablehnung einer Eigenschaft',
    en: 'the refusal of a capacity',
  },
  capacityCorrected: {
    nl: 'de rechtzetting van een hoedanigheid',
    fr: "la correction d'une qualité",
    de: 'die Berichtigung einer Eigenschaft',
    en: 'the correction of a capacity',
  },
  capacityWithdrawn: {
    nl: 'de intrekking van een hoedanigheid',
    fr: "le retrait d'une qualité",
    de: 'die Rücknahme einer Eigenschaft',
    en: 'the withdrawal of a capacity',
  },
  died: { nl: 'een overlijden', fr: 'un décès', de: 'ein Todesfall', en: 'a death' },
  personCorrected: {
    nl: 'de rechtzetting van persoonsgegevens',
    fr: 'la correction de données personnelles',
    de: 'die Berichtigung von Personendaten',
    en: 'the correction of personal data',
  },
  erased: {
    nl: 'het wissen van persoonsgegevens',
    fr: "l'effacement de données personnelles",
    de: 'die Löschung von Personendaten',
    en: 'the erasure of personal data',
  },
  assessed: {
    nl: 'de beoordeling van de bijdragen van een refertejaar',
    fr: "l'évaluation des cotisations d'une année de référence",
    de: 'die Beurteilung der Beiträge eines Referenzjahres',
    en: 'the assessment of the contributions of a reference year',
  },
}

/** A withdrawal as the API tells it. */
export const withdrawalOf = (
  { at, because, replacedBy }: Withdrawal,
  language: Language,
): z.infer<typeof withdrawalSchema> => ({
  at,
  because: because.map(({ eventId, kind, recordedAt }) => ({ eventId, recordedAt, text: told[kind][language] })),
  replacedBy: replacedBy.map(({ decisionId, outcome, from, to }) => ({ decisionId, outcome, from, to })),
})

/** A withdrawal as a letter tells it. */
export const letterWithdrawalOf = ({ at, because, replacedBy }: Withdrawal, language: Language): LetterWithdrawal => ({
  on: dateOf(at),
  because: because.map(({ kind, recordedAt }) => ({ what: told[kind][language], on: dateOf(recordedAt) })),
  replacedBy: replacedBy.map(({ decisionId, outcome, from, to }) => ({ reference: decisionId, outcome, from, to })),
})

/** Whom a letter is about, and the ziekenfonds of the first day it decides. */
export function letterPersonOf(
  dossier: Dossier,
  day: IsoDate,
  language: Language,
): NonNullable<LetterOptions['person']> {
  const { affiliations, birthDate, personId } = dossier
  const member = affiliations.findLast(({ from }) => from <= day) ?? affiliations[0]
  const code = member?.ziekenfonds ?? ''
  const names =
    loadZiekenfondsen().ziekenfondsen.find((fund) => fund.code === code) ?? loadZiekenfondsen().nameOf(code, day)
  const name = names === null || names === undefined ? '' : ` ${language === 'fr' ? names.fr : names.nl}`
  return { reference: personId, birthDate, fund: `${code}${name}` }
}
