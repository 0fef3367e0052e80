import type { Cents, IsoDate } from '@ziv/kernel'
import type { ErrorLetter, FormatIssue, IssueOptions, IssueTotals } from '../issue.ts'

/** One physical record: its 350 (or 67, 160, 610, 800) characters and where it stood. */
export interface EfactRecord {
  /** Name of its layout: `10`, `20`, ... or `200`, `300`, `300E`, `300S`. */
  readonly type: string
  /** Counts from 1 over the records of the file; 0 for header segments. */
  readonly index: number
  readonly text: string
}

/** Facts of the header segments 200 and 300. */
export interface EfactHeader {
  readonly segment200: EfactRecord
  readonly segment300: EfactRecord
  /** `920000` for a billing file. */
  readonly messageType: string
  readonly test: boolean
  readonly senderReference: string
  readonly insurerReference: string
  /** `2026-07`. */
  readonly invoicingMonth: string
  readonly sendNumber: number
  readonly createdOn: IsoDate | null
  readonly fileReference: string
  /** 01 hospital, 03 ambulatory, 09 mixed. */
  readonly invoiceKind: string
}

/** A service (record 50 or 30) with the records that complete it. */
export interface EfactService {
  readonly record: EfactRecord
  /** Record 51: commitment of the tariff consultation. */
  readonly tarification: EfactRecord | null
  /** Record 52: reading of the identity document. */
  readonly identityReading: EfactRecord | null
}

export interface EfactInvoice {
  /** Counts from 1 over the invoices of the file. */
  readonly index: number
  readonly header: EfactRecord
  readonly services: readonly EfactService[]
  readonly total: EfactRecord | null
  /** All records of the invoice in the order of the file. */
  readonly records: readonly EfactRecord[]
  /** Issues of this invoice (they are yielded as items too, before the invoice). */
  readonly issues: readonly FormatIssue[]
}

export interface EfactEnd {
  readonly messageType: string | null
  readonly records: number
  readonly invoices: number
  readonly services: number
  /** Sum of zone 19 of the services as read. */
  readonly insuranceCents: Cents
  readonly bytes: number
  readonly issues: IssueTotals
  readonly complete: boolean
}

/** What the reader yields, in the order of the file; the last item is always the end. */
export type EfactItem =
  | { readonly kind: 'header'; readonly header: EfactHeader }
  | { readonly kind: 'batch'; readonly record: EfactRecord }
  | { readonly kind: 'invoice'; readonly invoice: EfactInvoice }
  | { readonly kind: 'batchTotal'; readonly record: EfactRecord }
  | { readonly kind: 'insurerTotal'; readonly record: EfactRecord }
  | { readonly kind: 'fileTotal'; readonly record: EfactRecord }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'end'; readonly end: EfactEnd }

export interface EfactOptions extends IssueOptions {
  /** Today: dates after it are refused. Without it this is not checked. */
  readonly today?: IsoDate
  /** An invoice with more services ends the reading. Default 5,000. */
  readonly maxServices?: number
}

/** A billing file as a care provider sends it. Amounts are signed cents; a credit note has negative ones. */
export interface EfactFileInput {
  readonly test?: boolean
  readonly senderReference: string
  /** `2026-07`. */
  readonly invoicingMonth: string
  readonly sendNumber: number
  readonly createdOn: IsoDate
  readonly fileReference?: string
  readonly invoiceKind?: '01' | '03' | '09'
  readonly contact?: { readonly lastName?: string; readonly firstName?: string; readonly phone?: string }
  readonly thirdPartyNumber: string
  /** Accreditation by the NIC. */
  readonly accreditationNumber?: string
  readonly enterpriseNumber?: string
  readonly bic: string
  readonly iban: string
  /** 40 fee for service, 0 flat-rate medical house. */
  readonly content?: number
  readonly medicalHouse?: boolean
  readonly invoices: Iterable<EfactInvoiceInput> | AsyncIterable<EfactInvoiceInput>
}

export interface EfactInvoiceInput {
  /** Ziekenfonds of the patient, three digits. */
  readonly ziekenfonds: string
  /** INSZ; or the membership number when there is none (`insz: null`). */
  readonly insz: string | null
  readonly membershipNumber?: string
  readonly sex: 'M' | 'F'
  /** CT1 and CT2 of the insurability, three digits each. */
  readonly ct1: string
  readonly ct2: string
  readonly invoiceNumber: string
  readonly reference: string
  readonly invoiceDate: IsoDate
  readonly billingInstitution: string
  readonly creditNote?: boolean
  readonly treatmentCause?: number
  readonly prescriptionLifted?: boolean
  /** The invoice this one corrects. */
  readonly corrects?: {
    readonly invoiceNumber: string
    readonly sendNumber: number
    readonly ziekenfonds: string
    readonly month: string
  }
  readonly hospital?: { readonly admittedOn: IsoDate; readonly service: string; readonly stay: string }
  readonly services: readonly EfactServiceInput[]
}

export interface EfactServiceInput {
  /** Six digits. */
  readonly code: string
  readonly from: IsoDate
  readonly to?: IsoDate
  readonly provider: string
  readonly place?: string
  /** Zone 13; default 990, ambulatory. */
  readonly service?: string
  readonly units?: number
  readonly insuranceCents: Cents
  readonly patientCents?: Cents
  readonly supplementCents?: Cents
  readonly reference: string
  readonly percentage?: number
  readonly providerNorm?: number
  /** 0 other, 1 night, 2 weekend, 3 public holiday, 4 urgent. */
  readonly moment?: number
  readonly relatedCode?: string
  readonly prescriber?: { readonly number: string; readonly norm: number; readonly date?: IsoDate }
  readonly derogation?: number
  readonly tooth?: number
  readonly side?: number
  readonly convention?: number
  readonly thirdPartyException?: number
  readonly patientShareBearer?: number
  /** Record 51. */
  readonly tarification?: { readonly commitment: string; readonly date?: IsoDate }
  /** Record 52. */
  readonly identityReading?: {
    readonly date: IsoDate
    readonly time: string
    readonly medium: string
    readonly input: string
  }
}

export interface RecordRefusal {
  readonly letter: ErrorLetter
  /** RRZZNN. */
  readonly code: string
}

/** What the insurer says about one record; at most three refusals are told. */
export interface RecordVerdict {
  readonly refusals?: readonly RecordRefusal[]
  /** Zone 114 of a service: what is really paid. */
  readonly paidCents?: Cents
  readonly comment?: string
}

/** Message types an insurer answers with: from refusing the file to settling it. */
export type EfactAnswerKind = '931000' | '920999' | '920099' | '920098' | '920900'

/** Refused, accepted and asked amounts of records 91 and 92, for account A. */
export interface AnswerTotals {
  readonly askedCents: Cents
  readonly acceptedCents: Cents
  readonly refusedCents: Cents
  readonly records: number
}

export interface EfactAnswerInput {
  readonly kind: EfactAnswerKind
  /** Header of the billing file that is answered. */
  readonly sent: EfactHeader
  /** Insurer that answers, three digits. */
  readonly insurer: string
  readonly createdOn: IsoDate
  readonly insurerReference?: string
  readonly contact?: { readonly lastName?: string; readonly firstName?: string; readonly phone?: string }
  /** Records 10 to 90 of the billing file in order. Read more than once never. */
  readonly records?: Iterable<AnsweredRecord> | AsyncIterable<AnsweredRecord>
  /** Records 95 and 96 of the billing file; answered in 920999. */
  readonly totals?: readonly EfactRecord[]
  /** Two-digit error codes of zones of segments 200 and 300 (`2001` -> `01`); 920999. */
  readonly headerErrors?: Readonly<Record<string, string>>
  /** Hundredths of a percent: 5 % = 500. */
  readonly errorPercentage?: number
  readonly refusalType?: string
  /** Records 91, one per insurer, and their sum in record 92; 920900. */
  readonly insurers?: readonly AnswerInsurer[]
}

/** A record of the billing file as it goes back, with what was decided about it. */
export interface AnsweredRecord {
  readonly record: EfactRecord
  readonly verdict?: RecordVerdict
}

export interface AnswerInsurer extends AnswerTotals {
  /** Three digits. */
  readonly insurer: string
  readonly summaryInvoice?: string
  readonly check?: number
  /** Zone 423, at most 22 characters. */
  readonly paymentReference: string
}

/** What an answer says of one record: why it was refused and what was paid. */
export interface ErrorDetail {
  readonly sendNumber: number
  readonly insurer: string
  readonly refusals: readonly RecordRefusal[]
  readonly paidCents: Cents
  readonly comment: string
  readonly recordIndex: number
}

/** What the reader of answers yields, in the order of the file. */
export type EfactAnswerItem =
  | {
      readonly kind: 'header'
      readonly messageType: string
      readonly segment200: EfactRecord
      readonly segment300: EfactRecord
    }
  | { readonly kind: 'record'; readonly record: EfactRecord; readonly detail: ErrorDetail | null }
  | {
      readonly kind: 'insurerSettlement'
      readonly insurer: string
      readonly totals: AnswerTotals
      readonly paymentReference: string
    }
  | { readonly kind: 'settlement'; readonly totals: AnswerTotals }
  | { readonly kind: 'total'; readonly record: EfactRecord }
  | { readonly kind: 'issue'; readonly issue: FormatIssue }
  | { readonly kind: 'end'; readonly messageType: string | null; readonly records: number; readonly complete: boolean }
