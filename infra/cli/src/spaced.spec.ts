import { expect, test } from 'vitest'
import { spaced } from './spaced.ts'

test('progress without a terminal is at most one line a second, however fast the steps are', () => {
  const shown: string[] = []
  let now = 0
  const tell = spaced(
    (line) => shown.push(line),
    1_000,
    () => now,
  )
  for (; now <= 3_500; now += 50) tell(`at ${now}`)
  expect(shown).toEqual(['at 0', 'at 1000', 'at 2000', 'at 3000'])
})
