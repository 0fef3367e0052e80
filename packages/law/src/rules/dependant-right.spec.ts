import { isoDate } from '@ziv/kernel'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { dependantReach, dependantRight } from './dependant-right.ts'

const law = loadLaw()
const day = (text: string | null) => (text === null ? null : isoDate(text))

/** The right of a spouse, with what it says for itself. */
function right(to: string | null, ...holder: readonly [from: string, to: string | null][]) {
  const quality = { from: isoDate('2020-06-12'), to: day(to) }
  const days = holder.map(([from, end]) => ({ from: isoDate(from), to: day(end) }))
  const facts = { kind: 'DEPENDANT_SPOUSE', birthDate: isoDate('1985-03-03'), quality, holder: days, eventId: 'e1' }
  const { outcome, result, grounds } = dependantRight(facts, law)
  const reasons = grounds.map(({ rule, satisfied, facts, parameters }) => [
    ...[
      satisfied ? rule : `not ${rule}`,
      ...facts.map(({ name, value, eventId }) => `${name} ${value} ${eventId ?? ''}`),
    ],
    ...parameters.map(({ name }) => name),
  ])
  return { outcome, runOutUntil: result.runOutUntil, periods: result.periods, reasons }
}

const follows = ['dependant.follows', 'from 2020-06-12 e1']

describe('the right of a dependant', () => {
  test('says that it follows the holder while the quality lasts', () => {
    expect(right(null, ['2015-01-01', null])).toEqual({
      ...{ outcome: 'granted', runOutUntil: null, reasons: [follows] },
      periods: [{ from: '2020-06-12', to: null }],
    })
  })

  test('says from when and until when it is kept after the loss of the quality, and by which figure', () => {
    const kept = ['dependant.runOut', 'lostOn 2024-02-01 e1', 'until 2025-12-31 ', 'rights/dependant-run-out-years']
    expect(right('2024-01-31', ['2015-01-01', '2024-01-31'])).toEqual({
      ...{ outcome: 'granted', runOutUntil: '2025-12-31', reasons: [follows, kept] },
      periods: [{ from: '2020-06-12', to: '2025-12-31' }],
    })
  })

  test('is there for a quality of one day too, and kept after it', () => {
    const { outcome, periods } = right('2020-06-12', ['2015-01-01', '2020-06-12'])
    expect({ outcome, periods }).toEqual({ outcome: 'granted', periods: [{ from: '2020-06-12', to: '2021-12-31' }] })
  })

  test('is not kept when the holder had none on the last day', () => {
    expect(right('2024-01-31', ['2015-01-01', '2024-01-30'])).toMatchObject({ outcome: 'granted', reasons: [follows] })
  })

  test.each([
    ['of a holder who was insured before only', null, ['2015-01-01', '2020-06-11']],
    ['of a quality that was withdrawn', '2020-06-11', ['2015-01-01', null]],
  ] as const)('%s is refused, with the reason', (_what, to, holder) => {
    expect(right(to, [...holder])).toEqual({
      ...{ outcome: 'refused', periods: [], runOutUntil: null },
      reasons: [['not dependant.follows', 'from 2020-06-12 e1']],
    })
  })
})

test.each([
  ['DEPENDANT_SPOUSE', '1985-03-03', null, null],
  ['DEPENDANT_SPOUSE', '1985-03-03', '2024-06-30', '2025-12-31'],
  ['DEPENDANT_SPOUSE', '1985-03-03', '2023-12-31', '2025-12-31'],
  ['DEPENDANT_SPOUSE', null, '2024-06-30', '2025-12-31'],
  ['DEPENDANT_CHILD', '2005-05-05', null, '2031-12-31'],
  ['DEPENDANT_CHILD', '2005-05-05', '2024-06-30', '2025-12-31'],
  ['DEPENDANT_CHILD', '2005-05-05', '2044-06-30', '2031-12-31'],
  ['DEPENDANT_CHILD', null, null, null],
])('a %s born on %s until %s can give a right until %s', (capacity, birthDate, to, until) => {
  const spell = { capacity, birthDate: day(birthDate), from: isoDate('2020-06-12'), to: day(to) }
  expect(dependantReach(spell, law)).toBe(until)
})
