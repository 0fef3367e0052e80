import type { Cents, IsoDate } from '@ziv/kernel'
import { IssueLog, type Severity } from '../issue.ts'
import { checkBatch } from './batch-check.ts'
import { controlOf } from './controls.ts'
import { mayFollow } from './followers.ts'
import { headerOf } from './header.ts'
import { checkInvoice } from './invoice-check.ts'
import { issueOf } from './issue-of.ts'
import { layoutFor, type Zone, zoneOf } from './layout.ts'
import { type EfactDetail, ownCode } from './messages.ts'
import { type OpenInvoice, openInvoice } from './open-invoice.ts'
import { checkRecord } from './record-check.ts'
import { compare, expectedTotals, Totals } from './totals.ts'
import type { EfactEnd, EfactHeader, EfactInvoice, EfactItem, EfactOptions, EfactRecord } from './types.ts'
import { zone, zoneCents, zoneNumber } from './zones.ts'

const maxInvoiceIssues = 1_000
const repeatedAtEnd = ['7', '14', '22', '23', '27', '31', '36'] as const

/** Follows the records of one billing file and queues the items they make. */
export class EfactReading {
  readonly #log: IssueLog
  readonly #today: IsoDate | null
  #queue: EfactItem[] = []
  #header: EfactHeader | null = null
  #batch: EfactRecord | null = null
  #invoice: OpenInvoice | null = null
  #previous = '0'
  #expectedOrder = 1
  #records = 0
  #invoices = 0
  #services = 0
  #insurance = 0
  #destination = ''
  #wasCredit = false
  readonly #file = new Totals()
  readonly #declared = { accountA: 0, accountB: 0 }
  readonly #insurers = new Map<string, { readonly totals: Totals; told: boolean }>()

  constructor(options: EfactOptions) {
    this.#log = new IssueLog(options)
    this.#today = options.today ?? null
  }

  get openRecords(): number {
    return this.#invoice?.records.length ?? 0
  }

  take(): EfactItem[] {
    const items = this.#queue
    this.#queue = []
    return items
  }

  header(segment200: EfactRecord, segment300: EfactRecord): void {
    this.#header = headerOf(segment200, segment300)
    for (const record of [segment200, segment300]) this.#checkZones(record)
    this.#constant(segment200, 'environment', ['12', '92'])
    this.#constant(segment300, 'instructionsVersion', ['0001999', '9991999'])
    this.#constant(segment300, 'invoiceKind', ['01', '03', '09'])
    this.#constant(segment300, 'accounts', ['01', '02'])
    this.#queue.push({ kind: 'header', header: this.#header })
  }

  /** Takes the next record of 350 characters. */
  record(record: EfactRecord): void {
    this.#records += 1
    this.#checkOrder(record)
    this.#checkPlace(record)
    this.#previous = record.type
    if (record.type === '20') this.#openInvoice(record)
    const invoice = this.#invoice
    if (record.type === '40') this.issue('unknownType', record, '1', { value: '40' })
    if (/[^\x20-\x7e]/u.test(record.text)) this.issue('characters', record, null)
    this.#checkZones(record)
    if (record.type === '10') this.#openBatch(record)
    else if (record.type === '90') this.#closeBatch(record)
    else if (record.type === '95') this.#insurerTotal(record)
    else if (record.type === '96') this.#fileTotal(record)
    else if (invoice !== null) this.#inInvoice(invoice, record)
  }

  /** After the last record. */
  finish(): void {
    this.#closeInvoice(null)
    if (this.#previous === '96') return
    if (!['90', '95'].includes(this.#previous)) this.issue('absent', null, '1', {}, '90')
    this.issue('missingTotal', null, null, { other: '96' })
  }

  end(messageType: string | null, bytes: number, complete: boolean): EfactEnd {
    const insurance = Number.isSafeInteger(this.#insurance) ? this.#insurance : Number.MAX_SAFE_INTEGER
    return {
      messageType,
      records: this.#records,
      invoices: this.#invoices,
      services: this.#services,
      insuranceCents: insurance as Cents,
      bytes,
      issues: this.#log.totals(),
      complete,
    }
  }

  /** Notes an issue; `type` names the record type when there is no record. */
  issue(
    rule: string,
    record: EfactRecord | null,
    key: string | null,
    detail: EfactDetail = {},
    type: string | null = null,
    severity?: Severity,
    offset?: number,
  ): void {
    const recordType = record?.type ?? type
    const zoneFound = key !== null && recordType !== null ? zoneOf(recordType, key) : null
    const control = zoneFound === null || recordType === null ? null : controlOf(recordType, zoneFound.key, rule)
    const weight = severity ?? (control === null ? 'error' : 'SE'.includes(control.letter) ? 'warning' : 'error')
    const code = ownCode(rule)
    const listed = this.#log.admit(code, weight)
    const owner = this.#invoice?.issues
    const kept = owner !== undefined && owner.length < maxInvoiceIssues
    if (!listed && !kept) return
    const issue = issueOf(rule, {
      code,
      severity: weight,
      control,
      zone: zoneFound,
      record,
      recordType,
      detail,
      offset,
    })
    if (kept) owner.push(issue)
    if (listed) this.#queue.push({ kind: 'issue', issue })
  }

  #checkZones(record: EfactRecord): void {
    checkRecord(record, (found: Zone, rule, detail) => this.issue(rule, record, found.key, detail))
  }

  #constant(record: EfactRecord, key: string, allowed: readonly string[]): void {
    const value = zone(record, key)
    if (!allowed.includes(value)) this.issue('headerConstant', record, key, { value, other: allowed.join(', ') })
  }

  #checkOrder(record: EfactRecord): void {
    if (record.type === '95' || record.type === '96') return
    const order = zoneNumber(record, '2')
    if (order !== null && order !== this.#expectedOrder) {
      const other = String(this.#expectedOrder).padStart(6, '0')
      this.issue(this.#records === 1 ? 'firstRecord' : 'sequence', record, '2', { value: zone(record, '2'), other })
    }
    this.#expectedOrder = ((order ?? this.#expectedOrder) % 999_999) + 1
  }

  #checkPlace(record: EfactRecord): void {
    if (mayFollow(this.#previous, record.type)) return
    const other = this.#previous === '0' ? '-' : this.#previous
    this.issue('before', record, layoutFor(record.type).zones[0]!.key, { record: record.type, other })
  }

  #openBatch(record: EfactRecord): void {
    this.#batch = record
    const { segment300 = null } = this.#header ?? {}
    checkBatch(record, segment300, this.#today, (key, rule, detail) => this.issue(rule, record, key, detail))
    this.#queue.push({ kind: 'batch', record })
  }

  #openInvoice(record: EfactRecord): void {
    this.#closeInvoice(null)
    this.#invoice = openInvoice(record)
    const destination = zone(record, '18')
    const credit = zone(record, '11') === '3'
    // credit notes come first, then the others: the order starts again once
    if (destination < this.#destination && !(this.#wasCredit && !credit)) {
      this.issue('ascending', record, '18', { value: destination, other: this.#destination })
    }
    this.#destination = destination
    this.#wasCredit = credit
  }

  #inInvoice(invoice: OpenInvoice, record: EfactRecord): void {
    invoice.records.push(record)
    invoice.sums.records += 1
    const last = invoice.services.at(-1)
    switch (record.type) {
      case '30':
      case '50':
        invoice.services.push({ record, tarification: null, identityReading: null })
        invoice.sums.addService(record)
        this.#services += 1
        this.#insurance += zoneCents(record, '19') ?? 0
        return
      case '51':
      case '52':
        if (last === undefined) return
        invoice.services[invoice.services.length - 1] =
          record.type === '51' ? { ...last, tarification: record } : { ...last, identityReading: record }
        if (last.record.type !== '40') invoice.sums.repeatCode(last.record)
        return
      case '40':
        invoice.hasUnreadable = true
        return
      case '80':
        this.#closeInvoice(record)
    }
  }

  #closeInvoice(total: EfactRecord | null): void {
    const open = this.#invoice
    if (open === null) return
    this.#invoices += 1
    const { header, services, records, issues, sums } = open
    const invoice: EfactInvoice = { index: this.#invoices, header, services, total, records, issues }
    const skipped = open.hasUnreadable ? ['sum', 'total'] : []
    checkInvoice(invoice, sums, this.#today, (record, key, rule, detail) => {
      if (!skipped.includes(rule)) this.issue(rule, record, key, detail)
    })
    this.#invoice = null
    this.#file.add(sums)
    const destination = zone(header, '18')
    const insurer = this.#insurers.get(destination) ?? { totals: new Totals(), told: false }
    insurer.totals.add(sums)
    this.#insurers.set(destination, insurer)
    if (total !== null) {
      this.#declared.accountA += zoneCents(total, '19') ?? 0
      this.#declared.accountB += zoneCents(total, '15') ?? 0
    }
    this.#queue.push({ kind: 'invoice', invoice })
  }

  #closeBatch(record: EfactRecord): void {
    this.#closeInvoice(null)
    if (this.#batch !== null) {
      for (const key of repeatedAtEnd) {
        if (zone(record, key) !== zone(this.#batch, key)) this.issue('same', record, key, { other: '10' })
      }
    }
    compare(record, { '19': this.#declared.accountA, '15': this.#declared.accountB }, this.#differs(record, 'sum'))
    const check = zone(record, '98')
    if (check !== this.#file.check) this.issue('total', record, '98', { value: check, other: this.#file.check })
    this.#queue.push({ kind: 'batchTotal', record })
  }

  /** Reports an amount or a number of a total that differs from what was read. */
  #differs(record: EfactRecord, rule: string): (key: string, value: number, expected: number) => void {
    return (key, value, expected) => {
      const detail = { value: String(value), other: String(expected), cents: key !== 'records' }
      this.issue(rule, record, key, detail)
    }
  }

  #insurerTotal(record: EfactRecord): void {
    const number = zone(record, 'insurer')
    const insurer = this.#insurers.get(number)
    if (insurer === undefined) this.issue('unknownInsurer', record, 'insurer', { value: number })
    else {
      insurer.told = true
      const { totals } = insurer
      compare(record, expectedTotals(totals, totals.records), this.#differs(record, 'totalRecord'))
      const check = zone(record, 'check')
      // senders differ on whether records 51 and 52 count here
      if (check !== totals.checkOnce && check !== totals.check) {
        const detail = { value: check, other: totals.checkOnce }
        this.issue('totalRecord', record, 'check', detail, null, 'warning')
      }
    }
    this.#queue.push({ kind: 'insurerTotal', record })
  }

  #fileTotal(record: EfactRecord): void {
    for (const [number, insurer] of this.#insurers) {
      if (!insurer.told) this.issue('missingTotal', null, null, { other: `95 (${number})` })
    }
    // records 10 and 90 count in the file, not in an insurer
    compare(record, expectedTotals(this.#file, this.#file.records + 2), this.#differs(record, 'totalRecord'))
    const check = zone(record, 'check')
    if (check !== this.#file.check) {
      this.issue('totalRecord', record, 'check', { value: check, other: this.#file.check })
    }
    this.#queue.push({ kind: 'fileTotal', record })
  }
}
