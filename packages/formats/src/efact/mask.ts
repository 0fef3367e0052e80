import { withRecordCheck } from './check-digits.ts'
import { layoutFor } from './layout.ts'
import type { EfactInvoice, EfactRecord, EfactService } from './types.ts'

/** What was taken out of an invoice, to be sealed under the key of the patient. */
export interface InvoiceSecret {
  /** Zone 8 of the header. */
  readonly patient: string
  /** Records where zone 8 or zone 99 was not what follows from it: index, zone 8, zone 99. */
  readonly exceptions: readonly (readonly [index: number, patient: string, check: string])[]
}

/** An invoice without the identity of its patient, and that identity apart, to be sealed. */
export interface MaskedInvoice {
  readonly invoice: EfactInvoice
  readonly secret: InvoiceSecret
}

const placeholder = '0'.repeat(13)
const checkStart = 348

/**
 * Takes the identification of the patient (zone 8: an INSZ or membership number) out of every record of an invoice and
 * puts zeros in its place; zone 99 follows. The billing file names the patient nowhere else. `unmaskInvoice` restores
 * every byte.
 */
export function maskInvoice(invoice: EfactInvoice): MaskedInvoice {
  const patient = patientZone(invoice.header)?.text ?? placeholder
  const exceptions: [number, string, string][] = []
  const masked = mapRecords(invoice, (record) => {
    const found = patientZone(record)
    if (found === null) return record
    const text = withRecordCheck(replaced(record.text, found, placeholder))
    const restored = withRecordCheck(replaced(text, found, patient))
    if (restored !== record.text) exceptions.push([record.index, found.text, record.text.slice(checkStart)])
    return { ...record, text }
  })
  return { invoice: masked, secret: { patient, exceptions } }
}

/** Puts the identification of the patient back. */
export function unmaskInvoice(invoice: EfactInvoice, secret: InvoiceSecret): EfactInvoice {
  const exceptions = new Map(secret.exceptions.map(([index, patient, check]) => [index, { patient, check }]))
  return mapRecords(invoice, (record) => {
    const found = patientZone(record)
    if (found === null) return record
    const exception = exceptions.get(record.index)
    const text = replaced(record.text, found, exception?.patient ?? secret.patient)
    return {
      ...record,
      text: exception === undefined ? withRecordCheck(text) : text.slice(0, checkStart) + exception.check,
    }
  })
}

interface Found {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Zone 8 of a record; of record 40, whose layout is not known, the same place as everywhere. */
function patientZone(record: EfactRecord): Found | null {
  const zone = layoutFor(record.type === '40' ? '50' : record.type).byKey.get('patient')
  if (zone === undefined) return null
  return { start: zone.start, end: zone.end, text: record.text.slice(zone.start, zone.end) }
}

const replaced = (text: string, { start, end }: Found, value: string): string =>
  text.slice(0, start) + value + text.slice(end)

function mapRecords(invoice: EfactInvoice, change: (record: EfactRecord) => EfactRecord): EfactInvoice {
  const changed = new Map<EfactRecord, EfactRecord>()
  const once = (record: EfactRecord): EfactRecord => {
    const known = changed.get(record)
    if (known !== undefined) return known
    const result = change(record)
    changed.set(record, result)
    return result
  }
  const service = (s: EfactService): EfactService => ({
    record: once(s.record),
    tarification: s.tarification === null ? null : once(s.tarification),
    identityReading: s.identityReading === null ? null : once(s.identityReading),
  })
  return {
    ...invoice,
    header: once(invoice.header),
    services: invoice.services.map(service),
    total: invoice.total === null ? null : once(invoice.total),
    records: invoice.records.map(once),
  }
}
