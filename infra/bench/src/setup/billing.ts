import type { SyntheticPerson } from '@ziv/demo'
import {
  type EfactInvoice,
  type EfactInvoiceInput,
  type EfactServiceInput,
  patientOf,
  writeEfact,
  zone,
  zoneCents,
  zoneDate,
} from '@ziv/formats'
import { addDays, addMonths, cents, type IsoDate, isoDate, lastDayOfMonth, makeRizivNumber } from '@ziv/kernel'
import { loadLaw, priceLine, type TariffRow } from '@ziv/law'
import { copyRow, type Database } from '@ziv/postgres'

interface Care {
  readonly code: string
  readonly times: number
  readonly qualification: number
}

const doctor: Care = { code: '101032', times: 1, qualification: 3 }
const physiotherapist: Care = { code: '560011', times: 1, qualification: 527 }
const nurse: Care = { code: '425014', times: 1, qualification: 401 }

/** What is billed for a person in a month: invoices of two to five lines, four on average. */
const months: readonly (readonly Care[])[] = [
  [{ ...doctor, times: 2 }],
  [{ ...nurse, times: 5 }],
  [{ ...physiotherapist, times: 5 }],
  [doctor, { ...physiotherapist, times: 3 }],
]

// every round bills another month, beyond them by other providers: the same service twice would be refused
const firstMonth = isoDate('2024-01-01')
const monthsKnown = 11

type Price = Pick<EfactServiceInput, 'insuranceCents' | 'patientCents'>

/** The official split of each code, as the tariffs in the database have it. */
async function pricesOn(database: Database, day: IsoDate): Promise<ReadonlyMap<string, Price>> {
  const law = loadLaw()
  const { rows } = await database.query<Omit<TariffRow, 'feeCents' | 'to'> & { fee: string; share: string | null }>(
    `select distinct on (code) code, valid_from as from, profession, fee_cents as fee, amounts, patient_share_parameter as share
       from app.tariffs where code = any ($1) and valid_from <= $2 order by code, valid_from desc, tariff_id desc`,
    [[doctor.code, physiotherapist.code, nurse.code], day],
  )
  return new Map(
    rows.map(({ fee, share, ...row }) => {
      const tariff: TariffRow = {
        ...row,
        to: null,
        feeCents: cents(Number(fee)),
        ...(share === null ? {} : { patientShareParameter: share }),
      }
      const statuses = { preferential: false, gmd: false, chronic: false }
      const situation = { careDate: day, ...statuses, referral: false, convention: 'conventioned' } as const
      const { interventionCents, patientShareCents } = priceLine(tariff, situation, law).result
      return [row.code, { insuranceCents: interventionCents, patientCents: patientShareCents }]
    }),
  )
}

/** Writes the billing file of one month: an invoice per person, every amount the official one. Answers its lines. */
export async function writeBillingFile(
  database: Database,
  people: readonly SyntheticPerson[],
  round: number,
  write: (part: string) => Promise<unknown>,
): Promise<number> {
  const first = addMonths(firstMonth, round % monthsKnown)
  const prices = await pricesOn(database, first)
  const office = makeRizivNumber(870_000, 0)
  let lines = 0
  function* invoices(): Generator<EfactInvoiceInput> {
    for (const [place, person] of people.entries()) {
      const invoice = invoiceOf(person, place, { first, round, office, prices })
      lines += invoice.services.length
      yield invoice
    }
  }
  const month = first.slice(0, 7)
  const file = writeEfact({
    senderReference: `8${month.replace('-', '')}${round}`,
    invoicingMonth: month,
    sendNumber: 1 + round,
    createdOn: addDays(lastDayOfMonth(first), 1),
    thirdPartyNumber: office,
    bic: 'GKCCBEBB',
    iban: 'BE68539007547034',
    invoices: invoices(),
  })
  for await (const part of file) await write(part)
  return lines
}

interface Billing {
  readonly first: IsoDate
  readonly round: number
  readonly office: string
  readonly prices: ReadonlyMap<string, Price>
}

function invoiceOf(person: SyntheticPerson, place: number, billing: Billing): EfactInvoiceInput {
  const { first, round, office, prices } = billing
  const start = addDays(first, place % 20)
  const base = 100_000 + (place % 400) + 400 * Math.floor(round / monthsKnown)
  const reference = `${place}-${first.slice(0, 7)}`
  const given = months[place % months.length]!
  return {
    ziekenfonds: person.ziekenfonds,
    insz: person.insz,
    sex: person.sex,
    ct1: '110',
    ct2: '110',
    invoiceNumber: String(place).padStart(8, '0'),
    reference,
    invoiceDate: lastDayOfMonth(first),
    billingInstitution: office,
    services: given.flatMap(({ code, times, qualification }) =>
      Array.from({ length: times }, (_, day) => ({
        code,
        from: addDays(start, day),
        provider: makeRizivNumber(base, qualification),
        ...prices.get(code)!,
        reference: `${reference}-${code}-${day}`,
        convention: 1,
      })),
    ),
  }
}

/** The lines of an invoice as rows of the table of paid services, taken from the records as they are. */
export function* linesOf({ header, services }: EfactInvoice, idOf: ReadonlyMap<string, string>): Generator<string> {
  const personId = idOf.get(patientOf(header))
  for (const [index, { record }] of services.entries()) {
    yield copyRow([
      personId,
      zone(record, '15').slice(1, 9),
      zone(record, '4').slice(1),
      zoneDate(record, '5'),
      '',
      personId,
      index + 1,
      Number(zone(record, '22')),
      zoneCents(record, '19'),
      zoneCents(record, '27'),
      zoneCents(record, '30'),
    ])
  }
}
