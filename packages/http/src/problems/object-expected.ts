import type { Texts } from '../language.ts'

const kinds = {
  list: { nl: 'een lijst', fr: 'une liste', de: 'eine Liste', en: 'a list' },
  string: { nl: 'een tekst', fr: 'un texte', de: 'ein Text', en: 'a text' },
  number: { nl: 'een getal', fr: 'un nombre', de: 'eine Zahl', en: 'a number' },
  boolean: { nl: 'true of false', fr: 'true ou false', de: 'true oder false', en: 'true or false' },
  null: { nl: 'null', fr: 'null', de: 'null', en: 'null' },
  nothing: { nl: 'leeg', fr: 'vide', de: 'leer', en: 'empty' },
} as const satisfies Record<string, Texts>

const kindOf = (value: unknown): Texts => {
  if (value === null) return kinds.null
  if (Array.isArray(value)) return kinds.list
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? kinds[type] : kinds.nothing
}

/** What is wrong with valid JSON that is no object where one is expected. */
export function objectExpected(value: unknown): Texts {
  const { nl, fr, de, en } = kindOf(value)
  return {
    nl: `verwacht wordt één JSON-object, dit is ${nl}`,
    fr: `un seul objet JSON est attendu, ceci est ${fr}`,
    de: `erwartet wird ein JSON-Objekt, dies ist ${de}`,
    en: `one JSON object is expected, this is ${en}`,
  }
}
