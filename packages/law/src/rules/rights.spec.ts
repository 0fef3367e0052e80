import { addDays, cents, dateOfDayNumber, dayNumber, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { assessReferenceYear } from './assess-reference-year.ts'
import { lastCoveredDay } from './last-covered-day.ts'
import { prolongation } from './prolongation.ts'
import { firstRepairableYear, repairDeadline } from './repair-deadline.ts'

const law = loadLaw()
const first = dayNumber(isoDate('2015-01-01'))
const anyDay = fc.integer({ min: first, max: first + 4000 }).map((number) => dateOfDayNumber(number))
const anyWage = fc.integer({ min: 0, max: 600_000 }).map((amount) => cents(amount))

describe('prolongation', () => {
  test('a further slip never closes a right', () => {
    fc.assert(
      fc.property(
        fc.array(anyWage, { maxLength: 6 }),
        anyWage,
        fc.integer({ min: 16, max: 66 }),
        (wages, more, age) => {
          const decide = (amounts: readonly (typeof more)[]) => {
            const slips = amounts.map((amountCents) => ({ amountCents }))
            const { result } = assessReferenceYear({ regime: 'wage', referenceYear: 2024, ageAtStart: age, slips }, law)
            const caps = [{ from: isoDate('2023-01-01'), to: null }]
            return prolongation({ year: 2026, caps, assessment: result }, law)
          }
          const before = decide(wages)
          const after = decide([...wages, more])
          expect(before.outcome === 'granted' && after.outcome === 'refused').toBe(false)
        },
      ),
    )
  })

  test('a further capacity never closes a right', () => {
    const assessment = {
      referenceYear: 2024,
      regime: 'wage',
      met: true,
      shortCents: 0,
      confidence: 'verified',
    } as const
    fc.assert(
      fc.property(fc.array(fc.tuple(anyDay, fc.nat(700)), { maxLength: 5 }), anyDay, (spans, from) => {
        const caps = spans.map(([start, length]) => ({ from: start, to: addDays(start, length) }))
        const before = prolongation({ year: 2026, caps, assessment }, law)
        const after = prolongation({ year: 2026, caps: [...caps, { from, to: null }], assessment }, law)
        expect(before.outcome === 'granted' && after.outcome === 'refused').toBe(false)
      }),
    )
  })

  test('paying exactly what the repair asks flips the outcome, one cent less does not', () => {
    fc.assert(
      fc.property(
        anyWage,
        fc.integer({ min: 2020, max: 2026 }),
        fc.integer({ min: 16, max: 66 }),
        (wage, year, age) => {
          const assess = (complement: number) =>
            assessReferenceYear(
              {
                regime: 'wage',
                referenceYear: year,
                ageAtStart: age,
                slips: [{ amountCents: wage }],
                complementCents: cents(complement),
              },
              law,
            )
          const { result, repairs } = assess(0)
          fc.pre(!result.met)
          const payCents = repairs.find(({ kind }) => kind === 'payComplement')?.params.payCents as number
          expect(payCents).toBeLessThanOrEqual(result.shortCents)
          expect(assess(payCents).outcome).toBe('granted')
          expect(assess(payCents - 1).outcome).toBe('refused')
        },
      ),
    )
  })

  test('an amount that is missing is no amount to pay: without the words of who decided the year, proofs are asked', () => {
    const caps = [{ from: isoDate('2023-01-01'), to: null }]
    const short = { referenceYear: 2023, met: false, confidence: 'verified' } as const
    for (const told of [null, { ...short, regime: 'wage', shortCents: 222_464 }] as const) {
      expect(prolongation({ year: 2025, caps, assessment: told }, law).repairs).toMatchObject([
        { kind: 'proveContributions', params: { referenceYear: 2023 }, until: '2028-12-31' },
      ])
    }
    const repairs = [{ rule: 'minimum.selfEmployed', kind: 'attestQuarters', params: { quarters: '2023Q2' } }]
    const assessment = { ...short, regime: 'selfEmployed', shortCents: 85_000, repairs } as const
    expect(prolongation({ year: 2025, caps, assessment }, law).repairs).toEqual([
      { ...repairs[0], rule: 'prolongation.contributions' },
    ])
  })

  test('grounds carry the events that they rest on', () => {
    const caps = [{ from: isoDate('2024-01-01'), to: null, eventId: 'capacity-event' }]
    const assessment = {
      referenceYear: 2024,
      regime: 'wage',
      met: true,
      shortCents: 0,
      confidence: 'derived',
      eventId: 'settled-event',
    } as const
    const decision = prolongation({ year: 2026, caps, assessment }, law)
    const events = decision.grounds.flatMap((ground) => ground.facts).map((fact) => fact.eventId)
    expect(events.filter((id) => id !== undefined)).toEqual(['settled-event', 'capacity-event'])
    expect(decision.confidence).toBe('derived')
  })

  test('an assessment of another year is a mistake of the caller, not a refusal', () => {
    const assessment = {
      referenceYear: 2023,
      regime: 'wage',
      met: true,
      shortCents: 0,
      confidence: 'verified',
    } as const
    expect(() => prolongation({ year: 2026, caps: [], assessment }, law)).toThrow(
      'rests on reference year 2024, not on 2023',
    )
  })
})

describe('years that can still be repaired', () => {
  const open = (today: string, years: number) => {
    const value = [{ from: isoDate('1945-01-01'), value: years, source: 'what if' }]
    return firstRepairableYear(isoDate(today), reformLaw(law, { 'contributions/repair-years': value }))
  }
  test('are those whose term has not passed, by the term of the law', () => {
    expect(firstRepairableYear(isoDate('2026-12-31'), law)).toBe(2021)
    expect(repairDeadline(law, 2021).until).toBe('2026-12-31')
    expect(firstRepairableYear(isoDate('2027-01-01'), law)).toBe(2022)
    expect([open('2026-06-01', 3), open('2026-06-01', 0)]).toEqual([2023, 2026])
  })
})

describe('last covered day', () => {
  test('is never before the end of the capacity when all years are in order', () => {
    fc.assert(
      fc.property(anyDay, (endedOn) => {
        expect(lastCoveredDay({ endedOn }, law).result.lastDay >= endedOn).toBe(true)
      }),
    )
  })

  test('never comes earlier when the capacity ends later', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(1000), (endedOn, more) => {
        const later = lastCoveredDay({ endedOn: addDays(endedOn, more) }, law).result.lastDay
        expect(later >= lastCoveredDay({ endedOn }, law).result.lastDay).toBe(true)
      }),
    )
  })
})
