import { LANGUAGES, type Language } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import type { Ground, LawDecision, LocalizedText, Repair } from '../types.ts'
import { fill } from './format.ts'
import { groundTexts } from './ground-texts.ts'
import { repairTexts, untilText } from './repair-texts.ts'

/** The ground as a sentence for people. Throws RangeError for a rule that has no text. */
export function renderGround(ground: Ground, language: Language): string {
  const text = groundTexts[language][ground.rule as RuleId]
  if (!text) throw new RangeError(`Rule ${ground.rule} has no text`)
  // the first fact of a name wins: lists of events follow after the facts that the sentence names
  const values = new Map([...ground.facts].reverse().map((fact) => [fact.name, fact.value]))
  const neverSaid = values.get('amountStated') === false || values.get('askedOn') === null
  return fill(ground.satisfied ? text[0] : ((neverSaid ? text[2] : undefined) ?? text[1]), values, language)
}

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
