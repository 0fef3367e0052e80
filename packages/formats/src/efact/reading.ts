import { type Cents, type IsoDate, parseIban } from '@ziv/kernel'
import { type FormatIssue, IssueLog, type Severity } from '../issue.ts'
import { controlOf } from './controls.ts'
import { headerOf } from './header.ts'
import { checkInvoice } from './invoice-check.ts'
import { layoutFor, type Zone, zoneOf } from './layout.ts'
import { type EfactMessageParams, efactMessages, ownCode, zoneNames } from './messages.ts'
import { checkRecord } from './record-check.ts'
import { Totals } from './totals.ts'
import type {
  EfactEnd,
  EfactHeader,
  EfactInvoice,
  EfactItem,
  EfactOptions,
  EfactRecord,
  EfactService,
} from './types.ts'
import { dateIn, zone, zoneCents, zoneNumber, zoneText } from './zones.ts'

/** What may come after a record; `0` is the start of the records. */
const followers: Readonly<Record<string, readonly string[]>> = {
  '0': ['10'],
  '10': ['20'],
  '20': ['30', '40', '50'],
  '30': ['30', '40', '50', '80'],
  '40': ['40', '50', '80'],
  '50': ['50', '51', '52', '80'],
  '51': ['50', '52', '80'],
  '52': ['50', '80'],
  '80': ['20', '90'],
  '90': ['95'],
  '95': ['95', '96'],
}
const maxInvoiceIssues = 1_000
const repeatedAtEnd = ['7', '14', '22', '23', '27', '31', '36'] as const

interface OpenInvoice {
  readonly header: EfactRecord
  readonly services: EfactService[]
  readonly records: EfactRecord[]
  readonly issues: FormatIssue[]
  readonly sums: Totals
  hasUnreadable: boolean
}

type Detail = { readonly value?: string; readonly other?: string; readonly record?: string }

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
    detail: Detail = {},
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
    const unnamed = zoneFound?.name ?? ''
    const names = zoneNames.get(unnamed) ?? { nl: unnamed, fr: unnamed, de: unnamed, en: unnamed }
    const params: EfactMessageParams = { ...names, ...(recordType === null ? {} : { record: recordType }), ...detail }
    const issue: FormatIssue = {
      code,
      ...(control === null ? {} : { officialCode: control.code, letter: control.letter }),
      severity: weight,
      ...efactMessages[rule]!(params),
      place: {
        ...(offset === undefined ? {} : { offset }),
        ...(record === null ? {} : { record: record.index }),
        ...(recordType === null ? {} : { recordType }),
        ...(zoneFound === null ? {} : { zone: zoneFound.key, position: zoneFound.start + 1 }),
      },
    }
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
    const value = zone(record, '2')
    const order = zoneNumber(record, '2')
    if (order !== null && order !== this.#expectedOrder) {
      const first = this.#records === 1
      this.issue(first ? 'firstRecord' : 'sequence', record, '2', {
        value,
        other: String(this.#expectedOrder).padStart(6, '0'),
      })
    }
    this.#expectedOrder = ((order ?? this.#expectedOrder) % 999_999) + 1
  }

  #checkPlace(record: EfactRecord): void {
    if (followers[this.#previous]?.includes(record.type) === true) return
    const other = this.#previous === '0' ? '-' : this.#previous
    this.issue('before', record, layoutFor(record.type).zones[0]!.key, { record: record.type, other })
  }

  #openBatch(record: EfactRecord): void {
    this.#batch = record
    if (zoneNumber(record, '7') === 0) this.issue('notZero', record, '7')
    const month = zoneNumber(record, '23')
    if (month !== null && (month < 1 || month > 12)) {
      this.issue('domain', record, '23', { value: zone(record, '23'), other: '01-12' })
    }
    const created = dateIn(zone(record, '25'))
    if (this.#today !== null && created !== null && created > this.#today) {
      this.issue('future', record, '25', { value: created })
    }
    const head = this.#header?.segment300
    if (head !== undefined) {
      if (zone(record, '7') !== zone(head, '301')) this.issue('headerDiffers', record, '7')
      if (zone(record, '4') !== zone(head, '304')) this.issue('headerDiffers', record, '4')
      if (zone(record, '22').slice(1) + zone(record, '23') !== zone(head, '300'))
        this.issue('headerDiffers', record, '23')
    }
    this.#checkAccount(record, '36', true)
    this.#checkAccount(record, '49', false)
    this.#queue.push({ kind: 'batch', record })
  }

  /** The account that is paid. Of a Belgian one that has its form only the check digits can be wrong. */
  #checkAccount(record: EfactRecord, key: string, required: boolean): void {
    const account = zoneText(record, key)
    if (account === '') {
      if (required) this.issue('ibanAbsent', record, key)
    } else if (!parseIban(account).ok) {
      this.issue(/^BE\d{14}$/u.test(account) ? 'ibanCheck' : 'iban', record, key)
    }
  }

  #openInvoice(record: EfactRecord): void {
    this.#closeInvoice(null)
    this.#invoice = {
      header: record,
      services: [],
      records: [],
      issues: [],
      sums: new Totals(),
      hasUnreadable: false,
    }
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
    this.#compare(record, '19', 'sum', this.#declared.accountA)
    this.#compare(record, '15', 'sum', this.#declared.accountB)
    const check = zone(record, '98')
    if (check !== this.#file.check) this.issue('total', record, '98', { value: check, other: this.#file.check })
    this.#queue.push({ kind: 'batchTotal', record })
  }

  #compare(record: EfactRecord, key: string, rule: string, expected: number): void {
    const value = zoneNumber(record, key)
    if (value === null || value === expected) return
    this.issue(rule, record, key, { value: String(value), other: String(expected) })
  }

  #insurerTotal(record: EfactRecord): void {
    const number = zone(record, 'insurer')
    const insurer = this.#insurers.get(number)
    if (insurer === undefined) this.issue('unknownInsurer', record, 'insurer', { value: number })
    else {
      insurer.told = true
      this.#compareTotals(record, insurer.totals, insurer.totals.records)
      const check = zone(record, 'check')
      // senders differ on whether records 51 and 52 count here
      if (check !== insurer.totals.checkOnce && check !== insurer.totals.check) {
        const detail = { value: check, other: insurer.totals.checkOnce }
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
    this.#compareTotals(record, this.#file, this.#file.records + 2)
    const check = zone(record, 'check')
    if (check !== this.#file.check) {
      this.issue('totalRecord', record, 'check', { value: check, other: this.#file.check })
    }
    this.#queue.push({ kind: 'fileTotal', record })
  }

  #compareTotals(record: EfactRecord, totals: Totals, records: number): void {
    this.#compare(record, 'askedA', 'totalRecord', totals.accountA)
    this.#compare(record, 'askedB', 'totalRecord', totals.accountB)
    this.#compare(record, 'askedTotal', 'totalRecord', totals.accountA + totals.accountB)
    this.#compare(record, 'records', 'totalRecord', records)
  }
}
