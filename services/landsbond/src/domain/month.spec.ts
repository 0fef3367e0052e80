import { expect, test } from 'vitest'
import { daysOfMonth, returnStreamId } from './month.ts'

test('a month has a first and a last day, and one stream of returns for each ziekenfonds', () => {
  expect(daysOfMonth('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' })
  expect(() => daysOfMonth('2024-13')).toThrow(RangeError)
  const ids = [returnStreamId('306', '2024-02'), returnStreamId('306', '2024-03'), returnStreamId('304', '2024-02')]
  expect(new Set(ids).size).toBe(3)
})
