/**
 * How a fraction of a cent becomes whole cents. Every kind is symmetric: a negative amount rounds as the mirror of the positive one.
 * - `halfUp`: to the nearest, a half away from zero (commercial rounding)
 * - `halfEven`: to the nearest, a half to the even neighbour
 * - `down`: towards zero
 * - `up`: away from zero
 */
export type Rounding = 'halfUp' | 'halfEven' | 'down' | 'up'

function roundsAway(rounding: Rounding, quotient: bigint, twiceRemainder: bigint, divisor: bigint): boolean {
  switch (rounding) {
    case 'down':
      return false
    case 'up':
      return twiceRemainder > 0n
    case 'halfUp':
      return twiceRemainder >= divisor
    case 'halfEven':
      return twiceRemainder > divisor || (twiceRemainder === divisor && quotient % 2n === 1n)
    default:
      throw new RangeError(`unknown rounding '${String(rounding)}': use halfUp, halfEven, down or up`)
  }
}

/** Exact `numerator / denominator` rounded to an integer. Throws a RangeError when the denominator is zero. */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const dividend = numerator < 0n ? -numerator : numerator
  const divisor = denominator < 0n ? -denominator : denominator
  const quotient = dividend / divisor
  const away = roundsAway(rounding, quotient, (dividend % divisor) * 2n, divisor)
  const magnitude = away ? quotient + 1n : quotient
  return negative ? -magnitude : magnitude
}
