import { z } from 'zod'

/** Settings of the reimbursement service; each can be left out. */
const schema = z.object({
  /** Lines per transaction while a billing file is read. */
  ZIV_INVOICE_LINES_PER_CHUNK: z.coerce.number().int().min(1).max(20_000).default(2_000),
  /** Invoices per transaction while a billing file is settled. */
  ZIV_INVOICES_PER_CHUNK: z.coerce.number().int().min(1).max(5_000).default(800),
  /** Issues that a file lists per reader; the others are only counted. */
  ZIV_INVOICE_ISSUES_MAX: z.coerce.number().int().min(1).default(100_000),
  /** Largest billing or tariff file in bytes. */
  ZIV_INVOICE_FILE_BYTES_MAX: z.coerce.number().int().min(1).default(4_000_000_000),
})

export interface ReimbursementConfig {
  readonly linesPerChunk: number
  readonly invoicesPerChunk: number
  readonly issuesMax: number
  readonly fileBytesMax: number
}

/** Reads the settings; a wrong one stops the start with its name. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): ReimbursementConfig {
  const parsed = schema.parse(env)
  return {
    linesPerChunk: parsed.ZIV_INVOICE_LINES_PER_CHUNK,
    invoicesPerChunk: parsed.ZIV_INVOICES_PER_CHUNK,
    issuesMax: parsed.ZIV_INVOICE_ISSUES_MAX,
    fileBytesMax: parsed.ZIV_INVOICE_FILE_BYTES_MAX,
  }
}
