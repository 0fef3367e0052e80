import { formatDay, type IsoDate, type Language, renderArticle } from '@ziv/kernel'
import { isProvisional } from '../rules/income-proof.ts'
import type { Ground, Law, LawDecision, Outcome } from '../types.ts'
import { fill, typeset } from './format.ts'
import { letterTexts } from './letter-texts.ts'
import { valueLines } from './letter-values.ts'
import { renderGround, renderRepair } from './render.ts'

/** Days that a decision is about, both inclusive. */
interface DecisionDays {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** Whom a letter is about. */
export interface LetterPerson {
  /** The reference under which the reader finds the person; never an INSZ. */
  readonly reference: string
  readonly birthDate: IsoDate | null
  /** Name of the ziekenfonds. */
  readonly fund: string
}

/** That a decision stands no more, by what, and what stands in its place. */
export interface LetterWithdrawal {
  readonly on: IsoDate
  /** What took it away, in the language of the letter, and the day on which it was told. */
  readonly because: readonly { readonly what: string; readonly on: IsoDate }[]
  readonly replacedBy: readonly (DecisionDays & { readonly reference: string; readonly outcome: Outcome })[]
}

export interface LetterOptions {
  readonly language: Language
  /** Day of the decision. */
  readonly decidedOn: IsoDate
  readonly days?: DecisionDays
  readonly person?: LetterPerson
  readonly withdrawn?: LetterWithdrawal
  readonly reference?: string
}

const width = 100

/**
 * The decision as a letter in plain text: whom it is about, whether it still stands, outcome, grounds with their articles, what can be
 * done, values used and each that is not confirmed, in words of the reader's language, and the means of appeal (labour court, per the
 * Charter of the socially insured; the term is a parameter and says how well it is known). One that was withdrawn asks nothing of
 * anybody any more and is contested by nobody: what can be done is in the decision that stands. Address and family name are for the caller
 * to put around it: they are known to the affiliation service only.
 */
export function decisionLetter(decision: LawDecision<unknown>, options: LetterOptions, law: Law): string {
  const { language } = options
  const say = (key: keyof typeof letterTexts) => letterTexts[key][language]
  const title = options.days === undefined ? say('title') : filled('days', { ...options.days }, language)
  const lines = [title, '='.repeat(title.length), `${say('date')}: ${formatDay(options.decidedOn, language)}`]
  if (options.reference !== undefined) lines.push(`${say('reference')}: ${options.reference}`)
  if (options.person !== undefined) lines.push(`${say('person')}: ${personLine(options.person, language)}`)
  if (options.withdrawn !== undefined) lines.push('', ...withdrawalLines(options.withdrawn, language).flatMap(wrap))
  const provisional = isProvisional(decision.grounds) ? ` (${say('provisional')})` : ''
  lines.push('', `${say(decision.outcome).toUpperCase()}${provisional}`, '')
  lines.push(
    ...section(
      say('grounds'),
      decision.grounds.map((ground) => groundLine(ground, language)),
    ),
  )
  const stands = options.withdrawn === undefined
  const repairs = stands ? decision.repairs.map((repair) => `- ${renderRepair(repair, language)}`) : []
  lines.push(...section(say('repairs'), repairs))
  const values = valueLines(decision.grounds, language, law)
  lines.push(...section(say('values'), values.confirmed))
  if (decision.confidence !== 'verified') lines.push(...wrap(say('unconfirmed')), '')
  lines.push(...section(say('unconfirmedTitle'), values.unconfirmed))
  if (stands) lines.push(...section(say('appealTitle'), appealLines(options, law)))
  return `${typeset(lines.join('\n').trimEnd(), language)}\n`
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, '-'.repeat(title.length), ...items.flatMap(wrap), '']
}

function groundLine(ground: Ground, language: Language): string {
  return `${ground.satisfied ? '[+]' : '[-]'} ${renderGround(ground, language)} (${renderArticle(ground.article, language)})`
}

const filled = (key: keyof typeof letterTexts, values: Readonly<Record<string, string>>, language: Language): string =>
  fill(letterTexts[key][language], new Map(Object.entries(values)), language)

function personLine({ reference, birthDate, fund }: LetterPerson, language: Language): string {
  const born = birthDate === null ? [] : [filled('born', { day: birthDate }, language)]
  const known = [filled('member', { fund }, language), filled('personReference', { reference }, language)]
  return [...born, ...known].join(', ')
}

function withdrawalLines({ on, because, replacedBy }: LetterWithdrawal, language: Language): string[] {
  const instead = replacedBy.map(({ outcome, ...decision }) =>
    filled('replacedBy', { ...decision, outcome: letterTexts[outcome][language].toLowerCase() }, language),
  )
  // several facts of a kind may have been told on one day: the reader needs the reason once
  const reasons = new Set(because.map(({ what, on: day }) => filled('because', { what, day }, language)))
  return [
    filled('withdrawn', { day: on }, language),
    ...reasons,
    ...(instead.length > 0 ? [...instead, letterTexts.doAsReplaced[language]] : [letterTexts.notReplaced[language]]),
  ]
}

function appealLines({ language, decidedOn }: LetterOptions, law: Law): string[] {
  const months = law.at<number>('procedure/appeal-months', decidedOn)
  const appeal = letterTexts.appeal[language].replace('{months}', String(months.value))
  if (months.confidence === 'verified') return [appeal]
  return [appeal, letterTexts.appealNote[language]]
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
