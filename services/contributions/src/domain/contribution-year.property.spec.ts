import { addMonths, type Cents, isoDate, quarter } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RecordSlip } from './contribution-year.commands.ts'
import { contributionYear, type YearFacts } from './contribution-year.decide.ts'
import type { YearState } from './contribution-year.ts'

const facts: YearFacts = {
  year: 2024,
  today: isoDate('2025-03-01'),
  answerableUntil: (day) => addMonths(day, 1),
  assess: (state) => {
    const totalCents = Object.values(state.slips).reduce((sum, slip) => sum + slip.amountCents, 0)
    const shortCents = Math.max(0, 800_000 - totalCents)
    return {
      regime: 'wage',
      totalCents,
      requiredCents: 800_000,
      met: shortCents === 0,
      shortCents,
      payableUntil: '2029-12-31',
      confidence: 'verified',
      repairs: [],
    }
  },
}

interface Record {
  readonly arrival: number
  readonly createdAt: number
  readonly part: number
  readonly employer: number
  readonly quarterNumber: number
  readonly amount: number
}

// a sending is made at one moment; its amount holds its sending, so that of two sendings of one moment none repeats the
// amount of the other: see the note in recordSlip
const records: fc.Arbitrary<Record[]> = fc
  .uniqueArray(
    fc.record({
      arrival: fc.integer({ min: 1, max: 6 }),
      createdAt: fc.integer({ min: 1, max: 3 }),
      part: fc.integer({ min: 1, max: 4 }),
      employer: fc.integer({ min: 1, max: 3 }),
      quarterNumber: fc.integer({ min: 1, max: 4 }),
      amount: fc.integer({ min: 0, max: 90 }),
    }),
    {
      maxLength: 25,
      selector: ({ arrival, part, employer, quarterNumber }) => [arrival, part, employer, quarterNumber].join(),
    },
  )
  .map((found) =>
    found.map((record) => ({
      ...record,
      createdAt: createdAtOf(found, record.arrival),
      amount: (record.amount + 1) * 1_000 + 7 ** record.arrival,
    })),
  )

const commandOf = (record: Record): RecordSlip => ({
  type: 'RecordSlip',
  commandId: [record.arrival, record.part, record.employer, record.quarterNumber].join(),
  slipId: '0b6f4c53-6b0f-5a52-9f62-94a3f5c5f001',
  source: 'rsz',
  employerNumber: `11111111${record.employer}`,
  quarter: quarter(`2024Q${record.quarterNumber}`),
  amountCents: record.amount as Cents,
  createdAt: record.createdAt,
  arrival: record.arrival,
  part: record.part,
})

/** A sending has one moment: that of its first record. */
function createdAtOf(found: readonly Omit<Record, 'amount'>[], arrival: number): number {
  return found.find((record) => record.arrival === arrival)!.createdAt
}

function play(list: readonly Record[], from: YearState = contributionYear.initialState()): YearState {
  return list.reduce((state, record) => {
    const decision = contributionYear.decide(commandOf(record), state, facts)
    if (!decision.ok) throw new Error(decision.rejection.code)
    return decision.events.reduce(contributionYear.evolve, state)
  }, from)
}

const amounts = (state: YearState) =>
  Object.fromEntries(
    Object.entries(state.slips)
      .map(([key, slip]) => [key, slip.amountCents] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

it('any order of slips and corrections gives the same final amounts', () => {
  fc.assert(
    fc.property(
      records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(amounts(play(shuffled))).toEqual(amounts(play(list)))
      },
    ),
    { numRuns: 300 },
  )
})

it('the amount of a slip is the sum of the records of its latest sending', () => {
  fc.assert(
    fc.property(records, (list) => {
      const state = play(list)
      for (const [key, slip] of Object.entries(state.slips)) {
        const own = list.filter((record) => `11111111${record.employer}|2024Q${record.quarterNumber}` === key)
        const last = own.toSorted((a, b) => b.createdAt - a.createdAt || b.arrival - a.arrival)[0]!.arrival
        const sum = own.filter((record) => record.arrival === last).reduce((total, record) => total + record.amount, 0)
        expect(slip.amountCents).toBe(sum)
      }
    }),
    { numRuns: 300 },
  )
})

it('resending everything changes nothing', () => {
  fc.assert(
    fc.property(records, (list) => {
      const once = play(list)
      expect(play(list, once)).toEqual(once)
    }),
    { numRuns: 200 },
  )
})
