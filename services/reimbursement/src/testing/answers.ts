import { type EfactAnswerItem, readEfactAnswer } from '@ziv/formats'
import type { Finding } from '@ziv/service'
import type { ImportInvoiceResult, InvoiceFile } from '../intake/types.ts'
import type { Harness } from './harness.ts'

/** The file of an import that was taken in; fails the spec when it was not. */
export function fileIn(result: ImportInvoiceResult): InvoiceFile {
  if (!result.ok) throw new Error(`the file was not taken in: ${JSON.stringify(result.issues)}`)
  return result.file
}

export async function answerText(harness: Harness, fileId: string): Promise<string> {
  const parts: string[] = []
  for await (const part of await harness.service.invoiceFileAnswer(fileId)) parts.push(part)
  return parts.join('')
}

export interface ReadAnswer {
  readonly items: readonly EfactAnswerItem[]
  /** Code and amount paid per service, in the order of the file. */
  readonly services: readonly { readonly codes: readonly string[]; readonly paidCents: number }[]
  /** Codes on the headers of the invoices. */
  readonly headers: readonly (readonly string[])[]
}

/** The answer as a published sender would read it. */
export async function readAnswer(harness: Harness, fileId: string): Promise<ReadAnswer> {
  const items: EfactAnswerItem[] = []
  for await (const item of readEfactAnswer(await harness.service.invoiceFileAnswer(fileId))) items.push(item)
  const records = items.flatMap((item) => (item.kind === 'record' ? [item] : []))
  const codesOf = (item: (typeof records)[number]) => item.detail?.refusals.map((refusal) => refusal.code) ?? []
  return {
    items,
    services: records
      .filter((item) => item.record.type === '50')
      .map((item) => ({ codes: codesOf(item), paidCents: item.detail?.paidCents ?? 0 })),
    headers: records.filter((item) => item.record.type === '20').map(codesOf),
  }
}

export async function failedFindings(harness: Harness): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const finding of harness.service.verify()) if (!finding.ok) findings.push(finding)
  return findings
}
