import { nearestName } from '@ziv/kernel'
import type { z } from 'zod'
import type { Texts } from '../language.ts'

type RawIssue = Parameters<z.core.$ZodErrorMap>[0]

/** The names that an object may have, of the issue that finds another one in it. */
export const knownNamesOf = ({ inst }: RawIssue): readonly string[] => {
  const def = (inst as z.core.$ZodType | undefined)?._zod.def
  return def !== undefined && 'shape' in def ? Object.keys(def.shape as object) : []
}

export interface UnknownInput {
  readonly key: string
  /** Names that the object may have. */
  readonly known: readonly string[]
  /** Where the key stands among those of its object, from 1; absent where there is no order. */
  readonly position?: number | undefined
}

/**
 * What to do about a name that the schema does not know: the known one that it was meant to be, else all of them. It is told by its
 * place and never repeated, as it may be a name of a person that came as a key.
 */
export function unknownInputTexts({ key, known, position }: UnknownInput): Texts {
  const near = nearestName(key, known)
  const all = known.join(', ')
  const at = (words: string): string => (position === undefined ? '' : ` ${words} ${position}`)
  const advice = (meant: string, remove: string, take: string): string => {
    if (near !== null) return meant
    return all === '' ? remove : `${remove}, ${take} ${all}`
  }
  return {
    nl: `onbekende invoer${at('op plaats')}: ${advice(`bedoelt u ${near}?`, 'verwijder ze', 'of neem een van')}`,
    fr: `entrée inconnue${at('en position')}: ${advice(`vouliez-vous dire ${near} ?`, 'supprimez-la', "ou prenez l'un de")}`,
    de: `unbekannte Eingabe${at('an Stelle')}: ${advice(`meinten Sie ${near}?`, 'entfernen Sie sie', 'oder nehmen Sie eines von')}`,
    en: `unknown input${at('at position')}: ${advice(`did you mean ${near}?`, 'remove it', 'or take one of')}`,
  }
}
