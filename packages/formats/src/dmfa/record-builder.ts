import { type Cents, cents, type IsoDate, type Quarter } from '@ziv/kernel'
import type {
  DmfaContribution,
  DmfaForm,
  DmfaOccupation,
  DmfaRemuneration,
  DmfaService,
  DmfaWorkerRecord,
  WorkerRecordContent,
} from './types.ts'
import { categoryOf, type WageCodes } from './wage.ts'

/** Values of the fields of a block that obey the schema, by element name. */
export type Values = Record<string, string | undefined>

/** A block may hold so many parts of one kind; beyond it they are dropped with an issue. */
export const maxParts = 99

const numberOr = <T>(text: string | undefined, other: T): number | T => (text === undefined ? other : Number(text))
const dateOr = (text: string | undefined): IsoDate | null => (text === undefined ? null : (text as IsoDate))
const threeDigits = (text: string): string => String(Number(text)).padStart(3, '0')

const contents: Readonly<Record<string, WorkerRecordContent>> = {
  Occupation: 'occupations',
  StudentContribution: 'student',
  DismissedStatutoryWorkerContribution: 'dismissedStatutory',
  EarlyRetirementContribution: 'earlyRetirement',
  ComplementaryIndemnity: 'complementaryIndemnity',
  IndemnityWAPM: 'accidentIndemnity',
}

/** Collects one worker record while its blocks close. */
export class RecordBuilder {
  readonly #codes: WageCodes
  readonly #quarter: Quarter | null
  #occupations: DmfaOccupation[] = []
  #services: DmfaService[] = []
  #remunerations: DmfaRemuneration[] = []
  #contributions: DmfaContribution[] = []
  #content: WorkerRecordContent = 'unknown'
  #referenceWage = 0
  #subjection: DmfaWorkerRecord['subjection'] = null

  constructor(codes: WageCodes, quarter: Quarter | null) {
    this.#codes = codes
    this.#quarter = quarter
  }

  /** Takes a closed block; false when the record holds too many of its kind already. */
  add(block: string, values: Values): boolean {
    const content = contents[block]
    if (content !== undefined && this.#content === 'unknown') this.#content = content
    switch (block) {
      case 'Service':
        return this.#addService(values)
      case 'Remun':
        return this.#addRemuneration(values)
      case 'Occupation':
        return this.#addOccupation(values)
      case 'WorkerContribution':
        return this.#addContribution(values)
      case 'DismissedStatutoryWorkerContribution':
        this.#referenceWage = numberOr(values.GrossRefRemunAmount, 0)
        this.#subjection = {
          from: dateOr(values.SubjectionStartingDate),
          to: dateOr(values.SubjectionEndingDate),
        }
        return true
      default:
        return true
    }
  }

  #addService(values: Values): boolean {
    if (values.ServiceCode === undefined) return true
    const days = numberOr(values.ServiceNbrDays, 0)
    const hours = numberOr(values.ServiceNbrHours, 0)
    return addTo(this.#services, { code: threeDigits(values.ServiceCode), days, hours })
  }

  #addRemuneration(values: Values): boolean {
    const { RemunCode: code, RemunAmount: amount } = values
    if (code === undefined || amount === undefined) return true
    const three = threeDigits(code)
    const subject = this.#codes.isSubject(three, this.#quarter)
    return addTo(this.#remunerations, { code: three, cents: cents(Number(amount)), subject })
  }

  #addContribution(values: Values): boolean {
    const { ContributionWorkerCode: workerCode, ContributionType: type, ContributionAmount: amount } = values
    if (workerCode === undefined || type === undefined || amount === undefined) return true
    const basis = values.ContributionCalculationBasis
    return addTo(this.#contributions, {
      workerCode,
      type: Number(type),
      basisCents: basis === undefined ? null : cents(Number(basis)),
      cents: cents(Number(amount)),
    })
  }

  #addOccupation(values: Values): boolean {
    const occupation: DmfaOccupation = {
      sequence: numberOr(values.OccupationSequenceNbr, this.#occupations.length + 1),
      from: dateOr(values.OccupationStartingDate),
      to: dateOr(values.OccupationEndingDate),
      jointCommission: values.JointCommissionNbr ?? null,
      status: values.WorkerStatus || null,
      workingDaysSystem: numberOr(values.WorkingDaysSystem, null),
      weekHours: numberOr(values.MeanWorkingHours, null),
      referenceWeekHours: numberOr(values.RefMeanWorkingHours, null),
      services: this.#services,
      remunerations: this.#remunerations,
    }
    this.#services = []
    this.#remunerations = []
    return addTo(this.#occupations, occupation)
  }

  build(
    values: Values,
    place: Pick<DmfaWorkerRecord, 'personSequence' | 'workerRecord' | 'insz' | 'usable' | 'line'> & { form: DmfaForm },
  ): DmfaWorkerRecord {
    const workerCode = values.WorkerCode ?? null
    return {
      form: place.form.form,
      quarter: place.form.quarter,
      createdAt: place.form.createdAt,
      employerNumber: place.form.employerNumber,
      enterpriseNumber: place.form.enterpriseNumber,
      personSequence: place.personSequence,
      workerRecord: place.workerRecord,
      insz: place.insz,
      employerClass: values.EmployerClass ?? null,
      workerCode,
      category: categoryOf(workerCode),
      content: this.#content,
      quarterFrom: dateOr(values.NOSSQuarterStartingDate),
      quarterTo: dateOr(values.NOSSQuarterEndingDate),
      occupations: this.#occupations,
      contributions: this.#contributions,
      ...this.#sums(workerCode),
      subjection: this.#subjection,
      usable: place.usable,
      line: place.line,
    }
  }

  #sums(workerCode: string | null): {
    wageCents: Cents
    grossCents: Cents
    basisCents: Cents | null
    days: number
    otherDays: number
    hours: number
  } {
    let wage = this.#referenceWage
    let gross = this.#referenceWage
    let days = 0
    let otherDays = 0
    let hours = 0
    for (const occupation of this.#occupations) {
      for (const part of occupation.remunerations) {
        gross += part.cents
        if (part.subject) wage += part.cents
      }
      for (const service of occupation.services) {
        if (this.#codes.isCountedService(service.code)) days += service.days
        else otherDays += service.days
        hours += service.hours
      }
    }
    const ordinary = this.#contributions.find((c) => c.workerCode === workerCode && c.type <= 1)
    return {
      wageCents: cents(wage),
      grossCents: cents(gross),
      basisCents: ordinary?.basisCents ?? null,
      days,
      otherDays,
      hours,
    }
  }
}

/** Adds to a bounded list; false when it was full. */
function addTo<T>(list: T[], item: T): boolean {
  if (list.length >= maxParts) return false
  list.push(item)
  return true
}

/** A sum of wages as an amount; the largest one when it is larger than an amount can be. */
export const atMostSafe = (sum: bigint): Cents =>
  (sum > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(sum)) as Cents
