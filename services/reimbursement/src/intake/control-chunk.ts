import type { EfactInvoice } from '@ziv/formats'
import { type IsoDate, parseInsz } from '@ziv/kernel'
import { type CareDays, findSettled } from '../commands/find-settled.ts'
import type { Context } from '../context.ts'
import { assessClaim } from '../domain/assess-claim.ts'
import { serviceKey } from '../domain/assess-line.ts'
import { type ControlCode, controls } from '../domain/control-codes.ts'
import { LineRules } from '../domain/line-rules.ts'
import type { TariffTable } from '../domain/tariff-table.ts'
import { codeExists } from '../projections/nomenclature.ts'
import { type PatientFacts, patientsByIndex } from '../projections/person-store.ts'
import { mapInSlices } from './in-slices.ts'
import { type ReadInvoice, readInvoice } from './read-invoice.ts'
import type { RecordCode, StagedVerdict } from './types.ts'

/** An invoice with its patient and what the controls found. */
export interface ControlledInvoice {
  readonly invoice: EfactInvoice
  readonly read: ReadInvoice
  readonly personId: string | undefined
  readonly verdict: StagedVerdict
  /** Lines that were not right: refused or corrected. */
  readonly errorLines: number
}

/** Controls the invoices of one chunk with two queries for all of them. */
export async function controlChunk(
  context: Pick<Context, 'database' | 'vault' | 'law' | 'insurers'>,
  invoices: readonly EfactInvoice[],
  today: IsoDate,
  tariffs: TariffTable,
): Promise<readonly ControlledInvoice[]> {
  const reads = await mapInSlices(invoices, (invoice) => readInvoice(invoice, today))
  const indexes = await mapInSlices(reads, (read) => indexOf(context.vault, read))
  const patients = await patientsByIndex(context.database, [...new Set(indexes.filter((index) => index !== null))])
  const patientOf = (at: number): PatientFacts | undefined =>
    indexes[at] === null ? undefined : patients.get(indexes[at]!)
  const settled = await findSettled(
    context.database,
    reads.flatMap((read, at) => careDaysOf(read, patientOf(at))),
  )
  const repeated = new Map<string, Set<string>>()
  const repeatedOf = (patient: PatientFacts | undefined): Set<string> => {
    const personId = patient?.person.personId ?? ''
    const known = repeated.get(personId) ?? new Set()
    repeated.set(personId, known)
    return known
  }
  const rules = new LineRules(context.law, today)
  // others bring the table up to date too, in the middle of this
  const through = tariffs.lastId
  return await mapInSlices(invoices, (invoice, at) => {
    const read = reads[at]!
    const patient = patientOf(at)
    const paid = settled.get(patient?.person.personId ?? '')
    const before = repeatedOf(patient)
    const assessment = assessClaim(read.claim, {
      today,
      rules,
      person: patient?.person,
      periods: patient?.periods,
      statuses: patient?.statuses ?? [],
      tariff: (code, day) => tariffs.find(code, day, { through }),
      tariffsThrough: through,
      codeExists: (code) => codeExists(code) || tariffs.has(code),
      insurers: context.insurers,
      duplicate: (service) => {
        if (paid?.has(service) === true) return 'paid'
        return before.has(service) ? 'repeated' : undefined
      },
    })
    for (const line of assessment.lines) {
      if (line.outcome !== 'refused') before.add(serviceKey(line))
    }
    return {
      invoice,
      read,
      personId: assessment.personId,
      verdict: verdictOf(read, assessment),
      errorLines: assessment.lines.filter((line) => line.outcome !== 'accepted').length,
    }
  })
}

/** A number with wrong check digits is nobody's. */
function indexOf(vault: Context['vault'], read: ReadInvoice): string | null {
  if (read.insz === null) return null
  const parsed = parseInsz(read.insz)
  return parsed.ok ? vault.blindIndex('insz', parsed.value.insz) : null
}

const careDaysOf = (read: ReadInvoice, patient: PatientFacts | undefined): CareDays[] =>
  patient === undefined
    ? []
    : [{ personId: patient.person.personId, careDates: read.claim.lines.map((line) => line.careDate) }]

function verdictOf(read: ReadInvoice, assessment: StagedVerdict['assessment']): StagedVerdict {
  const records: Record<string, RecordCode[]> = {}
  for (const [place, codes] of Object.entries(read.formRecords)) records[place] = [...codes]
  const form = read.claim.formCodes ?? []
  addCodes(
    records,
    0,
    assessment.codes.filter((code) => !form.includes(code)),
  )
  for (const [index, line] of assessment.lines.entries()) {
    if (line.codes.length === 0) continue
    const known = read.claim.lines[index]!.formCodes ?? []
    const own = line.codes.filter((code) => !known.includes(code) || code === '300420')
    addCodes(records, read.places[index]!, own)
  }
  return {
    providerNumber: read.providerNumber,
    assessment,
    records,
    places: read.places,
    askedCents: read.claim.lines.reduce((sum, line) => sum + (line.split?.insuranceCents ?? 0), 0),
    unlisted: read.unlisted,
  }
}

export function addCodes(records: Record<string, RecordCode[]>, place: number, codes: readonly string[]): void {
  for (const code of codes) {
    const control = controls[code as ControlCode]
    if (control !== undefined) records[place] = [...(records[place] ?? []), [control.letter, code]]
  }
}
