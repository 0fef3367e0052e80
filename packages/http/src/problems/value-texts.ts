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

export const dayTexts: Texts = {
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

/** What a length or a number would have to be at least or at most; undefined for what has neither. */
export function boundTexts({ origin, limit, least, inclusive }: Bound): Texts | undefined {
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

/** What a value would have to be by its type; undefined for a type that no input of ours has. */
export const typeTexts = (expected: string): Texts | undefined =>
  Object.hasOwn(types, expected) ? types[expected] : undefined

/** What an identifier of ours has to look like. */
export const identifierTexts: Texts = {
  nl: 'geen kenmerk van ons: neem het over zoals een antwoord het gaf, als 0198c1a2-7f00-7000-8000-000000000001',
  fr: "n'est pas un identifiant de chez nous: reprenez-le comme une réponse l'a donné, comme 0198c1a2-7f00-7000-8000-000000000001",
  de: 'keine Kennung von uns: übernehmen Sie sie, wie eine Antwort sie gab, wie 0198c1a2-7f00-7000-8000-000000000001',
  en: 'no identifier of ours: copy it as an answer gave it, like 0198c1a2-7f00-7000-8000-000000000001',
}

export const multipleTexts = (divisor: string): Texts => ({
  nl: `moet een veelvoud van ${divisor} zijn`,
  fr: `doit être un multiple de ${divisor}`,
  de: `muss ein Vielfaches von ${divisor} sein`,
  en: `has to be a multiple of ${divisor}`,
})

/** What there is to choose from. */
export function oneOf(values: readonly string[], absent: boolean): Texts {
  const all = values.join(', ')
  if (absent)
    return {
      nl: `ontbreekt: geef een van deze: ${all}`,
      fr: `manque: donnez une de ces valeurs: ${all}`,
      de: `fehlt: geben Sie einen dieser Werte an: ${all}`,
      en: `is missing: give one of these: ${all}`,
    }
  if (values.length === 1)
    return {
      nl: `kan alleen ${all} zijn`,
      fr: `ne peut être que ${all}`,
      de: `kann nur ${all} sein`,
      en: `can only be ${all}`,
    }
  return {
    nl: `moet een van deze zijn: ${all}`,
    fr: `doit être une de ces valeurs: ${all}`,
    de: `muss einer dieser Werte sein: ${all}`,
    en: `has to be one of these: ${all}`,
  }
}
