import { cents, isoDate, makeInsz, makeRszNumber, quarterOfParts } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, joined, mutations, text } from '../testing.ts'
import { readSlipsCsv, readSlipsJsonLines } from './reader.ts'
import type { SlipInput, SlipItem } from './types.ts'
import { slipExample, writeSlipsCsv, writeSlipsJsonLines } from './writer.ts'

const slipArbitrary: fc.Arbitrary<SlipInput> = fc
  .record({
    serial: fc.integer({ min: 1, max: 998 }),
    base: fc.integer({ min: 1000, max: 9_999_999 }),
    year: fc.integer({ min: 2003, max: 2026 }),
    quarter: fc.integer({ min: 1, max: 4 }),
    wage: fc.integer({ min: 0, max: 99_999_999 }),
    days: fc.integer({ min: 0, max: 9_200 }),
    reference: fc.option(fc.stringMatching(/^[a-z";, é]{1,30}$/u).filter((s) => s.trim() === s)),
  })
  .map((s) => ({
    ssin: makeInsz(isoDate('1980-02-03'), s.serial),
    employerNumber: makeRszNumber(s.base),
    quarter: quarterOfParts(s.year, s.quarter),
    amountCents: cents(s.wage),
    days: s.days,
    hours: 0,
    employerClass: '010',
    workerCode: '495',
    reference: s.reference,
  }))

const formats = [
  ['CSV', writeSlipsCsv, readSlipsCsv],
  ['JSON Lines', writeSlipsJsonLines, readSlipsJsonLines],
] as const
const slipsOf = (items: readonly SlipItem[]) => items.flatMap((i) => (i.kind === 'slip' ? [i.slip] : []))
const codesOf = (items: readonly SlipItem[]): string[] =>
  items.flatMap((i) => (i.kind === 'issue' ? [i.issue.code] : []))
const header = 'ssin,employerNumber,quarter,amountCents,days'
const insz = makeInsz(isoDate('1980-02-03'), 7)
const employer = makeRszNumber(1_234_567)

describe.each(formats)('slips as %s', (name, write, read) => {
  test(`what is written as ${name} is read back equal, whatever the chunks`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(slipArbitrary, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        async (slips, chunk) => {
          const items = await collect(read(text(await joined(write(slips)), chunk)))
          expect(codesOf(items)).toEqual([])
          expect(slipsOf(items).map(({ line: _, ...slip }) => slip)).toEqual(slips)
        },
      ),
      { numRuns: 60 },
    )
  })

  test(`the example for ${name} is a good file`, async () => {
    const items = await collect(read(text(await slipExample(name === 'CSV' ? 'csv' : 'jsonl'))))
    expect(items.at(-1)).toMatchObject({ kind: 'end', end: { rows: 2, usable: 2, complete: true } })
  })

  test(`no change of bytes makes the ${name} reader throw`, async () => {
    const good = Buffer.from(await joined(write(fc.sample(slipArbitrary, { numRuns: 20, seed: 3 }))))
    await fc.assert(
      fc.asyncProperty(mutations(good.length), async (mutate) => {
        const items = await collect(read(text(mutate(good), 100)))
        expect(items.at(-1)?.kind).toBe('end')
      }),
      { numRuns: 100 },
    )
  })

  test(`100 MB of noise stop the ${name} reader early`, async () => {
    for (const fill of ['x', 'ab\n', '{}\n', '"\n']) {
      let given = 0
      async function* noise(): AsyncGenerator<Buffer> {
        for (; given < 100_000_000; given += 65_536) yield Buffer.alloc(65_536, fill)
      }
      const items = await collect(read(noise(), { maxIssues: 50 }))
      expect(items.length).toBeLessThan(60)
      expect(slipsOf(items)).toEqual([])
      expect(codesOf(items).length).toBeGreaterThan(0)
      expect(given).toBeLessThan(1_000_000)
    }
  })
})

describe('slip files with mistakes', () => {
  test.each([
    ['a wrong INSZ', `80020300700,${employer},2026Q1,1,1`, 'SLIP-INSZ'],
    ['a wrong employer', `${insz},123456700,2026Q1,1,1`, 'SLIP-EMPLOYER'],
    ['a wrong quarter', `${insz},${employer},2026Q5,1,1`, 'SLIP-QUARTER'],
    ['a quarter of the year 0', `${insz},${employer},0000Q1,1,1`, 'SLIP-QUARTER'],
    ['a quarter before social security', `${insz},${employer},1944Q4,1,1`, 'SLIP-QUARTER'],
    ['a quarter to come', `${insz},${employer},2026Q4,1,1`, 'SLIP-QUARTER-FUTURE'],
    ['a wage with a comma', `${insz},${employer},2026Q1,1.5,1`, 'SLIP-NUMBER'],
    ['too many days', `${insz},${employer},2026Q1,1,99999`, 'SLIP-NUMBER'],
    ['a missing value', `${insz},${employer},2026Q1,,1`, 'SLIP-MISSING'],
    ['a missing column', `${insz},${employer},2026Q1,1`, 'SLIP-COLUMNS'],
    ['an open quote', `"${insz},${employer},2026Q1,1,1`, 'SLIP-QUOTES'],
  ])('%s is told with its line and the other lines are kept', async (_name, row, code) => {
    const good = `${insz},${employer},20261,1000,6400`
    const items = await collect(
      readSlipsCsv(text(`${header}\r\n${good}\r\n${row}\r\n${good}\r\n`), { today: isoDate('2026-11-22') }),
    )
    expect(codesOf(items)).toEqual([code])
    expect(items.find((i) => i.kind === 'issue')).toMatchObject({ issue: { severity: 'error', place: { line: 3 } } })
    expect(slipsOf(items)).toHaveLength(2)
    expect(JSON.stringify(items.filter((i) => i.kind === 'issue'))).not.toContain(insz)
  })

  test('semicolons, tabs, a mark and another order of columns are read', async () => {
    const rows = `\ufeffdays;quarter;ssin;amountCents;employerNumber\n6400;2026Q1;${insz};1000;${employer}\n`
    for (const file of [rows, rows.replaceAll(';', '\t')]) {
      expect(slipsOf(await collect(readSlipsCsv(text(file))))).toMatchObject([{ ssin: insz, days: 6400, line: 2 }])
    }
  })

  test.each([
    ['', 'SLIP-EMPTY'],
    ['naam,voornaam\nx,y\n', 'SLIP-HEADER'],
    ['ssin,quarter\n1,2\n', 'SLIP-MISSING-COLUMN'],
    [`${header}\n`, 'SLIP-NO-ROWS'],
  ])('a file that holds no slips is refused: %j', async (file, code) => {
    expect(codesOf(await collect(readSlipsCsv(text(file))))).toContain(code)
  })

  test('JSON Lines: unknown keys are told once, other JSON is refused', async () => {
    const slip = { ssin: insz, employerNumber: employer, quarter: '2026Q1', amountCents: 5, days: 1, colour: 'red' }
    const file = [
      JSON.stringify(slip),
      '[1]',
      '{',
      JSON.stringify({ ...slip, amountCents: {} }),
      JSON.stringify(slip),
    ].join('\n')
    const items = await collect(readSlipsJsonLines(text(file)))
    expect(codesOf(items)).toEqual(['SLIP-UNKNOWN-COLUMN', 'SLIP-JSON', 'SLIP-JSON', 'SLIP-NUMBER'])
    expect(slipsOf(items)).toHaveLength(2)
  })

  test('a column that is not known is told by its place and by what it may have been meant for, and never by its name', async () => {
    const slip = { ssin: insz, employerNumber: employer, quarter: '2026Q1', amountCents: 5, days: 1 }
    const json = await collect(readSlipsJsonLines(text(JSON.stringify({ ...slip, Claes: 1, hour: 2 }))))
    const csv = await collect(readSlipsCsv(text(`${header},Claes,hour\n`)))
    for (const items of [json, csv]) {
      const told = items.flatMap((item) => (item.kind === 'issue' ? [item.issue] : []))
      const [name, hour] = told.filter(({ code }) => code === 'SLIP-UNKNOWN-COLUMN')
      expect(JSON.stringify(told)).not.toContain('Claes')
      expect(name?.en).toMatch(/^Column \d+ is unknown and is not read; known are ssin, employerNumber, /)
      expect(hour?.nl).toMatch(/^Kolom \d+ is onbekend en wordt niet gelezen: bedoelt u hours\?$/)
    }
  })
})
