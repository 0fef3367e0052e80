import { fillPlaces, LANGUAGES, type Language, paramInWords, type Words } from '@ziv/kernel'

/**
 * What can be done about a refusal. `sendAgain`: send the care again once it is mended; `await`: what is missing is on its way or waits for
 * others; `askZiekenfonds`: it is mended there; `nothing`: no change flips it.
 */
export const repairKinds = ['sendAgain', 'await', 'askZiekenfonds', 'nothing'] as const

/** What a control found, for people: in its places stand the facts of the claim. */
export interface Case {
  readonly rule: string
  /** What the rule rests on, where a law says it. */
  readonly article?: string
  readonly says: Words
  readonly kind: (typeof repairKinds)[number]
  /** The smallest change after which the care is paid, or that there is none. */
  readonly flip: Words
}

export type Facts = Readonly<Record<string, string | number | Words>>

/** A new request is needed: the same one is answered with what was answered before. */
const again: Words = {
  nl: 'dien de zorg opnieuw in, als een nieuwe aanvraag',
  fr: 'introduisez à nouveau les soins, par une nouvelle demande',
  de: 'reichen Sie die Pflege erneut ein, als neuen Antrag',
  en: 'send the care again, as a new request',
}

/** The same behind a condition. */
const thenAgain: Words = {
  nl: 'dien de zorg dan opnieuw in, als een nieuwe aanvraag',
  fr: again.fr,
  de: 'so reichen Sie die Pflege erneut ein, als neuen Antrag',
  en: again.en,
}

/** A line shares the fate of its file, which is decided after its lines and is not known where they are told. */
const withFile: Words = {
  nl: 'Daarvoor hoeft ze niet opnieuw ingediend te worden, tenzij het hele bestand geweigerd is.',
  fr: "Elle n'est pas à introduire à nouveau pour cela, sauf si le fichier entier est refusé.",
  de: 'Dafür ist sie nicht erneut einzureichen, außer wenn die ganze Datei abgelehnt ist.',
  en: 'It does not have to be sent again for this, unless the whole file is refused.',
}

const ofAll: Facts = { again, thenAgain, withFile }

/** The same made of four texts. Each language is written from the start. */
export const inLanguages = (text: (language: Language) => string): Words =>
  Object.fromEntries(LANGUAGES.map((language) => [language, text(language)])) as unknown as Words

/** A text with the facts in its places. Throws for a place without a fact: half a sentence is told to nobody. */
export const withFacts = (text: Words, facts: Facts): Words =>
  inLanguages((language) =>
    fillPlaces(text[language], (name) => {
      const value = facts[name] ?? ofAll[name]
      if (value === undefined) throw new RangeError(`The sentence wants ${name}: ${text.en}`)
      return typeof value === 'object' ? value[language] : paramInWords(name, value, language)
    }),
  )
