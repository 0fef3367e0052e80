import {
  addDays,
  addYears,
  ageOn,
  cents,
  dateOfDayNumber,
  dayNumber,
  type IsoDate,
  isoDate,
  quarter,
  yearOf,
} from '@ziv/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadCapacities } from '../capacities/load.ts'
import { weakestConfidence } from '../confidence.ts'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { assessReferenceYear } from './assess-reference-year.ts'
import { dependantRight, lastDayOfCapacity } from './dependant-right.ts'
import { minimumValue } from './minimum-value.ts'
import { startOfInsurance } from './start-of-insurance.ts'
import { timeBar } from './time-bar.ts'

const law = loadLaw()
const lastDayAsChild = (birthDate: IsoDate) =>
  lastDayOfCapacity({ capacity: 'DEPENDANT_CHILD', birthDate, from: birthDate, to: null }, law) as IsoDate
const first = dayNumber(isoDate('2000-01-01'))
const anyDay = fc.integer({ min: first, max: first + 9000 }).map((number) => dateOfDayNumber(number))

test('a child is younger than 25 on the last day of the quality and 25 on the next', () => {
  fc.assert(
    fc.property(anyDay, (birthDate) => {
      const last = lastDayAsChild(birthDate)
      expect([ageOn(birthDate, last), ageOn(birthDate, addDays(last, 1))]).toEqual([24, 25])
    }),
  )
})

test('a child born on 29 February stays a child until 28 February', () => {
  expect(lastDayAsChild(isoDate('2000-02-29'))).toBe('2025-02-28')
})

test('a dependant is never insured before the quality, nor after the end of the year that follows its loss', () => {
  fc.assert(
    fc.property(anyDay, fc.nat(3000), anyDay, fc.nat(3000), (from, length, holderFrom, holderLength) => {
      const to = addDays(from, length)
      const holder = [{ from: holderFrom, to: addDays(holderFrom, holderLength) }]
      const facts = {
        kind: 'DEPENDANT_SPOUSE',
        birthDate: isoDate('1970-01-01'),
        quality: { from, to },
        holder,
      } as const
      const { periods } = dependantRight(facts, law).result
      for (const period of periods) {
        expect(period.from >= from).toBe(true)
        expect(yearOf(period.to!) <= yearOf(addDays(to, 1)) + 1).toBe(true)
      }
    }),
  )
})

test('no capacity starts after the later of acquisition and request', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...loadCapacities().all.map(({ code }) => code)),
      anyDay,
      fc.nat(400),
      (capacity, acquiredOn, delay) => {
        const requestedOn = addDays(acquiredOn, delay)
        const { from } = startOfInsurance(capacity, { acquiredOn, requestedOn }, law).result
        expect(from <= requestedOn).toBe(true)
      },
    ),
  )
})

test('a claim is in time on its last day and lapsed on the next', () => {
  fc.assert(
    fc.property(anyDay, (careDate) => {
      const { lastDay } = timeBar({ careDate, receivedOn: careDate }, law).result
      expect(lastDay >= addDays(addYears(careDate, 2), -1)).toBe(true)
      expect(timeBar({ careDate, receivedOn: lastDay }, law).outcome).toBe('granted')
      expect(timeBar({ careDate, receivedOn: addDays(lastDay, 1) }, law).outcome).toBe('refused')
    }),
  )
})

test('payments of a personal year count wherever they were booked', () => {
  const paid = fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(paid, (amounts) => {
      const assess = (list: readonly number[]) => {
        const quarters = list.map((amount, index) => ({
          quarter: quarter(`2024Q${index + 1}`),
          capacity: 'STUDENT' as const,
          paidCents: cents(amount),
        }))
        return assessReferenceYear({ regime: 'personal', referenceYear: 2024, quarters }, law).result
      }
      expect(assess(amounts)).toEqual(assess([...amounts].reverse()))
    }),
  )
})

test('the short amount of an assessment is what is required minus what is there', () => {
  const decision = assessReferenceYear(
    {
      regime: 'wage',
      referenceYear: 2024,
      ageAtStart: 20,
      slips: [{ amountCents: cents(517_014), eventId: 'slip-event' }],
    },
    law,
  )
  expect(decision.result).toEqual({
    referenceYear: 2024,
    regime: 'wage',
    totalCents: 517_014,
    requiredCents: 598_254,
    met: false,
    shortCents: 81_240,
    payableUntil: '2029-12-31',
    confidence: 'secondary',
  })
  expect(decision.grounds[0]!.facts.find((fact) => fact.eventId === 'slip-event')?.value).toBe(517_014)
})

test('what a rule remembers of one law does not leak into a reformed one', () => {
  const facts = { referenceYear: 2025, ageAtStart: 30 }
  const before = minimumValue(facts, law).requiredCents
  const change = [{ from: isoDate('2025-01-01'), value: 300_000, source: 'what if' }]
  const reformed = minimumValue(facts, reformLaw(law, { 'contributions/ggmmi': change }))
  const confidence = weakestConfidence(reformed.parameters.map((parameter) => parameter.confidence))
  expect([before, reformed.requiredCents, confidence]).toEqual([828_192, 1_200_000, 'assumed'])
  expect(minimumValue(facts, law).requiredCents).toBe(before)
})
