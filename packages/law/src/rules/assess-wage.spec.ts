import type { Cents, IsoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { assessWage, residentYear } from './assess-wage.ts'

const law = loadLaw()
const until = '2028-12-31' as IsoDate
/** A year of which all wage but a cent is missing, under a rate for the worker alone. */
const repairsAt = (numerator: number, denominator: number) => {
  const rate = (value: object) => [{ from: '1990-01-01' as IsoDate, value, source: 'a spec' }]
  const changed = reformLaw(law, {
    'contributions/complement-rate-worker': rate({ numerator, denominator }),
    'contributions/complement-rate-employer': rate({ numerator: 0, denominator: 1 }),
  })
  const facts = { regime: 'wage', referenceYear: 2023, ageAtStart: 30, slips: [{ amountCents: 1 as Cents }] } as const
  return assessWage(facts, changed, until).repairs
}
const missing = 722_464 - 1
const resident = residentYear(2023, law)

test('the cheaper way to mend a short wage comes first and is named; of two that cost the same, the complement', () => {
  expect(resident).toBe(275_368)
  const told = [resident - 1, resident, resident + 1].map((cents) => {
    const repairs = repairsAt(cents, missing)
    return [repairs.map(({ kind }) => kind), repairs.map(({ params }) => params)]
  })
  const paramsOf = (payCents: number, cheaper: string) => ({
    ...{ referenceYear: 2023, shortCents: missing, payCents, residentCents: resident, cheaper },
  })
  const complement = ['payComplement', 'residentRegistration']
  expect(told).toEqual([
    [complement, Array(2).fill(paramsOf(resident - 1, 'payComplement'))],
    [complement, Array(2).fill(paramsOf(resident, 'payComplement'))],
    [complement.toReversed(), Array(2).fill(paramsOf(resident + 1, 'residentRegistration'))],
  ])
})
