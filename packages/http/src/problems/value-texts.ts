import type { z } from 'zod'
import type { Texts } from '../language.ts'

const types: Readonly<Record<string, Texts>> = {
  string: { nl: 'moet tekst zijn', fr: 'doit être un texte', de: 'muss ein Text sein', en: 'has to be text' },
  number: { nl: 'moet een getal zijn', fr: 'doit être un nombre', de: 'muss eine Zahl sein', en: 'has to be a number' },
  int: {
    nl: 'moet een geheel getal zijn',
    fr: 'doit être un nombre entier',
    de: 'muss eine ganze Zahl sein',
    en: 'has to be a whole number',
  },
  boolean: {
    nl: 'moet true of false zijn',
    fr: 'doit être true ou false',
    de: 'muss true oder false sein',
    en: 'has to be true or false',
  },
  array: { nl: 'moet een lijst zijn', fr: 'doit être une liste', de: 'muss eine Liste sein', en: 'has to be a list' },
}

const dayTexts: Texts = {
  nl: 'moet een bestaande dag zijn, als 2026-03-31',
  fr: 'doit être un jour qui existe, comme 2026-03-31',
  de: 'muss ein bestehender Tag sein, wie 2026-03-31',
  en: 'has to be a day that exists, like 2026-03-31',
}

interface Bound {
  readonly origin: string
  readonly limit: string
  readonly least: boolean
  /** The limit itself is allowed. */
  readonly inclusive: boolean
}

/** What a length is counted in; undefined for a number, which has none. */
const units: Readonly<Record<string, Texts>> = {
  string: { nl: 'teken(s)', fr: 'caractère(s)', de: 'Zeichen', en: 'character(s)' },
  array: { nl: 'element(en)', fr: 'élément(s)', de: 'Element(e)', en: 'item(s)' },
}

function boundTexts({ origin, limit, least, inclusive }: Bound): Texts | undefined {
  const unit = units[origin]
  if (unit !== undefined) {
    return {
      nl: `${least ? 'moet minstens' : 'mag hoogstens'} ${limit} ${unit.nl} ${origin === 'array' ? 'hebben' : 'lang zijn'}`,
      fr: `doit compter au ${least ? 'moins' : 'plus'} ${limit} ${unit.fr}`,
      de: `${least ? 'muss mindestens' : 'darf höchstens'} ${limit} ${unit.de} haben`,
      en: `${least ? 'has to have at least' : 'may have at most'} ${limit} ${unit.en}`,
    }
  }
  if (origin !== 'number' && origin !== 'int') return undefined
  if (!inclusive) {
    return {
      nl: `moet ${least ? 'groter' : 'kleiner'} dan ${limit} zijn`,
      fr: `doit être ${least ? 'supérieur' : 'inférieur'} à ${limit}`,
      de: `muss ${least ? 'größer' : 'kleiner'} als ${limit} sein`,
      en: `has to be ${least ? 'more' : 'less'} than ${limit}`,
    }
  }
  return {
    nl: `${least ? 'moet minstens' : 'mag hoogstens'} ${limit} zijn`,
    fr: `doit être au ${least ? 'moins' : 'plus'} ${limit}`,
    de: `${least ? 'muss mindestens' : 'darf höchstens'} ${limit} sein`,
    en: `${least ? 'has to be at least' : 'may be at most'} ${limit}`,
  }
}

/** What a value would have to be, in every language: the type, the limits or the day that the schema asks; undefined for the rest. */
export function valueTexts(issue: z.core.$ZodIssue): Texts | undefined {
  if (issue.code === 'invalid_type') return types[issue.expected]
  if (issue.code === 'invalid_format') return issue.format === 'date' ? dayTexts : undefined
  if (issue.code === 'too_small') {
    const { origin, minimum, inclusive = true } = issue
    return boundTexts({ origin, limit: String(minimum), least: true, inclusive })
  }
  if (issue.code === 'too_big') {
    const { origin, maximum, inclusive = true } = issue
    return boundTexts({ origin, limit: String(maximum), least: false, inclusive })
  }
  return undefined
}
