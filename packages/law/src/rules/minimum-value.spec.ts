import { type Cents, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { ageForMinimum, minimumValue } from './minimum-value.ts'

const law = loadLaw()
const required = (ageAtStart: number, months?: number, referenceYear = 2024) =>
  minimumValue({ referenceYear, ageAtStart, ...(months === undefined ? {} : { months }) }, law)
const ggmmi = (day: string) => law.at<Cents>('contributions/ggmmi', isoDate(day)).value

describe('the wage that a reference year asks for (art. 286)', () => {
  it('is four times the guaranteed monthly income of 1 January, whatever index steps follow in the year', () => {
    expect(ggmmi('2024-12-31')).not.toBe(ggmmi('2024-01-01'))
    expect(required(40)).toMatchObject({ ageCategory: 'adult', requiredCents: 4 * ggmmi('2024-01-01') })
    expect(required(40, undefined, 2023).requiredCents).toBe(4 * ggmmi('2023-01-01'))
  })

  it('is three quarters of it below 21 years, and the whole from 21 on', () => {
    expect(required(20)).toMatchObject({ ageCategory: 'young', requiredCents: 3 * ggmmi('2024-01-01') })
    expect(required(21)).toMatchObject({ ageCategory: 'adult', requiredCents: 4 * ggmmi('2024-01-01') })
  })

  it('is asked in proportion to the months, half a cent upwards', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.constantFrom(18, 30), (months, age) => {
        const whole = required(age).requiredCents
        expect(required(age, months).requiredCents).toBe(Math.floor((whole * months) / 12 + 0.5))
      }),
    )
    const odd = reformLaw(law, {
      'contributions/ggmmi': [{ from: isoDate('2024-01-01'), value: 9, source: 'what if' }],
    })
    expect(minimumValue({ referenceYear: 2024, ageAtStart: 40, months: 2 }, odd).requiredCents).toBe(6)
    expect(minimumValue({ referenceYear: 2024, ageAtStart: 40, months: 1 }, odd).requiredCents).toBe(3)
    expect(minimumValue({ referenceYear: 2024, ageAtStart: 20, months: 2 }, odd).requiredCents).toBe(5)
  })

  it('says which values of the law it rests on, those it used and no others', () => {
    const names = (age: number, months?: number) =>
      required(age, months).parameters.map(({ name }) => name.slice('contributions/'.length))
    const base = ['ggmmi', 'minimum-value-months', 'minimum-value-adult-age']
    expect(names(40)).toEqual(base)
    expect(names(40, 12)).toEqual(base)
    expect(names(20)).toEqual([...base, 'minimum-value-young-ratio'])
    expect(names(40, 11)).toEqual([...base, 'minimum-value-proportion'])
  })
})

describe('the age that decides what is asked', () => {
  const age = (registeredOn?: string) =>
    ageForMinimum({
      ...{ birthDate: isoDate('2003-06-15'), referenceYear: 2024 },
      ...(registeredOn === undefined ? {} : { registeredOn: isoDate(registeredOn) }),
    })
  it('is that of 1 January, or of the registration when that comes later in the year', () => {
    expect([age(), age('2010-01-01'), age('2024-06-14'), age('2024-06-15')]).toEqual([20, 20, 20, 21])
  })
})
