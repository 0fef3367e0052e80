import { cents, type IsoDate, isoDate } from '@ziv/kernel'
import { type LineSituation, loadLaw, priceLine, timeBar } from '@ziv/law'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seedTable } from '../testing/facts.ts'
import { LineRules } from './line-rules.ts'

const law = loadLaw()
const today = isoDate('2024-06-10')
const table = seedTable()

const situation: fc.Arbitrary<LineSituation & { code: string }> = fc
  .record({
    code: fc.constantFrom('101032', '102093', '103110', '103132', '560011', '425014'),
    careDate: fc.constantFrom<IsoDate>(isoDate('2024-01-02'), isoDate('2024-05-06'), isoDate('2018-03-04')),
    birthDate: fc.constantFrom<IsoDate>(isoDate('2019-01-01'), isoDate('1980-05-01'), isoDate('1940-01-01')),
    preferential: fc.boolean(),
    gmd: fc.boolean(),
    referral: fc.boolean(),
    chronic: fc.boolean(),
    convention: fc.constantFrom('conventioned' as const, 'partial' as const, 'nonConventioned' as const),
    units: fc.integer({ min: 1, max: 2 }),
    askedCents: fc.constantFrom(2568 as never, 3000 as never, 9000 as never),
    within: fc.constantFrom({}, { withinAgreement: true }, { withinAgreement: false }),
  })
  .map(({ within, ...line }) => ({ ...line, ...within }))

test('a rule that was asked before answers as when it is asked for the first time', () => {
  const rules = new LineRules(law, today)
  fc.assert(
    fc.property(situation, ({ code, ...line }) => {
      const row = table.find(code, line.careDate)?.row
      if (row !== undefined) expect(rules.price(row, line)).toEqual(priceLine(row, line, law))
      const late = timeBar({ careDate: line.careDate, receivedOn: today }, law).outcome === 'refused'
      expect(rules.isLate(line.careDate)).toBe(late)
    }),
    { numRuns: 1_000 },
  )
})

test('codes and providers with wrong check digits stay wrong', () => {
  const rules = new LineRules(law, today)
  const twice = (ask: () => boolean) => [ask(), ask()]
  expect(twice(() => rules.isCode('101032'))).toEqual([true, true])
  expect(twice(() => rules.isCode('101033'))).toEqual([false, false])
  expect(twice(() => rules.isProvider('10000000017'))).toEqual([false, false])
})

test('what was asked before is not worked out again, except where the age of the patient counts', () => {
  const rules = new LineRules(law, today)
  const care = { careDate: today, preferential: false, gmd: false, referral: false, chronic: false } as const
  const line = { ...care, birthDate: isoDate('1980-05-01'), convention: 'conventioned', units: 1 } as const
  const row = table.find('101032', today)!.row
  expect(rules.price(row, line)).toBe(rules.price(row, line))
  const child = { ...line, birthDate: isoDate('2019-01-01') }
  for (const when of [{ ageBelow: 18 }, { ageFrom: 18 }]) {
    const amounts = [
      { when: {}, interventionCents: cents(1000) },
      { when, interventionCents: cents(2000) },
    ]
    const aged = { ...row, amounts }
    const answers = [child, line].map((each) => rules.price(aged, each).result.interventionCents)
    expect(answers).toEqual('ageBelow' in when ? [2000, 1000] : [1000, 2000])
  }
})
