import type { Words } from '@ziv/kernel'
import { isIsoDate } from '@ziv/kernel'
import type { Field } from './structure.ts'

export interface FieldFault {
  readonly code: string
  /** Serial of the official anomaly list that says the same. */
  readonly serial: string
  readonly rule: Words
}

const integer = /^[+-]?\d+$/u
const time = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d.\d{3}$/u
const month = /^\d{4}-(?:0[1-9]|1[0-2])$/u

/** Null when the value obeys the schema; otherwise the first rule it breaks. Numbers and dates come trimmed. */
export function checkField(field: Field, value: string): FieldFault | null {
  if (value === '' && (field.kind !== 'text' || field.values !== null)) return fault('DMFA-EMPTY', '001', field)
  switch (field.kind) {
    case 'integer':
      return checkInteger(field, value)
    case 'text':
      return checkText(field, value)
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/u.test(value) && isIsoDate(value) ? null : fault('DMFA-DATE', '003', field)
    case 'time':
      return time.test(value) ? null : fault('DMFA-DATE', '003', field)
    case 'month':
      return month.test(value) ? null : fault('DMFA-DATE', '003', field)
  }
}

function checkInteger(field: Field, value: string): FieldFault | null {
  if (!integer.test(value)) return fault('DMFA-NOT-NUMERIC', '002', field)
  if (field.pattern !== null && !field.pattern.test(value)) return fault('DMFA-LENGTH', '093', field)
  const number = Number(value)
  if (!Number.isSafeInteger(number)) return fault('DMFA-LENGTH', '093', field)
  if (Math.abs(number) >= field.above) return fault('DMFA-LENGTH', '093', field)
  if (field.min !== null && number < field.min) return fault('DMFA-DOMAIN', '008', field)
  if (field.max !== null && number > field.max) return fault('DMFA-DOMAIN', '008', field)
  if (field.values !== null && !field.values.has(String(number))) return fault('DMFA-DOMAIN', '008', field)
  return null
}

function checkText(field: Field, value: string): FieldFault | null {
  if (field.maxLength !== null && value.length > field.maxLength) return fault('DMFA-LENGTH', '093', field)
  if (field.minLength !== null && value.length < field.minLength) return fault('DMFA-LENGTH', '093', field)
  if (field.values !== null && !field.values.has(value)) return fault('DMFA-DOMAIN', '008', field)
  if (field.pattern !== null && !field.pattern.test(value)) return fault('DMFA-DOMAIN', '008', field)
  return null
}

function fault(code: string, serial: string, field: Field): FieldFault {
  return { code, serial, rule: ruleOf(field) }
}

function ruleOf(field: Field): Words {
  if (field.kind === 'date') return { nl: 'JJJJ-MM-DD', fr: 'AAAA-MM-JJ', de: 'JJJJ-MM-TT', en: 'YYYY-MM-DD' }
  if (field.kind === 'time') return { nl: 'UU:MM:SS.mmm', fr: 'HH:MM:SS.mmm', de: 'HH:MM:SS.mmm', en: 'HH:MM:SS.mmm' }
  if (field.kind === 'month') return { nl: 'JJJJ-MM', fr: 'AAAA-MM', de: 'JJJJ-MM', en: 'YYYY-MM' }
  if (field.values !== null) {
    const list = [...field.values].join(', ')
    return { nl: `een van ${list}`, fr: `une des valeurs ${list}`, de: `einer der Werte ${list}`, en: `one of ${list}` }
  }
  if (field.kind === 'text') {
    return {
      nl: `hoogstens ${field.maxLength} tekens`,
      fr: `${field.maxLength} caractères au plus`,
      de: `höchstens ${field.maxLength} Zeichen`,
      en: `at most ${field.maxLength} characters`,
    }
  }
  if (field.min !== null && field.max !== null) {
    return {
      nl: `een getal van ${field.min} tot ${field.max}`,
      fr: `un nombre de ${field.min} à ${field.max}`,
      de: `eine Zahl von ${field.min} bis ${field.max}`,
      en: `a number from ${field.min} to ${field.max}`,
    }
  }
  return {
    nl: `een getal van hoogstens ${field.digits} cijfers`,
    fr: `un nombre de ${field.digits} chiffres au plus`,
    de: `eine Zahl mit höchstens ${field.digits} Ziffern`,
    en: `a number of at most ${field.digits} digits`,
  }
}
