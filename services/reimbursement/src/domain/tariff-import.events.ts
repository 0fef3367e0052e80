import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const list = {
  importId: z.uuid(),
  fileHash: sha256,
  rowsAdded: z.int(),
  /** Over the rows that were added, in their order. */
  rowsDigest: sha256,
  /** Since when the rows are known. */
  importedAt: z.iso.datetime(),
}

/** The only event of `tariffImport-<importId>`: what became of a list of fees of a file (in force, or withdrawn), or the list that comes with the service. */
export const tariffImportEvents = defineEvents({
  aggregate: 'tariffImport',
  schemas: {
    TariffsImported: z.strictObject({
      ...list,
      rowsRead: z.int(),
      rowsUnchanged: z.int(),
      /** Over everything that the answer is made of, so that the answer can be held to the log. */
      answerDigest: sha256,
    }),
    TariffsSeeded: z.strictObject(list),
    /** The work on a list failed for good and it was withdrawn: none of its rows is in force. */
    TariffsWithdrawn: z.strictObject({
      importId: z.uuid(),
      fileHash: sha256,
      rowsRead: z.int(),
      withdrawnAt: z.iso.datetime(),
      answerDigest: sha256,
    }),
  },
})
