import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

/** The only event of `tariffImport-<importId>`: what became of a list of fees. */
export const tariffImportEvents = defineEvents({
  aggregate: 'tariffImport',
  schemas: {
    TariffsImported: z.strictObject({
      importId: z.uuid(),
      fileHash: z.string().regex(/^[0-9a-f]{64}$/),
      rowsRead: z.int(),
      rowsAdded: z.int(),
      rowsUnchanged: z.int(),
      /** SHA-256 over the rows that were added, in their order. */
      rowsDigest: z.string().regex(/^[0-9a-f]{64}$/),
      /** Over everything that the answer is made of, so that the answer can be held to the log. */
      answerDigest: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  },
})
