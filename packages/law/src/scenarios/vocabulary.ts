import { type Cents, cents, formatEuro, type IsoDate, isoDate, type Quarter, quarter } from '@ziv/kernel'
import { z } from 'zod'
import { loadCapacities } from '../capacities/load.ts'
import { personalSteps } from '../rules/personal-contribution.ts'
import type { Ground, Law, Repair } from '../types.ts'

/** A day of a scenario file, `YYYY-MM-DD`. */
export const day = z.iso.date().transform((text): IsoDate => isoDate(text))
/** An amount of a scenario file in euro, read as integer cents. */
export const euro = z
  .number()
  .refine((amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, 'at most two decimals')
  .transform((amount): Cents => cents(Math.round(amount * 100)))
export const yearQuarter = z.string().transform((text): Quarter => quarter(text))
/** A capacity of the catalogue, by its code. */
export const capacity = z.string().refine((code) => loadCapacities().find(code) !== undefined, 'no such capacity')
export const step = z.enum(personalSteps)
/** From a day to a day, or open. */
export const span = z.strictObject({ from: day, to: day.nullable().default(null) })
/** A calendar year. */
export const year = z.int()

/** Cents as the euro of a scenario file. */
export function inEuro(amount: number): number {
  return Number(formatEuro(cents(amount)))
}

/** Repairs as short words with the last day: `payComplement until 2029-12-31`. */
export function tellRepairs(repairs: readonly Repair[]): string[] {
  return repairs.map((repair) => (repair.until === undefined ? repair.kind : `${repair.kind} until ${repair.until}`))
}

/** What was answered: words for the jurist, and the grounds that the answer rests on. */
export interface Answer {
  readonly words: Readonly<Record<string, unknown>>
  readonly grounds: readonly Ground[]
}

/** A question: the form of its situation, and the answer of the law in the words of scenario files. */
export interface Question<S extends z.ZodType = z.ZodType> {
  readonly situation: S
  readonly answer: (situation: z.output<S>, law: Law) => Answer
}

/** Questions by the name that a scenario file gives. */
export type Questions = Readonly<Record<string, Question>>

/** Ties form and answer of a question together, so that the answer sees a checked situation. */
export function question<S extends z.ZodType>(situation: S, answer: Question<S>['answer']): Question {
  return { situation, answer: answer as Question['answer'] }
}
