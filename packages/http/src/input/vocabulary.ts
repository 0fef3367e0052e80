import {
  type Cents,
  type Iban,
  type Instant,
  type Insz,
  type IsoDate,
  instant,
  type NomenclatureCode,
  ok,
  parseIban,
  parseInsz,
  parseNomenclatureCode,
  parseRizivNumber,
  type Result,
  type RizivNumber,
} from '@ziv/kernel'
import { type DayRange, dayIn, read } from '@ziv/kernel/schemas'
import { z } from 'zod'

/** INSZ with or without separators; the handler gets eleven digits. Only ever in a body: an address ends up in logs. */
export const inszInput = read<Insz>((text) => {
  const parsed = parseInsz(text)
  return parsed.ok ? ok(parsed.value.insz) : parsed
}, 20)
  .describe('INSZ: eleven digits, separators allowed')
  .meta({ example: '93051822361' })

/** Identifier of a thing of ours, in small letters inside whatever letters it came in. */
export const idInput = (what: string) => z.uuid().toLowerCase().describe(what)

/** Identifier of a person. */
export const personIdInput = idInput('Identifier of the person inside ZIV; never an INSZ').meta({
  example: '0198c1a2-7f00-7000-8000-000000000001',
})

/** RFC 3339 with any offset and precision; the handler gets UTC with milliseconds. */
export const instantInput = read<Instant>(parseInstant, 64)
  .describe('Moment: RFC 3339 with a T between day and time, in UTC or with an offset')
  .meta({ format: 'date-time', example: '2025-03-01T12:00:00Z' })

// in an address a plus sign that was not encoded arrives as a blank
function parseInstant(text: string): Result<Instant> {
  try {
    return ok(instant(text.replace(/ (?=\d\d:\d\d$)/, '+')))
  } catch {
    return { ok: false, error: { code: 'INSTANT_FORMAT', message: 'not a moment' } }
  }
}

/** Money, work and care since the social security exists, up to what is agreed ahead. */
const SINCE_SOCIAL_SECURITY: DayRange = { from: '1945-01-01', to: '2199-12-31' }

/** A calendar day within the plausible range of its field. Whether it may lie ahead is a rule of what is done with it: see `dayToCome`. */
export const dayInput = (range: DayRange = SINCE_SOCIAL_SECURITY): z.ZodType<IsoDate, string> => dayIn(range)

export { textLine as nameInput } from '@ziv/kernel/schemas'

/** Amount in whole euro cents. */
export const centsInput = (range: { readonly min: number; readonly max: number }): z.ZodType<Cents, number> =>
  z.int().min(range.min).max(range.max).describe('Amount in euro cents') as unknown as z.ZodType<Cents, number>

/** Account number of any country of the IBAN registry. */
export const ibanInput = read<Iban>(parseIban, 42)
  .describe('International bank account number')
  .meta({ example: 'BE68539007547034' })

/**
 * Reference of a bank line, in its one form: capitals without blanks, which banks and people write as they please. Every other character
 * counts, also a hyphen: those of SEPA have it as a sign of their own, and 1-11 is another line than 11-1.
 */
export const bankReferenceInput = read<string>((text) => {
  const reference = text.replaceAll(' ', '').toUpperCase()
  if (/^[\x21-\x7e]{1,70}$/.test(reference)) return ok(reference)
  return { ok: false, error: { code: 'BANK_REFERENCE_FORMAT', message: 'no reference of a bank line' } }
}, 140)
  .describe(
    'Reference of the bank line as the statement shows it, at most 70 characters: the same one, in capitals or not, with blanks or without, counts once; a hyphen is part of it',
  )
  .meta({ example: 'CODA-2025-03-03-17' })

/** Care provider with the qualification: eleven digits. */
export const providerNumberInput = read<RizivNumber>((text) => {
  const parsed = parseRizivNumber(text)
  if (parsed.ok && parsed.value.length !== 11) {
    return { ok: false, error: { code: 'RIZIV_NUMBER_FORMAT', message: 'a RIZIV number of eleven digits' } }
  }
  return parsed
}, 20)
  .describe('RIZIV number of the care provider, eleven digits')
  .meta({ example: '10003569004' })

/** Code of a health care service. */
export const nomenclatureInput = read<NomenclatureCode>(parseNomenclatureCode, 12)
  .describe('Nomenclature code of six digits; the sixth is the first five modulo 7')
  .meta({ example: '101032' })
