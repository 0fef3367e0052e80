import { expect, test } from 'vitest'
import { spaced, tellPersons } from './spaced.ts'

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

test('persons reached are lines of a log when there is no terminal, each once, and painted over on one', () => {
  for (const [isTTY, expected] of [
    [false, '66 persons\n130 persons\n'],
    [true, '\r66 persons\r99 persons\r130 persons'],
  ] as const) {
    let shown = ''
    let now = 0
    const write = (text: unknown) => {
      shown += String(text)
      return true
    }
    const tell = tellPersons({ isTTY, write }, () => now)
    for (const [at, persons] of [
      [0, 66],
      [500, 99],
      [1_100, 130],
      [2_200, 130],
    ] as const) {
      now = at
      tell(persons)
    }
    expect(shown).toBe(expected)
  }
})
