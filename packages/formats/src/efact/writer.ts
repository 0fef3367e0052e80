import { composeRecord, type ZoneValues } from './compose.ts'
import { routingOf } from './routing.ts'
import { Totals } from './totals.ts'
import type { EfactFileInput, EfactInvoiceInput, EfactServiceInput } from './types.ts'

const feeForService = 40
const ambulatoryWard = '990'
const noPlace = '0'

/**
 * A billing file as a care provider sends it, streamed: header, record 10, per invoice its records 20, 50 (51, 52) and
 * 80, then 90, 95 per destination and 96, all totals and check digits computed. Invoices come in the order of the
 * input: credit notes first, then by destination. Throws a RangeError for a value that its zone cannot hold.
 */
export async function* writeEfact(file: EfactFileInput): AsyncGenerator<string> {
  const writing = new FileWriting(file)
  yield headerText(file) + writing.start()
  for await (const invoice of file.invoices) yield writing.invoice(invoice)
  yield writing.end()
}

/** Segments 200 and 300: 227 characters. */
function headerText(file: EfactFileInput): string {
  const segment200 = composeRecord('200', {
    messageType: '920000',
    formatVersion: '02',
    environment: file.test === true ? '92' : '12',
    senderReference: file.senderReference,
  })
  const segment300 = composeRecord('300', {
    invoicingMonth: file.invoicingMonth.replace('-', ''),
    sendNumber: file.sendNumber,
    createdOn: file.createdOn,
    fileReference: file.fileReference ?? file.senderReference,
    instructionsVersion: instructionsVersion(file),
    lastName: file.contact?.lastName?.toUpperCase(),
    firstName: file.contact?.firstName?.toUpperCase(),
    phone: file.contact?.phone?.replace(/\D/gu, '').slice(-10),
    invoiceKind: file.invoiceKind ?? '03',
    accounts: '01',
  })
  return segment200 + segment300
}

const instructionsVersion = (file: EfactFileInput): string => (file.test === true ? '9991999' : '0001999')

class FileWriting {
  readonly #file: EfactFileInput
  readonly #totals = new Totals()
  readonly #insurers = new Map<string, Totals>()
  #order = 0

  constructor(file: EfactFileInput) {
    this.#file = file
  }

  start(): string {
    return this.#record('10', { ...this.#batchValues(), createdOn: this.#file.createdOn, ...this.#firstOnly() })
  }

  invoice(invoice: EfactInvoiceInput): string {
    const route = routingOf(invoice.ziekenfonds)
    const totals = new Totals()
    const shared = patientValues(invoice, route.affiliation)
    const texts = [this.#record('20', { ...shared, ...headerValues(invoice, route.destination) })]
    for (const service of invoice.services) texts.push(...this.#service(service, invoice, shared, totals))
    texts.push(this.#record('80', { ...shared, ...totalValues(invoice, route.destination, totals) }))
    totals.records = texts.length
    this.#totals.add(totals)
    const insurer = this.#insurers.get(route.destination) ?? new Totals()
    insurer.add(totals)
    this.#insurers.set(route.destination, insurer)
    return texts.join('')
  }

  end(): string {
    const last = this.#record('90', {
      ...this.#batchValues(),
      amountA: this.#totals.accountA,
      fileCheck: this.#totals.check,
    })
    const first = [...this.#insurers.keys()][0] ?? '100'
    const insurers = [...this.#insurers].map(([insurer, totals]) =>
      composeRecord('95', { ...askedValues(totals), insurer, records: totals.records, check: totals.checkOnce }),
    )
    const file = composeRecord('96', {
      ...askedValues(this.#totals),
      insurer: `${first[0]}99`,
      records: this.#totals.records + 2,
      check: this.#totals.check,
    })
    return last + insurers.join('') + file
  }

  #service(
    service: EfactServiceInput,
    invoice: EfactInvoiceInput,
    shared: ZoneValues,
    totals: Totals,
  ): readonly string[] {
    const text = this.#record('50', { ...pick(shared, 'ziekenfonds', 'patient', 'sex'), ...serviceValues(service) })
    totals.addService({ type: '50', index: 0, text })
    const texts = [text]
    const common = { code: service.code, firstDay: service.from, patient: shared.patient, provider: service.provider }
    if (service.tarification !== undefined) {
      const { commitment, date } = service.tarification
      const ct1ct2 = `${invoice.ct1}${invoice.ct2}`
      const values = {
        insuranceAmount: service.insuranceCents,
        ct1ct2,
        networkReference: commitment,
        communicatedOn: date,
      }
      texts.push(this.#record('51', { ...common, ...values }))
      totals.repeatCode({ type: '50', index: 0, text })
    }
    if (service.identityReading !== undefined) {
      const { date, time, medium, input } = service.identityReading
      const values = { readOn: date, readingTime: time.replace(':', ''), medium, input, further: '0'.repeat(269) }
      texts.push(this.#record('52', { ...common, ...values }))
      totals.repeatCode({ type: '50', index: 0, text })
    }
    return texts
  }

  #record(type: string, values: ZoneValues): string {
    this.#order = (this.#order % 999_999) + 1
    return composeRecord(type, { ...values, order: this.#order })
  }

  /** Zones that records 10 and 90 share. */
  #batchValues(): ZoneValues {
    const { invoicingMonth, sendNumber, thirdPartyNumber, enterpriseNumber, senderReference, bic, iban } = this.#file
    return {
      sendNumber,
      thirdPartyNumber,
      invoicingYear: invoicingMonth.slice(0, 4),
      invoicingMonth: invoicingMonth.slice(5),
      enterpriseNumber,
      reference: senderReference,
      bicA: bic,
      ibanA: iban.replace(/\s/gu, ''),
    }
  }

  #firstOnly(): ZoneValues {
    return {
      instructionsVersion: instructionsVersion(this.#file),
      invoicingContent: this.#file.medicalHouse === true ? 0 : (this.#file.content ?? feeForService),
      accreditation: this.#file.accreditationNumber,
    }
  }
}

function pick(values: ZoneValues, ...keys: readonly string[]): ZoneValues {
  return Object.fromEntries(keys.map((key) => [key, values[key]]))
}

const askedValues = (totals: Totals): ZoneValues => ({
  askedA: totals.accountA,
  askedTotal: totals.accountA + totals.accountB,
})

/** Zones that records 20 and 80 share. */
function patientValues(invoice: EfactInvoiceInput, affiliation: string): ZoneValues {
  return {
    ziekenfonds: affiliation,
    patient: invoice.insz ?? invoice.membershipNumber,
    sex: invoice.sex === 'M' ? 1 : 2,
    invoiceKind: invoice.hospital === undefined ? 3 : 1,
    admittedOn: invoice.hospital?.admittedOn,
    ward: invoice.hospital?.service,
    billingInstitution: invoice.billingInstitution,
    treatmentCause: invoice.treatmentCause,
    invoiceNumber: invoice.invoiceNumber,
    reference: invoice.reference,
    patientIsInsz: invoice.insz === null ? 0 : 1,
  }
}

function headerValues(invoice: EfactInvoiceInput, destination: string): ZoneValues {
  const { corrects } = invoice
  return {
    destination,
    invoicingKind: invoice.creditNote === true ? 3 : corrects === undefined ? 0 : 1,
    stay: invoice.hospital?.stay,
    prescriptionLifted: invoice.prescriptionLifted === true ? 1 : 0,
    ct1ct2: `${invoice.ct1}${invoice.ct2}`,
    invoicedOn: invoice.invoiceDate,
    previousInvoice: corrects?.invoiceNumber,
    previousSend: corrects?.sendNumber,
    previousZiekenfonds: corrects?.ziekenfonds,
    previousMonth: corrects?.month.replace('-', ''),
  }
}

function totalValues(invoice: EfactInvoiceInput, destination: string, totals: Totals): ZoneValues {
  return {
    destination,
    amountA: totals.accountA,
    amountB: totals.accountB,
    invoicedOn: invoice.invoiceDate,
    patientAmount: totals.patientReal,
    supplementAmount: totals.supplement,
    invoiceCheck: totals.check,
  }
}

function serviceValues(service: EfactServiceInput): ZoneValues {
  const prescriber = service.prescriber
  return {
    norm: service.percentage,
    code: service.code,
    firstDay: service.from,
    lastDay: service.to ?? service.from,
    moment: service.moment,
    ward: service.service ?? ambulatoryWard,
    place: service.place ?? noPlace,
    provider: service.provider,
    providerNorm: service.providerNorm ?? 1,
    relatedCode: service.relatedCode,
    insuranceAmount: service.insuranceCents,
    prescribedOn: prescriber?.date,
    units: service.units ?? 1,
    derogation: service.derogation,
    prescriber: prescriber?.number,
    prescriberNorm: prescriber?.norm,
    patientAmount: service.patientCents,
    reference: service.reference,
    tooth: service.tooth,
    supplementAmount: service.supplementCents,
    thirdPartyException: service.thirdPartyException,
    patientShareBearer: service.patientShareBearer,
    side: service.side,
    convention: service.convention,
    baseValue: '+0000000',
  }
}
