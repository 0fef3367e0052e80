import { isoDate, makeNomenclatureCode } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, joined, mutations, text } from '../testing.ts'
import { readNomensoft } from './reader.ts'
import type { NomensoftItem, NomensoftRow } from './types.ts'
import { writeNomensoft } from './writer.ts'

const rowArbitrary: fc.Arbitrary<NomensoftRow> = fc.record({
  code: fc.integer({ min: 10_000, max: 99_999 }).map((n) => makeNomenclatureCode(n) as string),
  validFrom: fc.constantFrom(isoDate('2020-01-01'), isoDate('2026-01-01')),
  validTo: fc.constantFrom(isoDate('2026-12-31'), null),
  category: fc.constantFrom('01', '05', null),
  feeCode: fc.constantFrom('0', '1600', '1300', null),
  description: fc.record({ nl: fc.constantFrom('Raadpleging <arts> & co', ''), fr: fc.constant('Consultation') }),
  feeDescription: fc.record({ nl: fc.constant('Honorarium'), fr: fc.constant('Honoraires') }),
  amount: fc.tuple(fc.nat(99_999), fc.nat(999_999)).map(([a, b]) => `${a}.${String(b).padStart(6, '0')}`),
  document: fc.constantFrom('OA2025_362', null),
})
const rowsOf = (items: readonly NomensoftItem[]) => items.flatMap((i) => (i.kind === 'row' ? [i.row] : []))
const codesOf = (items: readonly NomensoftItem[]): string[] =>
  items.flatMap((i) => (i.kind === 'issue' ? [i.issue.code] : []))

describe('nomenclature exports', () => {
  test('rows that are written are read back equal', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { maxLength: 6 }),
        fc.integer({ min: 1, max: 500 }),
        async (rows, chunk) => {
          const items = await collect(readNomensoft(text(await joined(writeNomensoft(rows)), chunk)))
          expect(codesOf(items)).toEqual([])
          expect(rowsOf(items)).toEqual(rows)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('amounts get six decimals and open ends become null', async () => {
    const file = `<dataroot generated="x"><NOMEN_CODE_FEE_LIM><nomen_code>302805</nomen_code><fee_code>0</fee_code>
      <dbegin_fee>2026-01-01T00:00:00</dbegin_fee><dend_fee>2999-12-31</dend_fee><fee>158.7</fee></NOMEN_CODE_FEE_LIM>
      <NOMEN_SUMMARY_EXT><nomen_code>302805</nomen_code></NOMEN_SUMMARY_EXT></dataroot>`
    const items = await collect(readNomensoft(text(file)))
    expect(rowsOf(items)).toMatchObject([
      { code: '302805', validFrom: '2026-01-01', validTo: null, amount: '158.700000' },
    ])
    expect(items.at(-1)).toMatchObject({ end: { rows: 1, complete: true } })
  })

  test('values that cannot be used are told and their row is left out', async () => {
    const row = (code: string, from: string, to: string, fee: string): string =>
      `<R><nomen_code>${code}</nomen_code><dbegin_fee>${from}</dbegin_fee><dend_fee>${to}</dend_fee><fee>${fee}</fee></R>`
    const file = `<dataroot>${row('302806', '2026-02-30', '2025-01-01', '1,5')}${row('302805', '2026-01-01', '2025-01-01', 'x')}</dataroot>`
    const items = await collect(readNomensoft(text(file)))
    expect(codesOf(items)).toEqual(['NOMEN-CODE', 'NOMEN-DATE', 'NOMEN-DATE', 'NOMEN-AMOUNT'])
    expect(rowsOf(items)).toEqual([])
    // each row once, also those whose issues are not listed any more
    const refused = [{ code: null }, { code: '302805' }]
    for (const maxIssues of [1_000, 0]) {
      const read = await collect(readNomensoft(text(file), { maxIssues }))
      expect(read.flatMap((item) => (item.kind === 'refused' ? [item.row] : []))).toMatchObject(refused)
    }
  })

  test.each([
    ['', 'NOMEN-EMPTY'],
    ['<html/>', 'NOMEN-ROOT'],
    ['<!DOCTYPE x><dataroot/>', 'NOMEN-DOCTYPE'],
    ['<dataroot><R>', 'NOMEN-CUT-OFF'],
  ])('a file that is none is refused: %s', async (file, code) => {
    expect(codesOf(await collect(readNomensoft(text(file))))).toEqual([code])
  })

  test('no change of bytes makes the reader of exports throw', async () => {
    const good = Buffer.from(await joined(writeNomensoft(fc.sample(rowArbitrary, { numRuns: 8, seed: 5 }))))
    await fc.assert(
      fc.asyncProperty(mutations(good.length), async (mutate) => {
        expect((await collect(readNomensoft(text(mutate(good), 64)))).at(-1)?.kind).toBe('end')
      }),
      { numRuns: 80 },
    )
  })
})
