import type { Language } from '@ziv/kernel'
import { z } from 'zod'
import { confidences, units } from '../types.ts'

export const day = z.iso.date({ error: 'a day is written YYYY-MM-DD' })
const scalar = z.union([z.number(), z.string(), z.null()])
const row = z.record(z.string(), scalar)

/** A value as written: one figure, a table by key, or brackets in order. `null` ends the rule. */
const written = z.union([scalar, row, z.array(row).min(1)])

const text = z.string().trim().min(8, 'too short to be a description')
const description = z.strictObject({ nl: text, fr: text, de: text, en: text } satisfies Record<Language, unknown>)

/** A dated value of the law: what it is, where that was read, how well it is known. */
export const dated = z.strictObject({
  value: written,
  source: z.string().trim().min(3, 'say where the value comes from'),
  confidence: z.enum(confidences),
  checkedOn: day,
})

/** Form of a file in `parameters/<theme>/<name>.yaml`. */
export const parameterFile = z.strictObject({
  description,
  unit: z.enum(units),
  waitingFor: z.string().trim().min(8, 'say which rule will read the parameter').optional(),
  values: z.record(day, dated).refine((values) => Object.keys(values).length > 0, 'at least one value is needed'),
})
export type ParameterFile = z.infer<typeof parameterFile>
export type WrittenValue = z.infer<typeof written>
