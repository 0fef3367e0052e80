import type { Language } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import { groundTextsDe } from './ground-texts.de.ts'
import { groundTextsEn } from './ground-texts.en.ts'
import { groundTextsFr } from './ground-texts.fr.ts'
import { groundTextsNl } from './ground-texts.nl.ts'

/**
 * Sentence when the rule is satisfied, when it is not, and when it is not and what the second sentence names was never said or asked
 * (fact `amountStated` is false, or `askedOn` is null). `{name}` is a fact of the ground.
 */
export type GroundText = readonly [satisfied: string, notSatisfied: string, neverSaid?: string]
export type GroundTexts = Readonly<Record<RuleId, GroundText>>

export const groundTexts: Readonly<Record<Language, GroundTexts>> = {
  nl: groundTextsNl,
  fr: groundTextsFr,
  de: groundTextsDe,
  en: groundTextsEn,
}
