/** Keys of the seven insurers: their shares of members, in hundredths of a percent. */
const KEY: Readonly<Record<string, bigint>> = {
  100: 4036n,
  200: 499n,
  300: 2851n,
  400: 475n,
  500: 1948n,
  600: 102n,
  900: 88n,
}
export const insurers = Object.keys(KEY)

/** Splits cents by weights: everybody gets the whole part, the cents left go to the largest remainders. */
function split(total: number, weights: readonly bigint[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  const parts = weights.map((weight, index) => {
    const share = BigInt(total) * weight
    return { index, whole: Number(share / sum), rest: share % sum }
  })
  const left = total - parts.reduce((all, { whole }) => all + whole, 0)
  const lucky = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  const extra = new Set(lucky.slice(0, left).map(({ index }) => index))
  return parts.map(({ whole, index }) => whole + (extra.has(index) ? 1 : 0))
}

/** Budget shares: 70 percent by what care cost, 30 percent by the key; the key alone when nothing is known. */
export function sharesOf(objective: number, actual: ReadonlyMap<string, number>): Map<string, number> {
  const costs = insurers.map((insurer) => BigInt(actual.get(insurer) ?? 0))
  const keys = insurers.map((insurer) => KEY[insurer] ?? 0n)
  const [allCosts, allKeys] = [costs, keys].map((list) => list.reduce((sum, value) => sum + value, 0n)) as [
    bigint,
    bigint,
  ]
  const weights =
    allCosts === 0n ? keys : costs.map((cost, index) => 70n * cost * allKeys + 30n * (keys[index] ?? 0n) * allCosts)
  return new Map(split(objective, weights).map((cents, index) => [insurers[index] ?? '', cents]))
}

/** The advance of a month (1 to 12) on a share: a twelfth, the odd cents in the first months. */
export const advanceOf = (share: number, month: number): number =>
  Math.floor(share / 12) + (month <= share % 12 ? 1 : 0)

/** What an insurer is due for a year: what care cost, and a quarter of surplus or deficit, at most 2 percent of its share. */
export function dueOf(share: number, cost: number): number {
  const result = share - cost
  const borne = Math.min(Math.floor((Math.abs(result) * 25 + 50) / 100), Math.floor((share * 2 + 50) / 100))
  return cost + Math.sign(result) * borne
}
