import type { Cents, IsoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { loadLaw } from '../parameters/load.ts'
import { reformLaw } from '../parameters/reform.ts'
import { renderGround, renderRepair } from '../render/render.ts'
import { assessWage } from './assess-wage.ts'
import { assessYear } from './assess-year.ts'

const law = loadLaw()
const until = '2028-12-31' as IsoDate
const day = (text: string) => text as IsoDate
const income = { askedOn: '2024-01-01', answerUntil: '2024-02-01', closed: {} }
const slips = { a: { amountCents: 1 } }
/** A year of which all wage but a cent is missing, under a rate for the worker alone. */
const repairsAt = (numerator: number, denominator: number) => {
  const rate = (value: object) => [{ from: day('1990-01-01'), value, source: 'a spec' }]
  const changed = reformLaw(law, {
    'contributions/complement-rate-worker': rate({ numerator, denominator }),
    'contributions/complement-rate-employer': rate({ numerator: 0, denominator: 1 }),
  })
  const registered = [{ from: day('2010-01-01'), to: null }]
  const capacities = [{ capacity: 'EMPLOYEE', from: day('2010-01-01'), to: null }]
  const person = { birthDate: day('1980-05-05'), registered, capacities }
  return assessYear({ year: 2023, person, law: changed }, { slips, attests: {}, payments: {}, income }).repairs
}
const missing = 722_464 - 1
/** What a resident owes for the four quarters of 2023. */
const resident = 275_368

test('the cheaper way to repair a short wage comes first and is named; of two that cost the same, the complement', () => {
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

test('a registration as resident tells what is then still to be paid: the quarters of a student that are paid go off it', () => {
  const held = [
    { capacity: 'STUDENT', from: day('2023-01-10'), to: day('2023-09-30') },
    { capacity: 'EMPLOYEE', from: day('2023-10-02'), to: null },
  ]
  const payments = { p: { quarter: '2023Q1', amountCents: 3 * 5_836 } }
  const person = {
    ...{ birthDate: day('2001-05-14'), registered: [{ from: day('2023-01-10'), to: null }], capacities: held },
  }
  const { repairs } = assessYear({ year: 2023, person, law }, { slips, attests: {}, payments, income })
  const params = { payCents: 13_275, residentYearCents: 68_842, cheaper: 'payComplement' }
  expect(repairs).toMatchObject([
    { kind: 'payComplement', params },
    { kind: 'residentRegistration', params },
  ])
  const words = { nl: 'EUR 688,42', fr: '688,42 EUR', de: 'EUR 688,42', en: 'EUR 688.42' } as const
  for (const [language, text] of Object.entries(words)) {
    const told = renderRepair(repairs[1]!, language as keyof typeof words).replace(/[\u00a0\u202f]/g, ' ')
    expect(told).toContain(text)
  }
})

test.each([
  [
    'nl',
    'en het loon waarvoor bijdragen staan die op ontbrekend loon of voor kwartalen betaald zijn, samen EUR 7.224,64',
  ],
  [
    'fr',
    'et le salaire que représentent les cotisations payées sur le salaire manquant ou pour des trimestres, 7 224,64 EUR au total',
  ],
  [
    'de',
    'und der Lohn, für den Beiträge stehen, die auf fehlenden Lohn oder für Quartale gezahlt sind, zusammen EUR 7.224,64',
  ],
  ['en', 'and the wage that contributions paid on missing wage or for quarters stand for, EUR 7,224.64 together'],
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
