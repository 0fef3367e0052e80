import { type Cents, cents } from './money.ts'
import { err, ok, type Result } from './result.ts'

const EURO = /^([+-])?(\d{1,14})(?:[.,](\d{1,2}))?$/

/** Machine form of an amount: a dot and always two decimals, `1234.50`, `-0.05`. */
export function formatEuro(amount: Cents): string {
  const digits = String(Math.abs(amount)).padStart(3, '0')
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Reads `1234`, `1234.5` or `1234,50`. Thousands separators are refused, because `1.234` could be either amount. */
export function parseEuro(text: string): Result<Cents> {
  const [, sign, whole, decimals = ''] = EURO.exec(text.trim()) ?? []
  const amount = Number(`${whole}${decimals.padEnd(2, '0')}`)
  if (!Number.isSafeInteger(amount)) {
    return err(
      'EURO_FORMAT',
      `'${text}' is not an amount in euro: write digits with at most two decimals, as in 1234.50`,
    )
  }
  return ok(cents(sign === '-' ? -amount : amount))
}
