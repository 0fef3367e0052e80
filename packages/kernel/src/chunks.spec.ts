import { expect, test } from 'vitest'
import { chunksOf } from './chunks.ts'

test.for([
  [0, []],
  [2, [[0, 1]]],
  [3, [[0, 1, 2]]],
  [4, [[0, 1, 2], [3]]],
  [
    6,
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
] as const)('of %i items in groups of three none is lost, and none comes twice', async ([count, groups]) => {
  expect(await Array.fromAsync(chunksOf(Array.from({ length: count }).keys(), 3))).toEqual(groups)
})

test('what streams in is grouped too, and a fault of the stream comes through', async () => {
  async function* broken(): AsyncGenerator<number> {
    yield* [1, 2, 3]
    throw new Error('cut off')
  }
  const groups = chunksOf(broken(), 2)
  expect((await groups.next()).value).toEqual([1, 2])
  await expect(groups.next()).rejects.toThrow('cut off')
})
