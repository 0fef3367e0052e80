import { z } from 'zod'
import { parseEmployerNumber } from './identifiers/employer-number.ts'
import { type KboNumber, parseKboNumber } from './identifiers/kbo-number.ts'
import type { RszNumber } from './identifiers/rsz-number.ts'
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

/** Number of an employer: enterprise number, or RSZ number. */
export const employerNumber = read<KboNumber | RszNumber>(parseEmployerNumber, 20)
  .describe('RSZ number (nine digits) or enterprise number (ten digits) of the employer')
  .meta({ example: '123456070' })

/** Number of an enterprise in the KBO. */
export const enterpriseNumber = read<KboNumber>(parseKboNumber, 20).meta({ example: '0409084236' })
