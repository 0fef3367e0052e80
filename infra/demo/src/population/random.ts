import { hash } from 'node:crypto'

/** A small seeded generator: the same seed and name give the same numbers on every machine. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number
  /** A whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** One of the items. */
  pick<T>(items: readonly T[]): T
  /** One of the items by its weight. */
  weighted<T>(items: readonly { readonly item: T; readonly weight: number }[]): T
}

/** Makes a generator for a name under a seed (mulberry32 on a digest): independent of how many others were made before. */
export function randomOf(seed: number, name: string): Random {
  let state = hash('sha256', `${seed}/${name}`, 'buffer').readUInt32LE(0)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    weighted: (items) => {
      const total = items.reduce((sum, { weight }) => sum + weight, 0)
      let rest = next() * total
      for (const { item, weight } of items) {
        rest -= weight
        if (rest < 0) return item
      }
      const last = items.at(-1)
      if (last === undefined) throw new RangeError('nothing to pick from')
      return last.item
    },
  }
}
