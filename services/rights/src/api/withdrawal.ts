import { dateOf, type IsoDate, type Language } from '@ziv/kernel'
import { type LetterOptions, type LetterWithdrawal, loadZiekenfondsen } from '@ziv/law'
import type { z } from 'zod'
import type { Dossier, Fact } from '../domain/facts.ts'
import type { Withdrawal } from '../projections/decisions.ts'
import type { withdrawalSchema } from './schemas.ts'

type Words = Readonly<Record<Language, string>>

/** What was told, in words, by the kind of the fact. */
const told: Readonly<Record<Fact['kind'], Words>> = {
  affiliationOpened: { nl: 'een aansluiting', fr: 'une affiliation', de: 'ein Beitritt', en: 'an affiliation' },
  affiliationClosed: {
    nl: 'het einde van een aansluiting',
    fr: "la fin d'une affiliation",
    de: 'das Ende einer Mitgliedschaft',
    en: 'the end of an affiliation',
  },
  capacityAcquired: {
    nl: 'een nieuwe hoedanigheid',
    fr: 'une nouvelle qualité',
    de: 'eine neue Eigenschaft',
    en: 'a new capacity',
  },
  capacityEnded: {
    nl: 'het einde van een hoedanigheid',
    fr: "la fin d'une qualité",
    de: 'das Ende einer Eigenschaft',
    en: 'the end of a capacity',
  },
  died: { nl: 'een overlijden', fr: 'un décès', de: 'ein Todesfall', en: 'a death' },
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
