import type { IsoDate, Language } from '@ziv/kernel'
import type { Ground, Law, LawDecision, ParameterRef } from '../types.ts'
import { formatAmount, formatDay } from './format.ts'
import { confidenceWords, letterTexts } from './letter-texts.ts'
import { renderGround, renderRepair } from './render.ts'

export interface LetterOptions {
  readonly language: Language
  /** Day of the decision. */
  readonly decidedOn: IsoDate
  /** What the decision is about, in the language of the letter. */
  readonly subject?: string
  readonly reference?: string
}

const width = 100

/**
 * The decision as a letter in plain text: outcome, grounds with their articles, what can be done, values used with their confidence,
 * and the means of appeal (labour court, per the Charter of the socially insured; the term is a parameter and says how well it is
 * known). Names and addresses are for the caller to put around it.
 */
export function decisionLetter(decision: LawDecision<unknown>, options: LetterOptions, law: Law): string {
  const { language } = options
  const say = (key: keyof typeof letterTexts) => letterTexts[key][language]
  const title = options.subject === undefined ? say('title') : `${say('title')}: ${options.subject}`
  const lines = [title, '='.repeat(title.length), `${say('date')}: ${formatDay(options.decidedOn, language)}`]
  if (options.reference !== undefined) lines.push(`${say('reference')}: ${options.reference}`)
  lines.push('', say(decision.outcome).toUpperCase(), '')
  lines.push(
    ...section(
      say('grounds'),
      decision.grounds.map((ground) => groundLine(ground, language)),
    ),
  )
  lines.push(
    ...section(
      say('repairs'),
      decision.repairs.map((repair) => `- ${renderRepair(repair, language)}`),
    ),
  )
  lines.push(...section(say('values'), valueLines(decision.grounds, language)))
  if (decision.confidence !== 'verified') lines.push(...wrap(say('unconfirmed')), '')
  lines.push(...section(say('appealTitle'), appealLines(options, law)))
  return `${lines.join('\n').trimEnd()}\n`
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, '-'.repeat(title.length), ...items.flatMap(wrap), '']
}

function groundLine(ground: Ground, language: Language): string {
  return `${ground.satisfied ? '[+]' : '[-]'} ${renderGround(ground, language)} (${ground.article})`
}

function valueLines(grounds: readonly Ground[], language: Language): string[] {
  const lines = grounds.flatMap((ground) => ground.parameters).map((parameter) => valueLine(parameter, language))
  return [...new Set(lines)]
}

function valueLine(parameter: ParameterRef, language: Language): string {
  const { name, key, unit, value, from, confidence } = parameter
  const amount = unit === 'euro' && typeof value === 'number'
  const text = amount ? formatAmount(value, language) : `${value} (${unit})`
  const path = key === undefined ? name : `${name}.${key}`
  return `- ${path}: ${text}, ${formatDay(from, language)}, ${confidenceWords[confidence][language]}`
}

function appealLines({ language, decidedOn }: LetterOptions, law: Law): string[] {
  const months = law.at<number>('procedure/appeal-months', decidedOn)
  const appeal = letterTexts.appeal[language].replace('{months}', String(months.value))
  if (months.confidence === 'verified') return [appeal]
  const word = confidenceWords[months.confidence][language]
  return [appeal, letterTexts.appealNote[language].replace('{confidence}', word)]
}

function wrap(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line)
      line = `  ${word}`
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}
