import { expect, it } from 'vitest'
import { timestamptzToInstant } from './pg-types.ts'

it.each([
  ['2026-11-22 09:30:00+00', '2026-11-22T09:30:00.000Z'],
  ['2026-11-22 09:30:00.1+00', '2026-11-22T09:30:00.100Z'],
  ['2026-11-22 09:30:00.123456+00', '2026-11-22T09:30:00.123Z'],
  ['2026-11-22 10:30:00+01', '2026-11-22T09:30:00.000Z'],
  ['2026-11-22 15:00:00+05:30', '2026-11-22T09:30:00.000Z'],
  ['infinity', 'infinity'],
])('reads the moment %s as %s', (text, moment) => {
  expect(timestamptzToInstant(text)).toBe(moment)
})
