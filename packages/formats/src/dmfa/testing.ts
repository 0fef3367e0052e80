import { cents, isoDate, makeInsz, makeKboNumber, makeRszNumber, quarterOfParts } from '@ziv/kernel'
import fc from 'fast-check'
import { collect, joined, text } from '../testing.ts'
import { readDmfa } from './reader.ts'
import type { DmfaFormInput, DmfaItem, DmfaPersonInput } from './types.ts'
import { writeDmfa } from './writer.ts'

export const read = (file: string | Uint8Array, chunk?: number, options = {}): Promise<DmfaItem[]> =>
  collect(readDmfa(text(file, chunk), options))
export const codesOf = (items: readonly DmfaItem[]): string[] =>
  items.flatMap((item) => (item.kind === 'issue' ? [item.issue.code] : []))
export const endOf = (items: readonly DmfaItem[]) =>
  items.flatMap((item) => (item.kind === 'end' ? [item.end] : []))[0]!
export const recordsOf = (items: readonly DmfaItem[]) =>
  items.flatMap((item) => (item.kind === 'workerRecord' ? [item.record] : []))

export const personArbitrary = fc.record({
  serial: fc.integer({ min: 1, max: 998 }),
  year: fc.integer({ min: 1940, max: 2007 }),
  code: fc.constantFrom('015', '495', '675', '016'),
  wages: fc.array(
    fc.record({ code: fc.constantFrom('001', '002', '010', '021'), cents: fc.integer({ min: 0, max: 9_999_999 }) }),
    {
      maxLength: 4,
    },
  ),
  days: fc.array(
    fc.record({ code: fc.constantFrom('001', '050'), days: fc.integer({ min: 1, max: 9200 }), hours: fc.nat(50_000) }),
    {
      maxLength: 3,
    },
  ),
})

export function personOf(p: typeof personArbitrary extends fc.Arbitrary<infer T> ? T : never): DmfaPersonInput {
  return {
    insz: makeInsz(isoDate(`${p.year}-06-15`), p.serial),
    workerRecords: [
      {
        employerClass: '010',
        workerCode: p.code,
        occupations: [
          {
            from: isoDate('2025-01-01'),
            services: p.days,
            remunerations: p.wages.map((w) => ({ code: w.code, cents: cents(w.cents) })),
          },
        ],
        contributions: [{ workerCode: p.code, type: 0, basisCents: cents(12_345), cents: cents(678) }],
      },
    ],
  }
}

export const formOf = (persons: readonly DmfaPersonInput[]): DmfaFormInput => ({
  quarter: quarterOfParts(2026, 2),
  createdOn: isoDate('2026-07-20'),
  reference: 'ZIV & é€ <1>',
  employerNumber: makeRszNumber(1_234_567),
  enterpriseNumber: makeKboNumber(4_030_192),
  persons,
})

export const sample = (): Promise<string> =>
  joined(writeDmfa(formOf(fc.sample(personArbitrary, { numRuns: 4, seed: 7 }).map(personOf))))
