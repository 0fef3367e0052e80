import { fillPlaces, type Language, paramInWords } from '@ziv/kernel'
import { labels, unknownWord } from './labels.ts'

/** Fills `{name}` in a template with values formatted for people; a name without a value becomes the word for unknown. */
export function fill(
  template: string,
  values: ReadonlyMap<string, string | number | boolean | null>,
  language: Language,
): string {
  return typeset(
    fillPlaces(template, (name) => formatValue(name, values.get(name) ?? null, language)),
    language,
  )
}

/** A text as the language sets it: French puts a space before a colon and a semicolon. Setting it twice changes nothing. */
export const typeset = (text: string, language: Language): string =>
  language === 'fr' ? text.replace(/(?<=\S) ?([:;])(?=\s)/g, '\u00a0$1') : text

/** A fact for people: in the words of its codes, or as params are told. */
function formatValue(name: string, value: string | number | boolean | null, language: Language): string {
  if (value === null) return unknownWord[language]
  // codes in a row, or a single one
  const known = String(value)
    .split(' ')
    .map((word) => labels[word]?.[language])
  return known.every((word) => word !== undefined) ? known.join(', ') : paramInWords(name, value, language)
}

/** An exact fraction `numerator/denominator` as a percentage of at most four decimals; null when it is none. */
export function formatPercent(fraction: string, language: Language): string | null {
  const [, numerator, denominator] = /^(-?\d+)\/(\d+)$/.exec(fraction) ?? []
  if (numerator === undefined || denominator === undefined) return null
  const percent = String(Number(((Number(numerator) * 100) / Number(denominator)).toFixed(4)))
  return `${language === 'en' ? percent : percent.replace('.', ',')} %`
}
