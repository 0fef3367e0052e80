import { join } from 'node:path'
import { type EfactInvoiceInput, type EfactServiceInput, routingOf, writeEfact } from '@ziv/formats'
import {
  addMonths,
  cents,
  dateOfDayNumber,
  dayNumber,
  type IsoDate,
  lastDayOfMonth,
  makeInsz,
  makeRizivNumber,
} from '@ziv/kernel'
import type { Sandbox } from '@ziv/sandbox'
import { type Fees, feesOn } from './fees.ts'
import { readBytes, writeWhole } from './files.ts'
import { type Random, randomOf, type SyntheticPerson } from './population/index.ts'
import type { StepResult } from './steps.ts'
import { isMember, type Month, personsOf, type Story } from './story.ts'

/** Billing offices: each sends one file a month for the providers it works for. */
export const OFFICES = [0, 1, 2] as const

interface Care {
  readonly code: string
  readonly times: number
  readonly qualification: number
}

/** What is done in a month of care: code, how often, and the qualification of the provider. */
export const care: readonly { readonly item: Care; readonly weight: number }[] = [
  { item: { code: '101032', times: 1, qualification: 3 }, weight: 40 },
  { item: { code: '101076', times: 1, qualification: 4 }, weight: 30 },
  { item: { code: '102012', times: 1, qualification: 340 }, weight: 10 },
  { item: { code: '102174', times: 1, qualification: 770 }, weight: 3 },
  { item: { code: '560011', times: 4, qualification: 527 }, weight: 12 },
  { item: { code: '425014', times: 5, qualification: 401 }, weight: 5 },
]

/** Bills the care of the month before: one eFact file per billing office, written to the folder and sent in. */
export async function billCare(
  sandbox: Sandbox,
  story: Story,
  month: Month,
  folder: string,
  tell: (progress: string) => void,
): Promise<StepResult> {
  const first = addMonths(month.first, -1)
  if (first < story.from.slice(0, 8)) return { files: 0, lines: 0 }
  const fees = await feesOn(
    sandbox,
    care.map(({ item }) => item.code),
    first,
  )
  let lines = 0
  // each office bills for other persons: their files are read side by side
  const bill = async (office: number): Promise<void> => {
    const invoices = invoicesOf(story, first, office, fees)
    if (invoices.length === 0) return
    const name = join('efact', `${month.name}-office${office}.txt`)
    const file = await writeWhole(folder, name, writeEfact(fileOf(story, month, office, invoices)))
    const result = await sandbox.modules.reimbursement.importInvoiceFile(readBytes(file.path), {
      fileName: `${month.name}-office${office}.txt`,
    })
    lines += invoices.reduce((sum, { services }) => sum + services.length, 0)
    tell(`${lines} lines`)
    if (!result.ok) throw new Error(`our own billing file was refused: ${JSON.stringify(result).slice(0, 500)}`)
  }
  await Promise.all(OFFICES.map(bill))
  return { files: OFFICES.length, lines }
}

/** The billing file of one office for a month, as it is written. */
export function fileOf(story: Story, month: Month, office: number, invoices: readonly EfactInvoiceInput[]) {
  const number = Number(month.name.replace('-', '')) % 1000
  return {
    senderReference: `${story.seed % 1000}${month.name.replace('-', '')}${office}`,
    invoicingMonth: month.name,
    sendNumber: number === 0 ? 1 : number,
    createdOn: month.first,
    fileReference: `OFFICE${office} ${month.name}`.slice(0, 13),
    thirdPartyNumber: officeNumber(office),
    bic: 'GKCCBEBB',
    iban: 'BE68539007547034',
    invoices,
  }
}

const officeNumber = (office: number): string => makeRizivNumber(870_000 + office, 0)

/** Invoices of one office in the order a file wants them: by destination. */
export function invoicesOf(story: Story, first: IsoDate, office: number, fees: Fees): EfactInvoiceInput[] {
  const invoices: EfactInvoiceInput[] = []
  const period = { first, last: lastDayOfMonth(first) }
  for (const person of personsOf(story)) {
    if (person.number % OFFICES.length !== office) continue
    const random = randomOf(story.seed, `care/${person.number}/${first}`)
    if (!random.chance(person.careRate)) continue
    const invoice = invoiceOf(person, period, office, fees, random)
    if (invoice === null) continue
    invoices.push(invoice)
    // a provider who bills twice: the second must be seen
    if (random.chance(0.003))
      invoices.push({ ...invoice, invoiceNumber: `9${invoice.invoiceNumber}`, reference: `${invoice.reference}B` })
  }
  const destination = (invoice: EfactInvoiceInput) => routingOf(invoice.ziekenfonds).destination
  return invoices.sort((a, b) => destination(a).localeCompare(destination(b)))
}

function invoiceOf(
  person: SyntheticPerson,
  { first, last }: { readonly first: IsoDate; readonly last: IsoDate },
  office: number,
  fees: Fees,
  random: Random,
): EfactInvoiceInput | null {
  const kind = random.weighted<Care>(care)
  const start = random.int(dayNumber(first), dayNumber(last) - kind.times)
  const days = Array.from({ length: kind.times }, (_, index) => dateOfDayNumber(start + index))
  if (days.some((day) => !isMember(person, day))) return null
  const unknown = random.chance(0.002)
  const provider = makeRizivNumber(100_000 + random.int(0, 400), kind.qualification)
  const reference = `${person.number}-${first.slice(0, 7)}`
  return {
    ziekenfonds: person.ziekenfonds,
    insz: unknown ? makeInsz(person.birthDate, 997 + (person.sex === 'M' ? 0 : 1)) : person.insz,
    sex: person.sex,
    ct1: person.capacity === 'SELF_EMPLOYED' ? '410' : '110',
    ct2: person.capacity === 'SELF_EMPLOYED' ? '000' : '110',
    invoiceNumber: `${person.number}`.padStart(8, '0').slice(-8),
    reference,
    invoiceDate: last,
    billingInstitution: officeNumber(office),
    services: days.map((day, index) => serviceOf(kind.code, day, provider, `${reference}-${index}`, fees, random)),
  }
}

function serviceOf(
  code: string,
  day: IsoDate,
  provider: string,
  reference: string,
  fees: Fees,
  random: Random,
): EfactServiceInput {
  const fee = fees.get(code)
  if (fee === undefined) throw new Error(`no fee is known for ${code}`)
  // now and then a provider asks too much of the insurance, or a supplement of the patient
  const wrong = random.chance(0.004) ? 100 : 0
  const supplementCents = random.chance(0.03) ? random.int(100, 1_500) : 0
  return {
    code,
    from: day,
    provider,
    insuranceCents: cents(fee.interventionCents + wrong),
    patientCents: cents(fee.patientShareCents),
    supplementCents: cents(supplementCents),
    reference,
    convention: 1,
  }
}
