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
