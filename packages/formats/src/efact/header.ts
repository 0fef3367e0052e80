import type { EfactHeader, EfactRecord } from './types.ts'
import { dateIn, zone, zoneNumber, zoneText } from './zones.ts'

/** Facts of segments 200 and 300, as far as they can be read. */
export function headerOf(segment200: EfactRecord, segment300: EfactRecord): EfactHeader {
  const month = zone(segment300, 'invoicingMonth')
  return {
    segment200,
    segment300,
    messageType: zone(segment200, 'messageType'),
    test: zone(segment200, 'environment') === '92',
    senderReference: zone(segment200, 'senderReference').replace(/^0+(?=.)/u, ''),
    insurerReference: zone(segment200, 'insurerReference').replace(/^0+(?=.)/u, ''),
    invoicingMonth: `${month.slice(0, 4)}-${month.slice(4)}`,
    sendNumber: zoneNumber(segment300, 'sendNumber') ?? 0,
    createdOn: dateIn(zone(segment300, 'createdOn')),
    fileReference: zoneText(segment300, 'fileReference'),
    invoiceKind: zone(segment300, 'invoiceKind'),
  }
}
