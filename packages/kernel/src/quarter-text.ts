import { numberOfQuarter, type Quarter, yearOfQuarter } from './quarter.ts'
import type { Language } from './rejection.ts'

/** The word of a place from one to four. */
const places: Readonly<Record<Language, readonly [string, string, string, string]>> = {
  nl: ['1e', '2e', '3e', '4e'],
  fr: ['1er', '2e', '3e', '4e'],
  de: ['1.', '2.', '3.', '4.'],
  en: ['1st', '2nd', '3rd', '4th'],
}

/** Quarters of one year: their places in words, and the year. */
const quarterWords: Readonly<Record<Language, (places: string, several: boolean, year: number) => string>> = {
  nl: (named, _, year) => `het ${named} kwartaal van ${year}`,
  fr: (named, several, year) => (several ? `les ${named} trimestres ${year}` : `le ${named} trimestre ${year}`),
  de: (named, _, year) => `das ${named} Quartal ${year}`,
  en: (named, several, year) => `the ${named} ${several ? 'quarters' : 'quarter'} of ${year}`,
}

/** Quarters in the order given, year by year: `het 1e, 2e en 4e kwartaal van 2023` in nl. */
function formatQuarters(quarters: readonly Quarter[], language: Language): string {
  const list = new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type: 'conjunction' })
  const years = [...Map.groupBy(quarters, yearOfQuarter)].map(([year, ofYear]) => {
    const named = ofYear.map((quarter) => places[language][numberOfQuarter(quarter) - 1] as string)
    return quarterWords[language](list.format(named), named.length > 1, year)
  })
  return list.format(years)
}

const RUN = /\b(?!0000)\d{4}Q[1-4]\b(?: (?!0000)\d{4}Q[1-4]\b)*/g

/** A text with every quarter in it written for people; those with a blank between them belong together, those with a comma may be a choice. */
export const quartersInWords = (text: string, language: Language): string =>
  text.replace(RUN, (run) => formatQuarters(run.split(' ') as Quarter[], language))
