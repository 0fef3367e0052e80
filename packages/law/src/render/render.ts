import { LANGUAGES, type Language } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import type { Ground, LawDecision, LocalizedText, Repair } from '../types.ts'
import { fill } from './format.ts'
import { groundTexts } from './ground-texts.ts'
import { repairTexts, untilText } from './repair-texts.ts'

// the first fact of a name wins: lists of events follow after the facts that the sentence names
const valuesOf = ({ facts }: Ground) => new Map([...facts].reverse().map((fact) => [fact.name, fact.value]))

/** The sentence of a ground, its values still as `{name}`. Throws RangeError for a rule that has no text. */
export function sentenceOf(ground: Ground, language: Language): string {
  const text = groundTexts[language][ground.rule as RuleId]
  if (!text) throw new RangeError(`Rule ${ground.rule} has no text`)
  const [satisfied, notSatisfied, notKnown = {}] = text
  if (ground.satisfied) return satisfied
  const values = valuesOf(ground)
  const lacks = (name: string): boolean => values.get(name) === null || values.get(name) === false
  return Object.entries(notKnown).find(([name]) => lacks(name))?.[1] ?? notSatisfied
}

/** The ground as a sentence for people. Throws RangeError for a rule that has no text. */
export const renderGround = (ground: Ground, language: Language): string =>
  fill(sentenceOf(ground, language), valuesOf(ground), language)

/** The repair as a sentence for people, with the last day on which it can be done. Throws RangeError for an unknown kind. */
export function renderRepair(repair: Repair, language: Language): string {
  const text = (repairTexts as Readonly<Record<string, LocalizedText>>)[repair.kind]
  if (!text) throw new RangeError(`Repair ${repair.kind} has no text`)
  const values = new Map<string, string | number>(Object.entries(repair.params))
  const sentence = `${fill(text[language], values, language)}.`
  if (repair.until === undefined) return sentence
  return `${sentence} ${fill(untilText[language], new Map([['until', repair.until]]), language)}`
}

/** The decision with a sentence in every language on each ground; for answers as JSON. */
export function withTexts<T>(decision: LawDecision<T>): LawDecision<T> {
  return { ...decision, grounds: decision.grounds.map((ground) => ({ ...ground, text: localized(ground) })) }
}

function localized(ground: Ground): LocalizedText {
  return Object.fromEntries(LANGUAGES.map((language) => [language, renderGround(ground, language)])) as LocalizedText
}
