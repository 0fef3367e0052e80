import { formatAmount, formatMonthDay, type Language } from '@ziv/kernel'
import type { Ground, Law, ParameterRef } from '../types.ts'
import { fill, formatPercent } from './format.ts'
import { labels } from './labels.ts'
import { confidenceWords, letterTexts, unitWords } from './letter-texts.ts'
import { ruleWord } from './rule-words.ts'

/** The values that grounds used, each once, as lines of a letter: those that are confirmed and those that are not. */
export function valueLines(
  grounds: readonly Ground[],
  language: Language,
  law: Law,
): { readonly confirmed: string[]; readonly unconfirmed: string[] } {
  const parameters = grounds.flatMap((ground) => ground.parameters)
  const lines = (confirmed: boolean): string[] => [
    ...new Set(
      parameters
        .filter(({ confidence }) => (confidence === 'verified') === confirmed)
        .map((parameter) => valueLine(parameter, language, law)),
    ),
  ]
  return { confirmed: lines(true), unconfirmed: lines(false) }
}

function valueLine(parameter: ParameterRef, language: Language, law: Law): string {
  const { name, key, from, confidence } = parameter
  // the law of the decision may have known values that the law of today no longer lists
  const description = law.list().find((entry) => entry.name === name)?.description[language] ?? name
  const part = key === undefined ? '' : ` (${labels[key]?.[language] ?? key})`
  const value = valueText(parameter, language)
  const since = fill(letterTexts.since[language], new Map([['day', from]]), language)
  const known = confidence === 'verified' ? '' : `, ${confidenceWords[confidence][language]}`
  return `- ${description}${part}${value === null ? '' : `: ${value}`}, ${since}${known}`
}

/** The value in words of the language; null for a rule, which its description tells. */
function valueText({ name, unit, value }: ParameterRef, language: Language): string | null {
  switch (unit) {
    case 'euro':
      return typeof value === 'number' ? formatAmount(value, language) : null
    case 'percent':
    case 'ratio':
      return formatPercent(String(value), language)
    case 'years':
    case 'months':
    case 'days':
    case 'age':
      return typeof value === 'number' ? `${value} ${unitWords[unit][language][value === 1 ? 0 : 1]}` : null
    case 'monthDay':
      return formatMonthDay(String(value), language)
    case 'count':
      return String(value)
    case 'rule':
    case 'weight':
      return (ruleWord(name, String(value)) ?? labels[String(value)])?.[language] ?? null
  }
}
