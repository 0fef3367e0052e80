import type { Language } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import { groundTextsDe } from './ground-texts.de.ts'
import { groundTextsEn } from './ground-texts.en.ts'
import { groundTextsFr } from './ground-texts.fr.ts'
import { groundTextsNl } from './ground-texts.nl.ts'

/**
 * Sentence when the rule is satisfied, and when it is not; then those that say instead why a value is not known and what is missing, by
 * the fact that is null or false: the first of them counts. `{name}` is a fact of the ground.
 */
export type GroundText = readonly [satisfied: string, notSatisfied: string, notKnown?: Readonly<Record<string, string>>]
export type GroundTexts = Readonly<Record<RuleId, GroundText>>

export const groundTexts: Readonly<Record<Language, GroundTexts>> = {
  nl: groundTextsNl,
  fr: groundTextsFr,
  de: groundTextsDe,
  en: groundTextsEn,
}
