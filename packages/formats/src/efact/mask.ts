import { movedCheck } from './check-digits.ts'
import { layouts } from './layout.ts'
import type { EfactRecord } from './types.ts'

/** What was taken out of the records of an invoice, to be sealed under the key of the patient. */
export interface InvoiceSecret {
  /** Zone 8 of the header. */
  readonly patient: string
  /** Records where zone 8 or zone 99 does not follow from the others: index, zone 8, zone 99. */
  readonly exceptions: readonly (readonly [index: number, patient: string, check: string])[]
}

/** Records of an invoice without the identity of its patient, and that identity apart, to be sealed. */
export interface MaskedRecords {
  /** One after the other, each as long as it was. */
  readonly text: string
  readonly secret: InvoiceSecret
}

interface Place {
  readonly start: number
  readonly end: number
}

const placeholder = '0'.repeat(13)
const checkStart = 348

/** Zone 8 of each type of record; of record 40, whose layout is not known, the same place as everywhere. */
const places: ReadonlyMap<string, Place> = new Map(
  [...layouts].flatMap(([type, { byKey }]): [string, Place][] => {
    const zone = byKey.get('patient')
    if (zone === undefined) return []
    return type === '50'
      ? [
          [type, zone],
          ['40', zone],
        ]
      : [[type, zone]]
  }),
)

/**
 * Takes the identification of the patient (zone 8: an INSZ or membership number) out of every record of an invoice and
 * puts zeros in its place; zone 99 moves along. The billing file names the patient nowhere else. `unmaskRecords` restores
 * every byte.
 */
export function maskRecords(records: readonly EfactRecord[]): MaskedRecords {
  const patient = patientIn(records[0]) ?? placeholder
  const exceptions: [number, string, string][] = []
  let text = ''
  for (const record of records) {
    const place = places.get(record.type)
    if (place === undefined) {
      text += record.text
      continue
    }
    const found = record.text.slice(place.start, place.end)
    const check = record.text.slice(checkStart)
    const moved = movedCheck(check, found, placeholder)
    if (moved === null || found !== patient) exceptions.push([record.index, found, check])
    text +=
      record.text.slice(0, place.start) + placeholder + record.text.slice(place.end, checkStart) + (moved ?? check)
  }
  return { text, secret: { patient, exceptions } }
}

/** Puts the identification of the patient back into each of the records. */
export function unmaskRecords(records: readonly EfactRecord[], secret: InvoiceSecret): readonly EfactRecord[] {
  const exceptions = new Map(secret.exceptions.map(([index, patient, check]) => [index, { patient, check }]))
  return records.map((record) => {
    const place = places.get(record.type)
    if (place === undefined) return record
    const exception = exceptions.get(record.index)
    const masked = record.text.slice(checkStart)
    const patient = exception?.patient ?? secret.patient
    const check = exception?.check ?? movedCheck(masked, placeholder, patient) ?? masked
    const text = record.text.slice(0, place.start) + patient + record.text.slice(place.end, checkStart) + check
    return { ...record, text }
  })
}

function patientIn(record: EfactRecord | undefined): string | undefined {
  const place = record && places.get(record.type)
  return place && record.text.slice(place.start, place.end)
}
