import { setImmediate as turn } from 'node:timers/promises'

const sliceSize = 64

/** Like `map`; after some dozens of items what waits gets its turn: the bytes that PostgreSQL is to store next, above all. */
export async function mapInSlices<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % sliceSize === 0) await turn()
    results.push(work(item, index))
  }
  return results
}
