import { recordCheck } from './check-digits.ts'
import { layoutFor, type Zone } from './layout.ts'
import type { EfactRecord } from './types.ts'
import { dateIn } from './zones.ts'

const zero = 48
const nine = 57
const plus = 43
const minus = 45

/** A broken rule of one zone; `value` is absent where it could identify a person. */
export type ZoneReport = (zone: Zone, rule: string, detail?: { value?: string; other?: string }) => void

/** Zones whose content never stands in a message. */
const personal: ReadonlySet<string> = new Set(['patient', 'reference', 'lastName', 'firstName', 'networkReference'])

/** Checks every zone of a record by its kind, and zone 99. */
export function checkRecord(record: EfactRecord, report: ZoneReport): void {
  const { text } = record
  for (const zone of layoutFor(record.type).zones) {
    const rule = brokenRule(text, zone)
    if (rule === null) continue
    const value = text.slice(zone.start, zone.end)
    report(zone, rule, personal.has(zone.name) || zone.kind === 'zero' ? {} : { value })
  }
  checkLast(record, report)
}

function checkLast(record: EfactRecord, report: ZoneReport): void {
  const zone = layoutFor(record.type).byKey.get('99')
  if (zone?.kind !== 'check') return
  const expected = recordCheck(record.text)
  const value = record.text.slice(zone.start, zone.end)
  if (value !== expected) report(zone, 'recordCheck', { value, other: expected })
}

function brokenRule(text: string, zone: Zone): string | null {
  switch (zone.kind) {
    case 'order':
    case 'number':
      return isDigits(text, zone.start, zone.end) ? null : 'numeric'
    case 'zero':
      return isZeros(text, zone.start, zone.end) ? null : 'zero'
    case 'date':
      if (isZeros(text, zone.start, zone.end)) return null
      return dateIn(text.slice(zone.start, zone.end)) === null ? 'date' : null
    case 'signed':
      return brokenAmount(text, zone.start, zone.end)
    default:
      return null
  }
}

function brokenAmount(text: string, start: number, end: number): string | null {
  const sign = text.charCodeAt(start)
  if (sign !== plus && sign !== minus) return 'sign'
  if (isDigits(text, start + 1, end)) return null
  return /[+-]/u.test(text.slice(start + 1, end)) ? 'signInside' : 'numeric'
}

export function isDigits(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (!(code >= zero && code <= nine)) return false
  }
  return true
}

function isZeros(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) !== zero) return false
  return true
}
