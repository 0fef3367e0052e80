import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The only event of `memberImport-<fileId>`: what became of a file of members. */
const memberImportCompleted = z.strictObject({
  fileHash: sha256,
  outcome: z.enum(['accepted', 'partiallyAccepted', 'refused']),
  imported: z.int(),
  repeated: z.int(),
  refused: z.int(),
  /** Over everything that the answer is made of, so that the answer can be held to the log. */
  answerDigest: sha256,
})
export type MemberImportCompletedData = z.infer<typeof memberImportCompleted>

export const memberImportEvents = defineEvents({
  aggregate: 'memberImport',
  schemas: { MemberImportCompleted: memberImportCompleted },
})
