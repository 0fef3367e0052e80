import { paramInWords } from './param-text.ts'

/** A refusal as data: the code is stable and public, the params fill the sentence of the catalogue. */
export interface Rejection<Code extends string = string> {
  readonly code: Code
  readonly params?: Readonly<Record<string, string | number | boolean>>
}

/** Languages every text for people exists in. */
export const LANGUAGES = ['nl', 'fr', 'de', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A text for people in the languages of the country and English. */
export type Words = Readonly<Record<Language, string>>

/** What a rejection code means: HTTP status, legal basis, and one sentence per language with params in {braces}. */
export interface RejectionText extends Words {
  readonly status: 400 | 403 | 404 | 409 | 412 | 422
  readonly law?: string
}

/** Every rejection a service can give, by code. */
export type RejectionCatalog = Readonly<Record<string, RejectionText>>

/**
 * Declares the catalogue of a service and checks it once, at load. Throws an Error when a code is not a name in lower camel case,
 * which is how every service names its refusals, when a sentence is empty or when the
 * languages do not name the same params: such a text would fail a reader of one language only.
 */
export function defineRejections<const C extends RejectionCatalog>(catalog: C): C {
  for (const [code, text] of Object.entries(catalog)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(code))
      throw new Error(`rejection ${code} is no name: say what is wrong, like yearNotOver`)
    for (const language of LANGUAGES) {
      if (text[language].trim() === '') throw new Error(`rejection ${code} has no text in ${language}`)
      if (namesIn(text[language]) !== namesIn(text.nl)) {
        throw new Error(
          `rejection ${code} names {${namesIn(text.nl)}} in nl but {${namesIn(text[language])}} in ${language}`,
        )
      }
    }
  }
  return Object.freeze(catalog)
}

const PARAM = /\{(\w+)\}/g

function namesIn(text: string): string {
  return [...new Set([...text.matchAll(PARAM)].map((match) => match[1]))].sort().join(', ')
}

/** The sentence of a rejection in every language, for what is stored and read by whoever comes. */
export function rejectionWords(catalog: RejectionCatalog, rejection: Rejection): Words {
  const [nl, fr, de, en] = LANGUAGES.map((language) => renderRejection(catalog, rejection, language))
  return { nl: nl!, fr: fr!, de: de!, en: en! }
}

/** The sentence of a rejection in one language, with its params as the language writes them. A param that was not given stays visible in its braces. */
export function renderRejection(catalog: RejectionCatalog, rejection: Rejection, language: Language): string {
  const text = Object.hasOwn(catalog, rejection.code) ? catalog[rejection.code] : undefined
  if (!text)
    throw new Error(`rejection code ${rejection.code} is not in the catalogue: declare it with defineRejections`)
  return fillSentence(text[language], (name) => {
    const value = rejection.params?.[name]
    return value === undefined ? undefined : paramInWords(name, value, language)
  })
}

/** Fills the `{name}` places of a text; a place without a value stays visible, so that it is noticed. */
export const fillPlaces = (text: string, textOf: (name: string) => string | undefined): string =>
  text.replace(PARAM, (braces, name: string) => textOf(name) ?? braces)

/**
 * Fills the `{name}` places of a sentence, see `fillPlaces`. A sentence that begins with a word
 * of a value begins with a capital; a code (`issuedOn`) stays as it is written.
 */
export function fillSentence(sentence: string, textOf: (name: string) => string | undefined): string {
  const filled = fillPlaces(sentence, textOf)
  if (!sentence.startsWith('{')) return filled
  return filled.replace(/^\p{Ll}(?=[\p{Ll}’'-]*(?:[\s,:;.(]|$))/u, (letter) => letter.toUpperCase())
}
