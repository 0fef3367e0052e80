import { z } from 'zod'
import { parseEmployerNumber } from './identifiers/employer-number.ts'
import { type KboNumber, parseKboNumber } from './identifiers/kbo-number.ts'
import type { RszNumber } from './identifiers/rsz-number.ts'
import type { IsoDate } from './iso-date.ts'
import { parseName } from './name.ts'
import { type Quarter, STATED_QUARTER } from './quarter.ts'
import type { Words } from './rejection.ts'
import type { Result } from './result.ts'

/**
 * Text that a pure parser reads: who parses gets the one form inside, whatever spelling came in. A refusal carries the code of
 * the parser as `params.refusedBy`, by which an API finds its sentence in the language of the client.
 */
export function read<T extends string>(parse: (text: string) => Result<T>, lengthMax: number): z.ZodType<T, string> {
  // the check and the form inside ask for the same text one after the other
  let last: { readonly text: string; readonly parsed: Result<T> } | null = null
  const parsedOf = (text: string): Result<T> => {
    if (last?.text !== text) last = { text, parsed: parse(text) }
    return last.parsed
  }
  const schema = z
    .string()
    .max(lengthMax)
    .superRefine((text, context) => {
      const parsed = parsedOf(text)
      if (parsed.ok) return
      const { code, message } = parsed.error
      context.addIssue({ code: 'custom', message, params: { refusedBy: code } })
    })
    .overwrite((text) => {
      const parsed = parsedOf(text)
      last = null
      return parsed.ok ? parsed.value : text
    })
  return schema as unknown as z.ZodType<T, string>
}

/** A name, street or other line of text: 1 to `max` characters, without blanks around it. */
export const textLine = (max = 200): z.ZodType<string, string> =>
  // blanks around it are cut before it is measured
  read<string>((text) => parseName(text, max), max + 100)

/** Number of an employer: enterprise number, or RSZ number. */
export const employerNumber = read<KboNumber | RszNumber>(parseEmployerNumber, 20)
  .describe('RSZ number (nine digits) or enterprise number (ten digits) of the employer')
  .meta({ example: '123456070' })

/** Number of an enterprise in the KBO. */
export const enterpriseNumber = read<KboNumber>(parseKboNumber, 20).meta({ example: '0409084236' })

/** Days that a field can mean; outside it, the day is a typo. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

/** Days of people who live or lived while insurance existed. */
export const LIFETIME: DayRange = { from: '1850-01-01', to: '2199-12-31' }

/** A calendar day within the plausible range of its field. Another one is refused in every language, in `params.texts`. */
export function dayIn({ from, to }: DayRange): z.ZodType<IsoDate, string> {
  const texts: Words = {
    nl: `moet een dag zijn van ${from} tot ${to}`,
    fr: `doit être un jour du ${from} au ${to}`,
    de: `muss ein Tag vom ${from} bis ${to} sein`,
    en: `has to be a day from ${from} to ${to}`,
  }
  const outside = { error: texts.en, params: { issueType: 'outOfRange', texts } }
  const inside = (text: string): boolean => text >= from && text <= to
  return z.iso.date({ abort: true }).refine(inside, outside) as unknown as z.ZodType<IsoDate, string>
}

/** Years that a field can mean: since the social security of 1945. Those of a month and a quarter lie in it too. */
export const YEARS = { from: 1945, to: 2199 } as const

/** Calendar year. */
export const year: z.ZodInt = z.int().min(YEARS.from).max(YEARS.to).describe('Calendar year').meta({ example: 2025 })

/** Calendar year in a path or a query string, where it comes as text. */
export const yearText: z.ZodCoercedNumber<string> = z.coerce
  .number<string>()
  .int()
  .min(YEARS.from)
  .max(YEARS.to)
  .describe('Calendar year')
  .meta({ example: 2025 })

/** Calendar quarter. */
export const quarter = z
  .string()
  .regex(STATED_QUARTER)
  .describe('Calendar quarter, for example 2025Q1')
  .meta({ example: '2025Q1' }) as unknown as z.ZodType<Quarter, string>

/** Calendar month. */
export const month = z
  .string()
  .regex(/^(194[5-9]|19[5-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])$/)
  .describe('Calendar month, YYYY-MM')
  .meta({ example: '2024-03' })

/** Number of a ziekenfonds, or of an insurer that has none. */
export const ziekenfonds = z.string().regex(/^[1-9]\d{2}$/)
