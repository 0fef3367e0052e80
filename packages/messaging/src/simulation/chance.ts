/** Repeatable chance: the same seed plays the same story. */
export interface Chance {
  /** True in `percent` of the cases. */
  often(percent: number): boolean
  /** A whole number from 0 to `max` - 1. */
  below(max: number): number
}

/** mulberry32 */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return { often: (percent) => next() * 100 < percent, below: (max) => Math.floor(next() * max) }
}
