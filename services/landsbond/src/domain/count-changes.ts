import { addDays, type IsoDate } from '@ziv/kernel'
import type { Segment } from './membership.ts'

/** By how much the counts of a ziekenfonds and capacity change on a day. */
export interface CountChange {
  readonly insurer: string
  readonly ziekenfonds: string
  readonly capacity: string
  readonly partition: number
  readonly day: IsoDate
  readonly members: number
  readonly insured: number
}

type Place = Pick<CountChange, 'insurer' | 'partition'>

/** Sums the changes of many persons; what cancels out disappears. */
export class CountChanges {
  readonly #sums = new Map<string, { -readonly [K in keyof CountChange]: CountChange[K] }>()

  /** The person counted as `before` says and now counts as `after` says. */
  replace(place: Place, before: readonly Segment[], after: readonly Segment[]): void {
    for (const segment of before) this.#segment(place, segment, -1)
    for (const segment of after) this.#segment(place, segment, 1)
  }

  #segment(place: Place, segment: Segment, sign: 1 | -1): void {
    this.#add(place, segment, segment.from, sign)
    if (segment.to !== null) this.#add(place, segment, addDays(segment.to, 1), -sign as 1 | -1)
  }

  #add({ insurer, partition }: Place, { ziekenfonds, capacity, insured }: Segment, day: IsoDate, sign: 1 | -1): void {
    const key = `${insurer}/${ziekenfonds}/${capacity}/${partition}/${day}`
    let sum = this.#sums.get(key)
    if (sum === undefined) {
      sum = { insurer, ziekenfonds, capacity, partition, day, members: 0, insured: 0 }
      this.#sums.set(key, sum)
    }
    sum.members += sign
    if (insured) sum.insured += sign
  }

  /** What is left, in no particular order. */
  list(): readonly CountChange[] {
    return [...this.#sums.values()].filter((sum) => sum.members !== 0 || sum.insured !== 0)
  }
}
