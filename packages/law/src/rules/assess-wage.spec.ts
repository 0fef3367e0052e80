import type { Cents, IsoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { renderGround, renderRepair } from '../render/render.ts'
import { assessWage } from './assess-wage.ts'
import { assessYear } from './assess-year.ts'
import { residentYear } from './resident-registration.ts'

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
const resident = residentYear(2023, law) as Cents

test('the cheaper way to repair a short wage comes first and is named; of two that cost the same, the complement', () => {
  expect(resident).toBe(275_368)
  const told = [resident - 1, resident, resident + 1].map((cents) => {
    const repairs = repairsAt(cents, missing)
    return [repairs.map(({ kind }) => kind), repairs.map(({ params }) => params)]
  })
  const paramsOf = (payCents: number, cheaper: string) => ({
    ...{ referenceYear: 2023, shortCents: missing, payCents, residentYearCents: resident, cheaper },
  })
  const complement = ['payComplement', 'residentRegistration']
  expect(told).toEqual([
    [complement, Array(2).fill(paramsOf(resident - 1, 'payComplement'))],
    [complement, Array(2).fill(paramsOf(resident, 'payComplement'))],
    [complement.toReversed(), Array(2).fill(paramsOf(resident + 1, 'residentRegistration'))],
  ])
})

test('what a resident costs is told of the whole year, in words that say so: in a mixed year less is still to be paid', () => {
  const day = (text: string) => text as IsoDate
  const held = [
    { capacity: 'STUDENT', from: day('2023-01-10'), to: day('2023-09-30') },
    { capacity: 'EMPLOYEE', from: day('2023-10-02'), to: null },
  ]
  const came = {
    ...{ slips: { a: { amountCents: 1 } }, attests: {} },
    payments: { p: { quarter: '2023Q1', amountCents: 3 * 5_836 } },
    income: { askedOn: '2024-01-01', answerUntil: '2024-02-01', closed: {} },
  }
  const yearWith = (capacities: typeof held) => {
    const person = { birthDate: day('2001-05-14'), registered: [{ from: day('2023-01-10'), to: null }], capacities }
    return assessYear({ year: 2023, person, law }, came)
  }
  const [complement, registration] = yearWith(held).repairs
  expect(complement).toMatchObject({
    kind: 'payComplement',
    params: { residentYearCents: 4 * 68_842, payCents: 13_275 },
  })
  const resident = { capacity: 'RESIDENT', from: day('2023-01-01'), to: day('2023-12-31') as IsoDate | null }
  const [asked] = yearWith([...held, resident as (typeof held)[number]]).repairs
  expect(Number(asked?.params.payCents ?? asked?.params.shortCents)).toBeLessThan(4 * 68_842)
  const words = { nl: 'vier kwartalen', fr: 'quatre trimestres', de: 'vier Quartale', en: 'four quarters' } as const
  for (const [language, text] of Object.entries(words)) {
    expect(renderRepair(registration!, language as keyof typeof words)).toContain(text)
  }
})

test.each([
  ['nl', 'en het loon waarvoor betaalde bijdragen op ontbrekend loon staan, samen EUR 7.224,64'],
  ['fr', 'et le salaire que représentent les cotisations payées sur le salaire manquant, 7 224,64 EUR au total'],
  ['de', 'und der Lohn, für den gezahlte Beiträge auf fehlenden Lohn stehen, zusammen EUR 7.224,64'],
  ['en', 'and the wage that contributions paid on missing wage stand for, EUR 7,224.64 together'],
] as const)(
  'in %s the total is not told as wages on the slips alone: a complement paid is part of it',
  (language, words) => {
    const [ground] = assessWage(
      {
        ...{ regime: 'wage', referenceYear: 2023, ageAtStart: 56, slips: [{ amountCents: 382_242 as Cents }] },
        complementCents: 25_006 as Cents,
      },
      law,
      until,
    ).grounds
    expect(renderGround(ground!, language).replace(/[\u00a0\u202f]/g, ' ')).toContain(words)
  },
)
