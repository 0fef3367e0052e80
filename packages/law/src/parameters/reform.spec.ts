import { type IsoDate, isoDate } from '@ziv/kernel'
import { describe, expect, it } from 'vitest'
import type { Parameter, ParameterValue } from '../types.ts'
import { UnknownParameter } from './errors.ts'
import { lawOf } from './law.ts'
import { type ReformedValue, reformLaw } from './reform.ts'

const value = (name: string, from: IsoDate, figure: number): ParameterValue => ({
  ...{ name, from, value: figure, unit: 'count', source: 'a decree', confidence: 'verified', checkedOn: from },
})
const words = { nl: 'een waarde', fr: 'une valeur', de: 'ein Wert', en: 'a value' }
const parameter = (name: string): Parameter => ({
  ...{ name, description: words, unit: 'count' },
  values: ['2010-01-01', '2020-01-01', '2025-01-01'].map((from, index) => value(name, isoDate(from), index + 1)),
})
const law = lawOf([parameter('theme/months'), parameter('theme/years')])
const change = (from: string, figure: number): ReformedValue => ({
  ...{ from: isoDate(from), value: figure, source: 'what if' },
})
const valuesOf = (reformed: typeof law, name = 'theme/months') =>
  reformed
    .list()
    .find((each) => each.name === name)
    ?.values.map(({ from, value }) => [from, value])

describe('a reform of the law', () => {
  it('replaces all of a value from its day on, also what the law would change later', () => {
    expect(valuesOf(reformLaw(law, { 'theme/months': [change('2022-01-01', 9)] }))).toEqual([
      ['2010-01-01', 1],
      ['2020-01-01', 2],
      ['2022-01-01', 9],
    ])
  })

  it('replaces a value that begins on that very day', () => {
    expect(valuesOf(reformLaw(law, { 'theme/months': [change('2020-01-01', 9)] }))).toEqual([
      ['2010-01-01', 1],
      ['2020-01-01', 9],
    ])
  })

  it('can come in steps, told in whatever order', () => {
    const steps = [change('2024-01-01', 8), change('2022-01-01', 9), change('2023-01-01', 7)]
    expect(valuesOf(reformLaw(law, { 'theme/months': steps }))?.slice(2)).toEqual([
      ['2022-01-01', 9],
      ['2023-01-01', 7],
      ['2024-01-01', 8],
    ])
  })

  it('is an assumption that says why, in the unit of the law', () => {
    expect(
      reformLaw(law, { 'theme/months': [change('2022-01-01', 9)] }).at('theme/months', isoDate('2023-05-05')),
    ).toEqual({
      ...{ name: 'theme/months', from: '2022-01-01', value: 9, unit: 'count', source: 'what if' },
      ...{ confidence: 'assumed', checkedOn: '2022-01-01' },
    })
  })

  it('leaves the other values, the law itself and a value without a change as they were', () => {
    const reformed = reformLaw(law, { 'theme/months': [change('2022-01-01', 9)], 'theme/years': [] })
    expect(valuesOf(reformed, 'theme/years')).toEqual(valuesOf(law, 'theme/years'))
    expect(valuesOf(law)).toHaveLength(3)
    expect(reformed.version).not.toBe(law.version)
    expect(reformLaw(law, {}).version).toBe(law.version)
  })

  it('cannot be changed afterwards', () => {
    const [months] = reformLaw(law, { 'theme/months': [change('2022-01-01', 9)] }).list()
    for (const frozen of [months, months?.values, months?.values.at(-1)]) expect(Object.isFrozen(frozen)).toBe(true)
  })

  it('changes what the law knows and nothing else', () => {
    expect(() => reformLaw(law, { 'theme/weeks': [] })).toThrow(UnknownParameter)
    expect(() => reformLaw(law, { 'theme/weeks': [] })).toThrow(
      'No parameter is called "theme/weeks"; a reform changes existing parameters',
    )
  })
})
