import { type EfactRecord, type InvoiceSecret, maskRecords, unmaskRecords } from '@ziv/formats'
import { ERASED, type Sealed, type Vault } from '@ziv/privacy'
import type { ControlledInvoice } from './control-chunk.ts'
import { mapInSlices } from './in-slices.ts'

export interface SealedInvoice {
  /** Records one after the other, 350 characters each, without the number of the patient; empty when all are sealed. */
  readonly records: string
  readonly subjectId: string
  readonly patient: Sealed
}

const recordLength = 350

/** What is sealed: how to put the number back, or all records when the number also stands elsewhere in them. */
interface Content {
  readonly secret?: InvoiceSecret
  readonly records?: string
}

const contextOf = (fileId: string, sequence: number): string => `invoiceFile:${fileId}:${sequence}`

/** Masks the records of many invoices and seals what was taken out, under the key of the patient or, unknown, of the file. */
export async function sealInvoices(
  vault: Vault,
  fileId: string,
  controlled: readonly ControlledInvoice[],
): Promise<readonly SealedInvoice[]> {
  const parts = await mapInSlices(controlled, ({ invoice, read, personId }) => {
    const { text: records, secret } = maskRecords(invoice.records)
    const digits = read.insz ?? secret.patient.trim().replace(/^0+/, '')
    const elsewhere = digits.length >= 5 && records.includes(digits)
    const content: Content = elsewhere ? { records: textOf(invoice.records) } : { secret }
    return {
      records: elsewhere ? '' : records,
      subjectId: personId ?? fileId,
      context: contextOf(fileId, invoice.index),
      plaintext: JSON.stringify(content),
    }
  })
  const sealed = await vault.seal(parts)
  return parts.map(({ records, subjectId }, index) => ({ records, subjectId, patient: sealed[index]! }))
}

/** Seals what stands around the invoices, with the accounts and contacts of the sender, under the key of the file. */
export function sealFrames(
  vault: Vault,
  fileId: string,
  frames: readonly { readonly sequence: number; readonly records: readonly EfactRecord[] }[],
): Promise<readonly Sealed[]> {
  return vault.seal(
    frames.map(({ sequence, records }) => ({
      subjectId: fileId,
      context: contextOf(fileId, sequence),
      plaintext: JSON.stringify({ records: textOf(records) } satisfies Content),
    })),
  )
}

const textOf = (records: readonly EfactRecord[]): string => records.map((record) => record.text).join('')

export interface StagedRecords {
  readonly sequence: number
  readonly firstRecord: number
  readonly records: string
  readonly subjectId: string | null
  readonly patient: Sealed | null
}

/** The records as they were sent. Of a patient who was erased the number stays zeros. */
export async function openInvoices(
  vault: Vault,
  fileId: string,
  rows: readonly StagedRecords[],
): Promise<readonly (readonly EfactRecord[])[]> {
  const sealedRows = rows.filter((row) => row.patient !== null && row.subjectId !== null)
  const opened = await vault.open(
    sealedRows.map((row) => ({
      subjectId: row.subjectId!,
      context: contextOf(fileId, row.sequence),
      sealed: row.patient!,
    })),
  )
  const contents = new Map(sealedRows.map((row, index) => [row.sequence, opened[index]!]))
  return rows.map((row) => {
    const plaintext = contents.get(row.sequence)
    if (plaintext === undefined || plaintext === ERASED) return recordsIn(row.records, row.firstRecord)
    const content = JSON.parse(plaintext as string) as Content
    if (content.records !== undefined) return recordsIn(content.records, row.firstRecord)
    return unmaskRecords(recordsIn(row.records, row.firstRecord), content.secret!)
  })
}

function recordsIn(text: string, firstRecord: number): readonly EfactRecord[] {
  const records: EfactRecord[] = []
  for (let at = 0; at < text.length; at += recordLength) {
    const record = text.slice(at, at + recordLength)
    records.push({ type: record.slice(0, 2), index: firstRecord + records.length, text: record })
  }
  return records
}
