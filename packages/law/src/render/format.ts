import {
  cents,
  formatDay,
  formatEuro,
  isIsoDate,
  isQuarter,
  type Language,
  numberOfQuarter,
  type Quarter,
  yearOfQuarter,
} from '@ziv/kernel'
import { labels, unknownWord } from './labels.ts'

/** Fills `{name}` in a template with values formatted for people; a name without a value becomes the word for unknown. */
export function fill(
  template: string,
  values: ReadonlyMap<string, string | number | boolean | null>,
  language: Language,
): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    formatValue(name, values.get(name) ?? null, language),
  )
  return typeset(filled, language)
}

/** A text as the language sets it: French puts a space before a colon and a semicolon. Setting it twice changes nothing. */
export const typeset = (text: string, language: Language): string =>
  language === 'fr' ? text.replace(/(?<=\S) ?([:;])(?=\s)/g, '\u00a0$1') : text

/** A fact for people: names ending in `Cents` are amounts, calendar days and quarters are written as the language does. */
function formatValue(name: string, value: string | number | boolean | null, language: Language): string {
  if (value === null) return unknownWord[language]
  if (name.endsWith('Cents') && typeof value === 'number') return formatAmount(value, language)
  if (isIsoDate(value)) return formatDay(value, language)
  const words = String(value).split(' ')
  if (words.every(isQuarter)) return formatQuarters(words, language)
  // codes in a row, or a single one
  const known = words.map((word) => labels[word]?.[language])
  return known.every((word) => word !== undefined) ? known.join(', ') : String(value)
}

/** `EUR 1.234,50` in nl and de, `1 234,50 EUR` in fr, `EUR 1,234.50` in en. */
export function formatAmount(amount: number, language: Language): string {
  const [whole = '0', decimals = '00'] = formatEuro(cents(amount)).split('.')
  const group = { nl: '.', fr: '\u00a0', de: '.', en: ',' }[language]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const text = `${grouped}${language === 'en' ? '.' : ','}${decimals}`
  return language === 'fr' ? `${text}\u00a0EUR` : `EUR ${text}`
}

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

/** An exact fraction `numerator/denominator` as a percentage of at most four decimals; null when it is none. */
export function formatPercent(fraction: string, language: Language): string | null {
  const [, numerator, denominator] = /^(-?\d+)\/(\d+)$/.exec(fraction) ?? []
  if (numerator === undefined || denominator === undefined) return null
  const percent = String(Number(((Number(numerator) * 100) / Number(denominator)).toFixed(4)))
  return `${language === 'en' ? percent : percent.replace('.', ',')} %`
}
