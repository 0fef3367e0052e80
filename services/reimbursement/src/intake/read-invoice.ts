import {
  type EfactInvoice,
  type EfactRecord,
  type EfactService,
  type FormatIssue,
  patientOf,
  zone,
  zoneCents,
  zoneDate,
  zoneNumber,
} from '@ziv/formats'
import { addCents, cents, type IsoDate } from '@ziv/kernel'
import type { Convention } from '@ziv/law'
import type { ClaimInput, LineInput } from '../domain/claim-input.ts'
import type { RecordCode } from './types.ts'

/** An invoice of a file as the controls take it. */
export interface ReadInvoice {
  readonly claim: ClaimInput
  readonly providerNumber: string
  /** INSZ of the patient; null when it is a number of another kind. */
  readonly insz: string | null
  /** Place in the invoice of the record of each line. */
  readonly places: readonly number[]
  /** Codes that the reading found, by place of the record. */
  readonly formRecords: Readonly<Record<string, readonly RecordCode[]>>
  /** Errors of form that block the file, also those without an official code. */
  readonly blocking: number
  readonly unlisted: number
}

/** Zone 35. The values besides 1 are not in a public source: 9 is taken as not conventioned, 2 and 5 as partially. */
const conventions: Readonly<Record<string, Convention>> = { '2': 'partial', '5': 'partial', '9': 'nonConventioned' }

const lettersThatRefuse: ReadonlySet<string> = new Set(['F', 'R', 'B'])

/** Takes out of the records of an invoice what its controls and prices need. `today` stands in for an unreadable day. */
export function readInvoice(invoice: EfactInvoice, today: IsoDate): ReadInvoice {
  const { header, records } = invoice
  const places = invoice.services.map((service) => records.indexOf(service.record))
  const { formRecords, invoiceCodes, lineCodes, blocking, unlisted } = sortIssues(invoice, places)
  const claim: ClaimInput = {
    channel: 'efact',
    destination: zone(header, '18'),
    affiliation: zone(header, '7'),
    timeBarLifted: zone(header, '16') === '1',
    creditNote: zone(header, '11') === '3',
    lines: invoice.services.map((service, index) => lineOf(service, index, lineCodes.get(places[index]!) ?? [], today)),
    ...(invoiceCodes.length === 0 ? {} : { formCodes: invoiceCodes }),
  }
  return {
    claim,
    providerNumber: numberOf(zone(header, '14')),
    insz: zone(header, '32') === '1' ? patientOf(header) : null,
    places,
    formRecords,
    blocking,
    unlisted,
  }
}

/** Numbers stand in 12 positions with a zero in front. */
export const numberOf = (text: string): string => text.trim().replace(/^0(?=\d{11}$)/, '')

function lineOf(service: EfactService, index: number, formCodes: readonly string[], today: IsoDate): LineInput {
  const { record } = service
  const amount = (key: string) => zoneCents(record, key) ?? cents(0)
  const split = { insuranceCents: amount('19'), patientCents: amount('27'), supplementCents: amount('30') }
  const codes = record.type === '50' ? formCodes : [...formCodes, '300420']
  return {
    number: index + 1,
    nomenclature: zone(record, '4').slice(1),
    careDate: zoneDate(record, '5') ?? today,
    units: zoneNumber(record, '22') ?? 0,
    providerNumber: record.type === '50' ? numberOf(zone(record, '15')) : '',
    convention: (record.type === '50' && conventions[zone(record, '35')]) || 'conventioned',
    askedCents: addCents(split.insuranceCents, split.patientCents, split.supplementCents),
    split,
    referral: record.type === '50' && (zoneNumber(record, '24') ?? 0) > 0,
    variant: record.type === '50' ? variantOf(record) : '',
    ...(codes.length === 0 ? {} : { formCodes: codes }),
  }
}

/** Tooth, side and the second or third identical service of a day make the same code another service. */
function variantOf(record: EfactRecord): string {
  const tooth = zone(record, '29')
  const side = zone(record, '34')
  const derogation = zone(record, '23')
  const parts = [
    tooth === '00' ? '' : `t${tooth.trim()}`,
    side === '0' ? '' : `s${side.trim()}`,
    derogation === '03' || derogation === '04' ? `n${derogation}` : '',
  ]
  return parts.join('')
}

interface SortedIssues {
  readonly formRecords: Readonly<Record<string, readonly RecordCode[]>>
  readonly invoiceCodes: readonly string[]
  readonly lineCodes: ReadonlyMap<number, readonly string[]>
  readonly blocking: number
  readonly unlisted: number
}

const noIssues: SortedIssues = { formRecords: {}, invoiceCodes: [], lineCodes: new Map(), blocking: 0, unlisted: 0 }

/** Official codes go to the record they are about; F counts for the invoice, R for the line it stands on. */
function sortIssues(invoice: EfactInvoice, places: readonly number[]): SortedIssues {
  if (invoice.issues.length === 0) return noIssues
  const formRecords: Record<string, RecordCode[]> = {}
  const invoiceCodes: string[] = []
  const lineCodes = new Map<number, string[]>()
  let blocking = 0
  let unlisted = 0
  for (const issue of invoice.issues) {
    const { officialCode, letter, severity } = issue
    if (officialCode === undefined || letter === undefined) {
      unlisted += 1
      if (severity !== 'warning') blocking += 1
      continue
    }
    if (letter === 'B') blocking += 1
    const place = placeOf(invoice, issue)
    formRecords[place] = [...(formRecords[place] ?? []), [letter, officialCode]]
    if (!lettersThatRefuse.has(letter)) continue
    const line = places.findLast((start) => start <= place)
    const isTotal = invoice.records[place]?.type === '80'
    if (letter === 'R' && line !== undefined && !isTotal) {
      const codes = lineCodes.get(line) ?? []
      if (!codes.includes(officialCode)) lineCodes.set(line, [...codes, officialCode])
    } else if (!invoiceCodes.includes(officialCode)) invoiceCodes.push(officialCode)
  }
  return { formRecords, invoiceCodes, lineCodes, blocking, unlisted }
}

function placeOf(invoice: EfactInvoice, issue: FormatIssue): number {
  const { record } = issue.place
  const place = record === undefined ? -1 : invoice.records.findIndex((candidate) => candidate.index === record)
  return Math.max(0, place)
}
