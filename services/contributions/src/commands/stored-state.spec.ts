import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SlipState, YearState } from '../domain/contribution-year.ts'
import { slipKey } from '../domain/contribution-year.ts'
import { stateOf, storedOf } from './stored-state.ts'

const quarter = fc.constantFrom('2024Q1', '2024Q2', '2024Q3', '2024Q4')
const slip: fc.Arbitrary<SlipState> = fc.record({
  slipId: fc.uuid(),
  source: fc.constantFrom('rsz', 'paper'),
  employerNumber: fc.stringMatching(/^[0-9]{9,10}$/),
  quarter,
  amountCents: fc.nat(),
  createdAt: fc.nat(),
  arrival: fc.nat(),
  parts: fc.array(fc.nat(), { maxLength: 3 }),
})
const attest = fc.record({
  attestId: fc.uuid(),
  fundNumber: fc.constant('001'),
  quarter,
  status: fc.constantFrom('paid', 'unpaid'),
  amountCents: fc.nat(),
  arrival: fc.nat(),
  part: fc.nat(),
})
const outcome = {
  regime: 'wage',
  totalCents: 1,
  requiredCents: 2,
  met: false,
  shortCents: 1,
  payableUntil: '2029-12-31',
  confidence: 'verified',
  repairs: [],
} as const
const asked = { askedOn: '2025-03-01', answerUntil: '2025-04-01', closed: null }
const settled = { settledOn: '2025-02-16', ...outcome } as const
const state: fc.Arbitrary<YearState> = fc
  .tuple(
    fc.array(slip, { maxLength: 4 }),
    fc.array(attest, { maxLength: 2 }),
    fc.constantFrom(null, settled),
    fc.constantFrom(null, outcome),
    fc.constantFrom(null, asked, { ...asked, closed: { closedOn: '2025-04-02', outcome: 'full' as const } }),
  )
  .map(([slips, attests, closed, told, income]) => ({
    slips: Object.fromEntries(slips.map((item) => [slipKey(item.employerNumber, item.quarter), item])),
    attests: Object.fromEntries(attests.map((item) => [item.quarter, item])),
    payments: {},
    income,
    settled: closed,
    told,
  }))

it('a state comes back from its short form as it was', () => {
  fc.assert(
    fc.property(state, (whole) => {
      expect(stateOf(JSON.parse(JSON.stringify(storedOf(whole))))).toEqual(whole)
      // rows from before the short form hold everything
      expect(stateOf(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
    }),
  )
})
