import {
  cents,
  dayNumber,
  type IsoDate,
  isStatedQuarter,
  parseKboNumber,
  parseRszNumber,
  type Quarter,
  quarterEnd,
  quarterOfParts,
  quarterStart,
} from '@ziv/kernel'
import type { Severity } from '../issue.ts'
import type { MessageParams } from './messages.ts'
import type { Values } from './record-builder.ts'
import type { DmfaForm } from './types.ts'

/** Notes an issue of the element in `params`, with the serial of the official anomaly. */
export type Report = (code: string, severity: Severity, params: MessageParams, serial: string) => void

/** A social security quarter may start and end a few weeks beside the calendar quarter. */
const quarterSlackDays = 35

/** Whether a declaration can be about a quarter, written with its year and number as in `20231`. */
export const isDeclarable = (text: string): boolean => isStatedQuarter(`${text.slice(0, 4)}Q${text.slice(4)}`)

/** Quarter of the declaration; only a quarter that has ended can be declared. */
function declaredQuarter(values: Values, today: IsoDate | null, report: Report): Quarter | null {
  const text = values.Quarter
  if (text === undefined) return null
  const quarter = quarterOfParts(Number(text.slice(0, 4)), Number(text.slice(4)))
  if (today !== null && quarterEnd(quarter) >= today) {
    report('DMFA-QUARTER-FUTURE', 'error', { element: 'Quarter', value: text, other: today }, '008')
  }
  return quarter
}

/** Numbers of the employer; one of both may be zero, not both. */
function declaredEmployer(values: Values, report: Report): Pick<DmfaForm, 'employerNumber' | 'enterpriseNumber'> {
  const read = (element: string, parse: typeof parseRszNumber | typeof parseKboNumber): string | null => {
    const value = values[element]
    if (value === undefined || Number(value) === 0) return null
    const parsed = parse(value)
    if (parsed.ok) return parsed.value
    report('DMFA-EMPLOYER', 'error', { element, value }, '004')
    return null
  }
  const isZero = (element: string): boolean => values[element] === undefined || Number(values[element]) === 0
  if (isZero('NOSSRegistrationNbr') && isZero('CompanyID')) {
    report('DMFA-NO-EMPLOYER', 'error', { element: 'NOSSRegistrationNbr' }, '001')
  }
  return {
    employerNumber: read('NOSSRegistrationNbr', parseRszNumber),
    enterpriseNumber: read('CompanyID', parseKboNumber),
  }
}

/** An occupation does not end before it starts. */
export function checkOccupation(values: Values, report: Report): void {
  checkOrder(values, 'OccupationStartingDate', 'OccupationEndingDate', report)
}

/** The dates of the social security quarter belong to the declared quarter. */
export function checkQuarterDates(values: Values, quarter: Quarter | null, report: Report): void {
  checkOrder(values, 'NOSSQuarterStartingDate', 'NOSSQuarterEndingDate', report)
  if (quarter === null) return
  checkNear(values, 'NOSSQuarterStartingDate', quarterStart(quarter), quarter, report)
  checkNear(values, 'NOSSQuarterEndingDate', quarterEnd(quarter), quarter, report)
}

function checkNear(values: Values, element: string, expected: IsoDate, quarter: Quarter, report: Report): void {
  const value = values[element]
  if (value === undefined || value === expected) return
  if (Math.abs(dayNumber(value as IsoDate) - dayNumber(expected)) <= quarterSlackDays) return
  report('DMFA-QUARTER-DATES', 'error', { element, value, other: quarter }, '034')
}

function checkOrder(values: Values, start: string, end: string, report: Report): void {
  const from = values[start]
  const to = values[end]
  if (from === undefined || to === undefined || to >= from) return
  report('DMFA-PERIOD', 'error', { element: end, value: to, other: from }, '014')
}

/** Day and moment (in milliseconds) of the creation of a form; without a readable hour the first moment of the day. */
function declaredCreation(head: Values): Pick<DmfaForm, 'createdOn' | 'createdAt'> {
  const { FormCreationDate: day, FormCreationHour: hour = '' } = head
  if (day === undefined) return { createdOn: null, createdAt: null }
  const moment = Date.parse(`${day}T${hour}Z`)
  return {
    createdOn: day as IsoDate,
    createdAt: Number.isNaN(moment) ? Date.parse(`${day}T00:00:00Z`) : moment,
  }
}

/** The header of a form, from the fields of the form and of its employer. */
export function formOf(
  head: Values,
  declaration: Values,
  about: {
    readonly form: number
    readonly reference: string | null
    readonly today: IsoDate | null
    readonly report: Report
  },
): DmfaForm {
  const { form, reference, today, report } = about
  const quarter = declaredQuarter(declaration, today, report)
  const employer = declaredEmployer(declaration, report)
  const { Trusteeship, NetOwedAmount } = declaration
  return {
    form,
    ...declaredCreation(head),
    reference,
    quarter,
    ...employer,
    trusteeship: Number(Trusteeship ?? 0) === 1,
    netOwedCents: NetOwedAmount === undefined ? null : cents(Number(NetOwedAmount)),
  }
}
