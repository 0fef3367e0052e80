import { type Cents, cents } from './money.ts'

/**
 * Splits a total in proportion to the weights, to the cent: the shares always add up to the total, each is less than one cent
 * from its exact share, and cents left over go to the largest remainders, ties to the lowest index. A negative total gives the
 * mirror image of the positive one. Throws a RangeError without weights, when all are zero, or for a negative or fractional one.
 */
export function splitByLargestRemainder(total: Cents, weights: readonly (number | bigint)[]): Cents[] {
  const whole = weights.map(wholeWeight)
  const sum = whole.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n) {
    throw new RangeError(
      `cannot split ${total} cents over ${weights.length} weights that are all zero: at least one must be above zero`,
    )
  }
  const magnitude = BigInt(Math.abs(total))
  const parts = whole.map((weight) => {
    const exact = magnitude * weight
    return { share: exact / sum, remainder: exact % sum }
  })
  const given = parts.reduce((all, part) => all + part.share, 0n)
  const byRemainder = parts.toSorted((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder))
  for (const part of byRemainder.slice(0, Number(magnitude - given))) part.share += 1n
  return parts.map((part) => cents(total < 0 ? -Number(part.share) : Number(part.share)))
}

function wholeWeight(weight: number | bigint, index: number): bigint {
  if (typeof weight === 'number' && !Number.isSafeInteger(weight)) {
    throw new RangeError(`weight ${index} is ${weight}: weights are whole numbers, scale them first`)
  }
  if (weight < 0) throw new RangeError(`weight ${index} is ${weight}: a weight cannot be negative`)
  return BigInt(weight)
}
