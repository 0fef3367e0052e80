import { type Instant, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decisionId } from '../testing/facts.ts'
import { type InsurabilityState, insuredOn, newerInsurability } from './insurability.ts'

const at = (n: number) => `2024-01-01T00:00:0${n}.000Z` as Instant
const place = (second: number, sequence: number, eventId: string): InsurabilityState => ({
  ...{ personId: 'p', recordedAt: at(second), sequence, eventId, periods: [] },
})

describe('of several timelines the one recorded last counts', () => {
  test.each([
    ['the later moment, whatever its number', [place(1, 9, 'e9'), place(2, 1, 'e1')], 'e1'],
    ['of one moment the higher number, whatever its name', [place(1, 1, 'e9'), place(1, 2, 'e1')], 'e1'],
    ['of one moment and number always the same one', [place(1, 1, 'e1'), place(1, 1, 'e2')], 'e2'],
    ['of three the last of all', [place(1, 1, 'e1'), place(2, 2, 'e2'), place(2, 3, 'e3')], 'e3'],
  ])('%s, in whatever order they arrive', (_name, states, expected) => {
    fc.assert(
      fc.property(fc.shuffledSubarray(states, { minLength: states.length }), (order) => {
        expect(order.reduce(newerInsurability).eventId).toBe(expected)
      }),
    )
  })
})

test('care is reimbursed from the first day of a period to its last, and by the decision of that period', () => {
  const member = { insurer: '300', ziekenfonds: '306' }
  const first = { ...member, from: isoDate('2024-01-01'), to: isoDate('2024-03-31'), decisionId }
  const second = { ...first, from: isoDate('2024-05-01'), to: isoDate('2024-05-01'), decisionId: 'second' }
  const decisionOn = (day: string) => insuredOn([first, second], isoDate(day))?.decisionId
  expect(['2023-12-31', '2024-01-01', '2024-03-31', '2024-04-01'].map(decisionOn)).toEqual([
    undefined,
    decisionId,
    decisionId,
    undefined,
  ])
  expect(['2024-04-30', '2024-05-01', '2024-05-02'].map(decisionOn)).toEqual([undefined, 'second', undefined])
})
