import type { IsoDate } from '@ziv/kernel'

/** How a billing file ended; its claims have streams of their own. */
export type InvoiceFileEvent =
  | {
      readonly type: 'InvoiceFileSettled'
      readonly version: 1
      readonly data: {
        readonly fileId: string
        readonly fileHash: string
        readonly lines: number
        readonly acceptedLines: number
        readonly refusedLines: number
        readonly askedCents: number
        readonly paidCents: number
        readonly settledOn: IsoDate
      }
    }
  | {
      readonly type: 'InvoiceFileRefused'
      readonly version: 1
      readonly data: {
        readonly fileId: string
        readonly fileHash: string
        readonly answerKind: '920999' | '920099'
        readonly lines: number
        readonly errorLines: number
        readonly askedCents: number
        readonly refusedOn: IsoDate
      }
    }

export const invoiceFileStream = (fileId: string): string => `invoiceFile-${fileId}`
