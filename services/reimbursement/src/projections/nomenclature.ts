import { readFileSync } from 'node:fs'
import type { Profession } from '@ziv/law'

let codes: ReadonlySet<string> | undefined

/** Whether a code stands in the RIZIV list of nomenclature codes (state of the list: data/nomenclature-codes.csv). */
export function codeExists(code: string): boolean {
  codes ??= new Set(
    readFileSync(new URL('../../data/nomenclature-codes.csv', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1),
  )
  return codes.has(code)
}

/** First three digits of the chapters of the nomenclature whose provider is known. */
const chapters: readonly (readonly [from: number, to: number, profession: Profession])[] = [
  [101, 109, 'doctor'],
  [301, 317, 'dentist'],
  [371, 379, 'dentist'],
  [421, 429, 'nurse'],
  [558, 567, 'physiotherapist'],
]

/** Profession that a code belongs to; exports of tariffs do not tell it. */
export function professionOf(code: string): Profession {
  const chapter = Number(code.slice(0, 3))
  return chapters.find(([from, to]) => from <= chapter && chapter <= to)?.[2] ?? 'other'
}
