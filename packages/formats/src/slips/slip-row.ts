import {
  cents,
  type IsoDate,
  isStatedQuarter,
  parseEmployerNumber,
  parseInsz,
  type Quarter,
  quarterEnd,
} from '@ziv/kernel'
import { columns } from './columns.ts'
import type { SlipMessageParams } from './messages.ts'
import type { SlipRow } from './types.ts'

/** Values of one row by column name, as text. */
export type RowValues = Readonly<Record<string, string | undefined>>
/** Notes what is wrong with one value; the column is in the parameters. */
export type RowReport = (code: string, params: SlipMessageParams) => void

/** As in the quarterly declaration: eleven digits of cents, five of hundredths of days, seven of hours. */
const maxWage = 99_999_999_999
const maxDays = 36_600
const maxHours = 9_999_999
const maxReference = 50

/** The slip of a row, or null when something in it is wrong; every wrong value is reported. */
export function slipOf(values: RowValues, line: number, today: IsoDate | null, report: RowReport): SlipRow | null {
  let usable = true
  const wrong = (code: string, params: SlipMessageParams): void => {
    usable = false
    report(code, params)
  }
  for (const { name, required } of columns) {
    if (required && (values[name] ?? '') === '') wrong('SLIP-MISSING', { column: name })
  }
  const ssin = inszOf(values.ssin ?? '', wrong)
  const employerNumber = employerOf(values.employerNumber ?? '', wrong)
  const quarter = quarterOf(values.quarter ?? '', today, wrong)
  const amountCents = wholeNumber('amountCents', values.amountCents, maxWage, wrong)
  const days = wholeNumber('days', values.days, maxDays, wrong)
  const hours = wholeNumber('hours', values.hours, maxHours, wrong)
  const employerClass = codeOf('employerClass', values.employerClass, wrong)
  const workerCode = codeOf('workerCode', values.workerCode, wrong)
  const reference = values.reference === undefined || values.reference === '' ? null : values.reference
  if (reference !== null && reference.length > maxReference) {
    wrong('SLIP-TEXT', { column: 'reference', other: String(maxReference) })
  }
  if (!usable || quarter === null) return null
  return {
    ssin,
    employerNumber,
    quarter,
    amountCents: cents(amountCents),
    days,
    hours,
    employerClass,
    workerCode,
    reference,
    line,
  }
}

function inszOf(text: string, wrong: RowReport): string {
  const parsed = parseInsz(text)
  if (parsed.ok) return parsed.value.insz
  if (text !== '') wrong('SLIP-INSZ', { column: 'ssin' })
  return ''
}

function employerOf(text: string, wrong: RowReport): string {
  const parsed = parseEmployerNumber(text)
  if (parsed.ok) return parsed.value
  if (text !== '') wrong('SLIP-EMPLOYER', { column: 'employerNumber', value: text })
  return ''
}

function quarterOf(text: string, today: IsoDate | null, wrong: RowReport): Quarter | null {
  const written = /^\d{4}[1-4]$/u.test(text) ? `${text.slice(0, 4)}Q${text.slice(4)}` : text
  if (!isStatedQuarter(written)) {
    if (text !== '') wrong('SLIP-QUARTER', { column: 'quarter', value: text })
    return null
  }
  if (today !== null && quarterEnd(written) >= today) {
    wrong('SLIP-QUARTER-FUTURE', { column: 'quarter', value: written, other: today })
  }
  return written
}

function wholeNumber(column: string, text: string | undefined, max: number, wrong: RowReport): number {
  if (text === undefined || text === '') return 0
  const number = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN
  if (number <= max) return number
  wrong('SLIP-NUMBER', { column, value: text, other: String(max) })
  return 0
}

function codeOf(column: string, text: string | undefined, wrong: RowReport): string | null {
  if (text === undefined || text === '') return null
  if (/^\d{1,3}$/u.test(text)) return text.padStart(3, '0')
  wrong('SLIP-CODE', { column, value: text })
  return null
}
