import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import type { Brand } from '../brand.ts'
import { err, ok, type Result } from '../result.ts'

/** International bank account number, capitals and digits without spaces. */
export type Iban = Brand<string, 'Iban'>

/** Reads an account number, with or without spaces, of any country of the IBAN registry. Refusal: `IBAN_FORMAT`. */
export function parseIban(text: string): Result<Iban> {
  const iban = electronicFormatIBAN(text)
  if (iban === null || !isValidIBAN(iban)) {
    return err('IBAN_FORMAT', 'this is not an IBAN: its length or its check digits do not fit its country')
  }
  return ok(iban as string as Iban)
}
