import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The only event of `lineBatch-<fileId>`: what became of a file with one contribution a line. */
const lineBatchCompleted = z.strictObject({
  kind: z.string(),
  fileHash: sha256,
  outcome: z.enum(['accepted', 'partiallyAccepted', 'refused']),
  recorded: z.int(),
  unchanged: z.int(),
  waiting: z.int(),
  refused: z.int(),
  /** Over everything that the answer is made of, so that the answer can be held to the log. */
  answerDigest: sha256,
})
export type LineBatchCompletedData = z.infer<typeof lineBatchCompleted>

export const lineBatchEvents = defineEvents({
  aggregate: 'lineBatch',
  schemas: { LineBatchCompleted: lineBatchCompleted },
})
