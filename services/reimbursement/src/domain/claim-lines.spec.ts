import { cents, type IsoDate, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decisionId, provider } from '../testing/facts.ts'
import type { ClaimEvent } from './claim.events.ts'
import type { AssessedLine, LineBasis } from './claim-input.ts'
import { assessedLines, storedLines } from './claim-lines.ts'
import type { Standing } from './standing.ts'

const basis: LineBasis = {
  tariffFrom: isoDate('2024-01-01'),
  tariffsThrough: 90,
  confidence: 'verified',
  preferential: false,
  gmd: false,
  chronic: false,
  referral: false,
  convention: 'conventioned',
  decisionId,
}
const others: readonly LineBasis[] = [
  { ...basis, tariffFrom: isoDate('2023-01-01') },
  { ...basis, tariffsThrough: 91 },
  { ...basis, age: 9 },
  { ...basis, confidence: 'assumed' },
  { ...basis, preferential: true },
  { ...basis, gmd: true },
  { ...basis, referral: true },
  { ...basis, convention: 'partial' },
  { ...basis, convention: 'partial', withinAgreement: true },
  { ...basis, decisionId: 'another' },
]
const usual: AssessedLine = {
  ...{ number: 1, nomenclature: '101032', careDate: isoDate('2024-05-06'), units: 1, providerNumber: provider },
  ...{ variant: '', outcome: 'accepted', codes: [], askedCents: cents(2568), officialFeeCents: cents(2568) },
  ...{ interventionCents: cents(1968), patientShareCents: cents(600), supplementCents: cents(0), basis },
}
const standing: Standing = {
  reason: 'capacityPending',
  awaited: [{ waitingFor: 'manualDecision', acquiredOn: isoDate('2024-05-02'), requestedOn: isoDate('2024-05-13') }],
}
const billed = {
  ...{ insuranceCents: cents(2000), patientCents: cents(700) },
  ...{ officialInterventionCents: cents(1968), officialShareCents: cents(600) },
}
const read = (stored: ReturnType<typeof storedLines>) => assessedLines(stored as unknown as ClaimEvent['data'])

const amount = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 })).map((value) => cents(value))
const anyLine = fc
  .record({
    careDate: fc.constantFrom<IsoDate>(isoDate('2024-05-06'), isoDate('2024-05-07')),
    units: fc.integer({ min: 1, max: 3 }),
    variant: fc.constantFrom('', 'n03'),
    outcome: fc.constantFrom('accepted' as const, 'corrected' as const, 'refused' as const),
    codes: fc.subarray(['501940', '502740']),
    askedCents: amount,
    officialFeeCents: amount,
    interventionCents: amount,
    patientShareCents: amount,
    supplementCents: amount,
    basis: fc.constantFrom(basis, ...others),
    why: fc.constantFrom({}, { standing }, { billed }, { standing, billed }),
  })
  .map(({ basis: own, why, ...line }) => ({
    ...{ nomenclature: '101032', providerNumber: provider },
    ...line,
    ...why,
    ...(line.outcome === 'refused' ? {} : { basis: own }),
  }))

describe('the lines of a claim, as they are kept', () => {
  test('are read as they were decided, to the cent', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), (lines) => {
        const decided = lines.map((line, index): AssessedLine => ({ number: index + 1, ...line }))
        expect(read(storedLines(decided))).toEqual(decided)
      }),
    )
  })

  test('say nothing of what is usual', () => {
    const { nomenclature, careDate, providerNumber, askedCents } = usual
    const asked = { nomenclature, careDate, providerNumber, askedCents }
    const free = { ...usual, interventionCents: cents(0), patientShareCents: cents(0) }
    expect(storedLines([free]).lines).toEqual([asked])
    const { basis: _, ...refused } = { ...free, outcome: 'refused' as const, officialFeeCents: cents(0) }
    expect(storedLines([refused])).toEqual({ lines: [{ ...asked, outcome: 'refused' }], bases: [] })
  })

  test('tell once what their prices rest on, and apart whatever differs in one word', () => {
    const lines = [basis, { ...basis }, ...others, ...others.map((other) => ({ ...other }))]
    const stored = storedLines(lines.map((own) => ({ ...usual, basis: own })))
    expect(stored.bases).toEqual([basis, ...others])
    expect(read(stored).map((line) => line.basis)).toEqual(lines)
  })
})
