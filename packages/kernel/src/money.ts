import type { Brand } from './brand.ts'
import { divideRounded, type Rounding } from './rounding.ts'

/** An amount of euro in whole cents, always a safe integer, positive or negative. */
export type Cents = Brand<number, 'Cents'>

/** Amount from a whole number of cents. Throws a RangeError for a fraction or beyond plus or minus 90 million million euro. */
export function cents(n: number): Cents {
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(`${n} is not an amount in cents: give a whole number between -(2^53-1) and 2^53-1`)
  }
  return (n === 0 ? 0 : n) as Cents
}

/** Sum of the amounts given. Throws a RangeError when it leaves the safe range. */
export function addCents(first: Cents, ...others: readonly Cents[]): Cents {
  let total: number = first
  for (const amount of others) total = cents(total + amount)
  return cents(total)
}

/** `a - b`. Throws a RangeError when it leaves the safe range. */
export function subtractCents(a: Cents, b: Cents): Cents {
  return cents(a - b)
}

/** Sum of any number of amounts; nothing sums to zero. Throws a RangeError when it leaves the safe range. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0
  for (const amount of amounts) total = cents(total + amount)
  return cents(total)
}

/**
 * `amount * numerator / denominator`, computed exactly and rounded once to whole cents.
 * Throws a RangeError for a fractional factor, a zero denominator or a result beyond the safe range.
 */
export function multiplyCents(
  amount: Cents,
  numerator: number | bigint,
  denominator: number | bigint,
  rounding: Rounding,
): Cents {
  const product = BigInt(amount) * wholeFactor(numerator)
  return cents(Number(divideRounded(product, wholeFactor(denominator), rounding)))
}

function wholeFactor(factor: number | bigint): bigint {
  if (typeof factor === 'bigint') return factor
  if (!Number.isSafeInteger(factor)) {
    throw new RangeError(`${factor} is not a whole factor: give a rate as two whole numbers, for instance 3 and 4`)
  }
  return BigInt(factor)
}
