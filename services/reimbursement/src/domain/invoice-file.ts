import { defineEvents } from '@ziv/kernel'
import { z } from 'zod'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const about = {
  ...{ fileId: z.uuid(), fileHash: sha256, lines: z.int(), askedCents: z.int() },
  /** Over everything that the answer is made of, so that the answer can be held to the log. */
  answerDigest: sha256,
}
const settled = z.strictObject({
  ...about,
  ...{ acceptedLines: z.int(), refusedLines: z.int(), paidCents: z.int() },
  settledOn: z.iso.date(),
})
/** A test file was controlled and answered; nothing was paid. */
const tested = z.strictObject({
  ...about,
  ...{ acceptedLines: z.int(), refusedLines: z.int() },
  testedOn: z.iso.date(),
})
const refused = z.strictObject({
  ...about,
  answerKind: z.enum(['920999', '920099']),
  errorLines: z.int(),
  refusedOn: z.iso.date(),
})

/** How a billing file ended; its claims have streams of their own. */
export type InvoiceFileEvent =
  | { readonly type: 'InvoiceFileSettled'; readonly version: 1; readonly data: z.infer<typeof settled> }
  | { readonly type: 'InvoiceFileTested'; readonly version: 1; readonly data: z.infer<typeof tested> }
  | { readonly type: 'InvoiceFileRefused'; readonly version: 1; readonly data: z.infer<typeof refused> }

export const invoiceFileEvents = defineEvents({
  aggregate: 'invoiceFile',
  schemas: { InvoiceFileSettled: settled, InvoiceFileTested: tested, InvoiceFileRefused: refused },
})

export const invoiceFileStream = (fileId: string): string => `invoiceFile-${fileId}`
