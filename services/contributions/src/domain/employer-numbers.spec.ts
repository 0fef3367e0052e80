import { addMonths, type Cents, isoDate, quarter } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordSlip } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import { initialState, type YearState } from './contribution-year.ts'
import { joinNumbers, splitNumbers } from './employer-numbers.ts'
import type { YearAssessment } from './year-assessment.ts'

const [rsz, enterprise] = ['100000015', '0403170404']
const assess = (): YearAssessment => {
  throw new Error('nothing is settled here')
}
const today = isoDate('2025-03-01')
const facts: YearFacts = { year: 2024, today, answerableUntil: (day) => addMonths(day, 1), assess }

const sent = (numbers: readonly string[], amountCents: number, createdAt: number): RecordSlip => ({
  ...{ type: 'RecordSlip', commandId: `c${createdAt}`, slipId: `slip of ${numbers[0]}`, source: 'rsz' },
  ...splitNumbers(joinNumbers(numbers)),
  ...{ quarter: quarter('2024Q1'), amountCents: amountCents as Cents, createdAt, arrival: createdAt, part: 1 },
})
function after(...commands: readonly RecordSlip[]): YearState {
  let state = initialState()
  for (const command of commands) {
    const decision = contributionYear.decide(command, state, facts)
    if (!decision.ok) throw new Error(decision.rejection.code)
    state = decision.events.reduce(contributionYear.evolve, state)
  }
  return state
}
const wage = (...commands: readonly RecordSlip[]): number =>
  Object.values(after(...commands).slips).reduce((sum, { amountCents }) => sum + amountCents, 0)

describe('a slip that a declaration names by both numbers of an employer', () => {
  test.each([
    ['the enterprise number', [enterprise]],
    ['the RSZ number', [rsz]],
  ] as const)('is the one on file under %s, before it and after it', (_, one) => {
    expect(wage(sent(one, 400_000, 1), sent([rsz, enterprise], 400_000, 2))).toBe(400_000)
    expect(wage(sent([rsz, enterprise], 400_000, 1), sent(one, 400_000, 2))).toBe(400_000)
    expect(wage(sent([rsz, enterprise], 400_000, 1), sent(one, 300_000, 2))).toBe(300_000)
  })
  test('makes one of two slips that were on file under either', () => {
    const both = [sent([rsz], 400_000, 1), sent([enterprise], 400_000, 2)]
    expect(wage(...both)).toBe(800_000)
    expect(wage(...both, sent([rsz, enterprise], 400_000, 3))).toBe(400_000)
    expect(wage(...both, sent([rsz, enterprise], 400_000, 3), sent([rsz], 500_000, 4))).toBe(500_000)
  })
  test('counts the sending that was made last, in whatever order they come', () => {
    const sendings = fc.shuffledSubarray(
      [sent([rsz], 100, 1), sent([enterprise], 200, 2), sent([rsz, enterprise], 300, 3), sent([rsz], 400, 4)],
      { minLength: 4 },
    )
    fc.assert(
      fc.property(sendings, (some) => {
        expect(wage(...some)).toBe(400)
      }),
    )
  })

  test('keeps its wage when a sending made before it comes late', () => {
    const both = [sent([rsz], 400_000, 1), sent([enterprise], 400_000, 2), sent([rsz, enterprise], 400_000, 9)]
    for (const late of [[rsz], [enterprise], [rsz, enterprise]]) {
      expect(wage(...both, sent(late, 300_000, 5))).toBe(400_000)
    }
  })
  test('is known by both also when only the second number is news', () => {
    const named = { ...sent([rsz, enterprise], 400_000, 1), arrival: 2 }
    expect(wage(sent([rsz], 400_000, 1), named, sent([enterprise], 500_000, 3))).toBe(500_000)
  })
  test('is emptied once, and no news afterwards', () => {
    const state = after(sent([rsz], 400_000, 1), sent([enterprise], 400_000, 2), sent([rsz, enterprise], 400_000, 3))
    const decision = contributionYear.decide(sent([rsz, enterprise], 500_000, 4), state, facts)
    expect(decision.ok && decision.events).toMatchObject([{ type: 'SlipCorrected', data: { amountCents: 500_000 } }])
  })
})

test.each([
  [[null, enterprise], { employerNumber: enterprise }],
  [[rsz, null], { employerNumber: rsz }],
  [[rsz, enterprise], { employerNumber: rsz, otherNumber: enterprise }],
])('the numbers %j are one text and come out of it', (numbers, read) => {
  expect(splitNumbers(joinNumbers(numbers))).toEqual(read)
})

test('slips of two employers stay two', () => {
  expect(wage(sent([rsz, enterprise], 400_000, 1), sent(['100000114'], 400_000, 2))).toBe(800_000)
})
