import { type IsoDate, parseInsz, parseNomenclatureCode } from '@ziv/kernel'
import type { EfactDetail } from './messages.ts'
import { isDigits } from './record-check.ts'
import type { Totals } from './totals.ts'
import type { EfactInvoice, EfactRecord } from './types.ts'
import { dateIn, patientOf, zone, zoneCents } from './zones.ts'

/** A broken rule of a zone of a record, by zone number. */
export type InvoiceReport = (record: EfactRecord, key: string, rule: string, detail?: EfactDetail) => void

const domains: Readonly<Record<string, string>> = { '9': '12', '10': '1345679', '11': '0123', '32': '01' }
const repeatedInTotal = ['7', '8', '9', '10', '14', '17', '18', '24', '32'] as const

/** Checks of one invoice that need more than one zone: the person, the days, the repeated zones and the sums. */
export function checkInvoice(invoice: EfactInvoice, sums: Totals, today: IsoDate | null, report: InvoiceReport): void {
  checkHeader(invoice.header, report)
  for (const service of invoice.services) {
    checkService(service.record, invoice.header, today, report)
    for (const extra of [service.tarification, service.identityReading]) {
      if (extra !== null) checkExtra(extra, service.record, invoice.header, report)
    }
  }
  if (invoice.total !== null) checkTotal(invoice.total, invoice.header, sums, report)
}

function checkHeader(header: EfactRecord, report: InvoiceReport): void {
  for (const key in domains) {
    const value = zone(header, key)
    const allowed = domains[key]!
    if (isDigits(value, 0, 1) && !allowed.includes(value)) {
      report(header, key, 'domain', { value, other: [...allowed].join(', ') })
    }
  }
  if (zone(header, '32') === '1' && !parseInsz(patientOf(header)).ok) report(header, '8', 'inszCheck')
}

function checkService(record: EfactRecord, header: EfactRecord, today: IsoDate | null, report: InvoiceReport): void {
  if (record.type === '40') return
  const from = dateIn(zone(record, '5'))
  const to = dateIn(zone(record, '6'))
  if (from !== null && to !== null && to < from) report(record, '6', 'period')
  if (today !== null && from !== null && from > today) report(record, '5', 'future', { value: from })
  if (today !== null && to !== null && to > today) report(record, '6', 'future', { value: to })
  const affiliation = zone(record, '7')
  if (affiliation !== '000' && affiliation !== zone(header, '7')) report(record, '7', 'same', { other: '20' })
  if (zone(record, '8') !== zone(header, '8')) report(record, '8', 'same', { other: '20' })
  const code = zone(record, '4')
  if (isDigits(code, 0, 7) && !(code[0] === '0' && parseNomenclatureCode(code.slice(1)).ok)) {
    report(record, '4', 'codeCheck', { value: code })
  }
}

function checkExtra(extra: EfactRecord, service: EfactRecord, header: EfactRecord, report: InvoiceReport): void {
  if (zone(extra, '8') !== zone(header, '8')) report(extra, '8', 'same', { other: '20' })
  if (service.type === '40') return
  for (const key of ['4', '5']) {
    if (zone(extra, key) !== zone(service, key)) report(extra, key, 'same', { other: service.type })
  }
}

function checkTotal(total: EfactRecord, header: EfactRecord, sums: Totals, report: InvoiceReport): void {
  for (const key of repeatedInTotal) {
    if (zone(total, key) !== zone(header, key)) report(total, key, 'same', { other: '20' })
  }
  const compare = (key: string, ...accepted: readonly number[]): void => {
    const value = zoneCents(total, key)
    if (value === null || accepted.includes(value)) return
    report(total, key, 'sum', { value: String(value), other: String(accepted[0]), cents: true })
  }
  compare('19', sums.accountA)
  compare('15', sums.accountB)
  compare('27', sums.patientReal, sums.patient)
  compare('30', sums.supplement)
  const check = zone(total, '98')
  if (check !== sums.check) report(total, '98', 'total', { value: check, other: sums.check })
}
