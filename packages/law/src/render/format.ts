import { cents, formatDay, formatEuro, isIsoDate, type Language } from '@ziv/kernel'
import { labels, unknownWord } from './labels.ts'

/** Fills `{name}` in a template with values formatted for people; a name without a value becomes the word for unknown. */
export function fill(
  template: string,
  values: ReadonlyMap<string, string | number | boolean | null>,
  language: Language,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => formatValue(name, values.get(name) ?? null, language))
}

/** A fact for people: names ending in `Cents` are amounts, calendar days are written in the order of the language. */
function formatValue(name: string, value: string | number | boolean | null, language: Language): string {
  if (value === null) return unknownWord[language]
  if (name.endsWith('Cents') && typeof value === 'number') return formatAmount(value, language)
  if (isIsoDate(value)) return formatDay(value, language)
  // codes in a row, or a single one
  const words = String(value).split(' ')
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

/** An exact fraction `numerator/denominator` as a percentage of at most four decimals; null when it is none. */
export function formatPercent(fraction: string, language: Language): string | null {
  const [, numerator, denominator] = /^(-?\d+)\/(\d+)$/.exec(fraction) ?? []
  if (numerator === undefined || denominator === undefined) return null
  const percent = String(Number(((Number(numerator) * 100) / Number(denominator)).toFixed(4)))
  return `${language === 'en' ? percent : percent.replace('.', ',')} %`
}
