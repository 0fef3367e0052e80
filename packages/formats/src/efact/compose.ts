import { withRecordCheck } from './check-digits.ts'
import { layoutFor, type Zone } from './layout.ts'

/** Values of the zones of one record, by zone number; what is not given is filled as the layout says. */
export type ZoneValues = Readonly<Record<string, string | number | null | undefined>>

/** What the file can hold: no diacritics, no characters beyond printable ASCII. */
function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, ' ')
}

/**
 * A record from zone values by number or name: numbers right-aligned with zeros, texts left-aligned with blanks,
 * amounts with their sign, dates without dashes, zone 99 computed. Throws a RangeError for a value that does not fit.
 */
export function composeRecord(type: string, values: ZoneValues): string {
  const layout = layoutFor(type)
  for (const key of Object.keys(values)) {
    if (!layout.byKey.has(key)) throw new RangeError(`record ${type} has no zone '${key}'`)
  }
  let text = ''
  for (const zone of layout.zones) {
    const named = layout.byKey.get(zone.name) === zone ? values[zone.name] : undefined
    text += padded(type, zone, values[zone.key] ?? named)
  }
  return layout.byKey.get('99')?.kind === 'check' ? withRecordCheck(text) : text
}

function padded(type: string, zone: Zone, value: string | number | null | undefined): string {
  const length = zone.end - zone.start
  switch (zone.kind) {
    case 'type':
      return type
    case 'text':
    case 'free':
      return plainText(String(value ?? ''))
        .slice(0, length)
        .padEnd(length, ' ')
    case 'signed':
      return signedText(zone, Number(value ?? 0), length)
    case 'date':
      return fitDigits(zone, String(value ?? '').replaceAll('-', ''), length)
    default:
      return fitDigits(zone, String(value ?? ''), length)
  }
}

function fitDigits(zone: Zone, text: string, length: number): string {
  if (text.length > length || !/^\d*$/u.test(text)) {
    throw new RangeError(`zone ${zone.key} (${zone.name}) holds at most ${length} digits`)
  }
  return text.padStart(length, '0')
}

function signedText(zone: Zone, value: number, length: number): string {
  const digits = String(Math.abs(value))
  if (!Number.isSafeInteger(value) || digits.length > length - 1) {
    throw new RangeError(`zone ${zone.key} (${zone.name}) holds a whole number of at most ${length - 1} digits`)
  }
  return (value < 0 ? '-' : '+') + digits.padStart(length - 1, '0')
}
