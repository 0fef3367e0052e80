import { type Cents, type IsoDate, isIsoDate } from '@ziv/kernel'
import { zoneOf } from './layout.ts'
import type { EfactRecord } from './types.ts'

/**
 * Characters of a zone as they stand in the record; `key` is the zone number (`19`) or its name (`insuranceAmount`).
 */
export function zone(record: EfactRecord, key: string): string {
  const { start, end } = zoneOf(record.type, key)
  return record.text.slice(start, end)
}

/** Text of a zone without the blanks around it. */
export function zoneText(record: EfactRecord, key: string): string {
  return zone(record, key).trim()
}

/** Whole number of a zone, signed or not; null when it holds something else. */
export function zoneNumber(record: EfactRecord, key: string): number | null {
  return numberIn(zone(record, key))
}

/** Amount of a zone in signed cents; null when it is not an amount. */
export function zoneCents(record: EfactRecord, key: string): Cents | null {
  return numberIn(zone(record, key)) as Cents | null
}

/** Date of a zone; null when it is empty (zeros) or no existing day. */
export function zoneDate(record: EfactRecord, key: string): IsoDate | null {
  return dateIn(zone(record, key))
}

export function numberIn(text: string): number | null {
  return /^[+-]?\d{1,15}$/u.test(text) ? Number(text) + 0 : null
}

export function dateIn(text: string): IsoDate | null {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  return isIsoDate(date) ? date : null
}

/** INSZ of the patient of a record (20, 30, 50, 51, 52, 80): the last eleven digits of zone 8. */
export function patientOf(record: EfactRecord): string {
  return zone(record, '8').slice(2)
}
