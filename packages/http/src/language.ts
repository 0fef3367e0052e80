import { fillSentence, type Language, LANGUAGES as languages, type Words } from '@ziv/kernel'

export { type Language, languages }

/** One text per language; `{name}` places are filled from params. */
export type Texts = Words

/** Answered when a client asks for no language that we speak. */
const defaultLanguage: Language = 'en'

const isLanguage = (tag: string): tag is Language => languages.some((language) => language === tag)

/** The best language for an Accept-Language header (`nl-BE, fr;q=0.5`); regional variants count as their language. */
export function negotiateLanguage(header: string | undefined): Language {
  if (header === undefined || header.length > 500) return defaultLanguage
  let best: Language = defaultLanguage
  let bestWeight = 0
  for (const part of header.split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const tag = range.split('-')[0] ?? ''
    const weight = weightOf(parameters)
    if (!isLanguage(tag) || weight <= bestWeight) continue
    best = tag
    bestWeight = weight
  }
  return best
}

function weightOf(parameters: readonly string[]): number {
  const found = parameters.map((parameter) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(parameter)).find((match) => match)
  return found ? Number(found[1]) : parameters.length === 0 ? 1 : 0
}

/** A sentence with its params, see `fillSentence`. */
export const fillText = (text: string, params: Readonly<Record<string, string | number | boolean>>): string =>
  fillSentence(text, (name) => (name in params ? String(params[name]) : undefined))
