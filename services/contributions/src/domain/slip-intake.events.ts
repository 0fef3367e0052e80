import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

/** The only event of `slipIntake-<intakeId>`: what became of a file. */
const slipIntakeCompletedEvent = z.strictObject({
  format: z.enum(['dmfa', 'jsonl', 'csv']),
  fileHash: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.enum(['accepted', 'partiallyAccepted', 'refused']),
  received: z.int(),
  recorded: z.int(),
  unchanged: z.int(),
  waiting: z.int(),
  refused: z.int(),
  /** Over everything that the answer is made of, so that the answer can be held to the log. */
  answerDigest: z.string().regex(/^[0-9a-f]{64}$/),
})
export type SlipIntakeCompletedData = z.infer<typeof slipIntakeCompletedEvent>

export const slipIntakeEvents = defineEvents({
  aggregate: 'slipIntake',
  schemas: { SlipIntakeCompleted: slipIntakeCompletedEvent },
})
