import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isoDate } from '@ziv/kernel'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialSamples } from '../official-samples.config.ts'
import { joined } from '../testing.ts'
import { recordCheck, twoDigits } from './check-digits.ts'
import { composeRecord } from './compose.ts'
import { controlCodes } from './controls.ts'
import { layouts } from './layout.ts'
import {
  changeRecord,
  codesOf,
  endOf,
  invoicesOf,
  issuesOf,
  linesOf,
  read,
  recordsStart,
  sample,
  setZone,
} from './reading.fixture.ts'
import { routingOf } from './routing.ts'
import { fileArbitrary } from './testing.ts'
import { writeEfact } from './writer.ts'
import { patientOf, zone, zoneCents, zoneDate, zoneText } from './zones.ts'

describe('reading and writing billing files', () => {
  test('what is written is read back equal and without an issue, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fileArbitrary, fc.integer({ min: 1, max: 3000 }), async (file, chunk) => {
        const items = await read(await joined(writeEfact(file)), chunk, { today: isoDate('2026-11-22') })
        expect(issuesOf(items)).toEqual([])
        const invoices = invoicesOf(items)
        expect(invoices.map((i) => patientOf(i.header))).toEqual(file.invoices.map((i) => i.insz))
        for (const [at, invoice] of invoices.entries()) {
          const source = file.invoices[at]!
          expect(invoice.services).toHaveLength(source.services.length)
          for (const [place, { record, tarification, identityReading }] of invoice.services.entries()) {
            const service = source.services[place]!
            expect(zone(record, 'code')).toBe(`0${service.code}`)
            expect(zoneDate(record, '5')).toBe(service.from)
            expect(zoneCents(record, '19')).toBe(service.insuranceCents)
            expect(zoneCents(record, '27')).toBe(service.patientCents)
            expect(zoneCents(record, '30')).toBe(service.supplementCents)
            expect(zoneText(record, '28')).toBe(service.reference)
            expect(tarification === null).toBe(service.tarification === undefined)
            expect(identityReading === null).toBe(service.identityReading === undefined)
          }
        }
        const asked = file.invoices.flatMap((i) => i.services).reduce((sum, s) => sum + s.insuranceCents, 0)
        expect(endOf(items)).toMatchObject({ complete: true, insuranceCents: asked, invoices: file.invoices.length })
      }),
      { numRuns: 60 },
    )
  })

  test('the header tells sender, month and kind', async () => {
    const items = await read(await sample())
    expect(items[0]).toMatchObject({
      kind: 'header',
      header: {
        messageType: '920000',
        test: false,
        senderReference: '20260001',
        invoicingMonth: '2026-09',
        sendNumber: 12,
        createdOn: '2026-10-02',
        invoiceKind: '03',
      },
    })
    expect(items.map((item) => item.kind).filter((kind) => kind !== 'invoice' && kind !== 'insurerTotal')).toEqual([
      'header',
      'batch',
      'batchTotal',
      'fileTotal',
      'end',
    ])
  })

  test('layouts have no gaps and every record has 350 positions', () => {
    for (const layout of layouts.values()) {
      let at = 0
      for (const found of layout.zones) {
        expect(found.start, `${layout.type} ${found.key}`).toBe(at)
        at = found.end
      }
    }
    expect(
      [...layouts].filter(([type]) => /^[1-9]\d$/u.test(type) && !/9[12]/u.test(type)).map(([, l]) => l.length),
    ).toEqual(Array(11).fill(350))
    expect(layouts.get('300E')?.length).toBe(610)
    expect(layouts.get('D')?.length).toBe(450)
  })

  test('the check digits of a record follow every character', () => {
    const record = composeRecord('50', { order: 3, code: '101032', insuranceAmount: 1968 })
    expect(record).toHaveLength(350)
    expect(record.slice(348)).toBe(recordCheck(record))
    expect(recordCheck(' '.repeat(350))).toBe(twoDigits(3480))
    expect(recordCheck('0'.repeat(350))).toBe('97')
    expect(twoDigits(97)).toBe('97')
    expect(twoDigits(101)).toBe('04')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 347 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const changed = record.slice(0, at) + digit + record.slice(at + 1)
        expect(recordCheck(changed) === recordCheck(record)).toBe(
          changed === record || (signValue(changed[at]!) - signValue(record[at]!)) % 97 === 0,
        )
      }),
    )
  })

  test.each([
    ['101', '101', '101'],
    ['203', '000', '203'],
    ['304', '304', '300'],
    ['306', '306', '306'],
    ['407', '000', '400'],
    ['509', '000', '509'],
    ['601', '601', '601'],
    ['910', '910', '910'],
  ])('bills of ziekenfonds %s carry %s and go to %s', (ziekenfonds, affiliation, destination) => {
    expect(routingOf(ziekenfonds)).toEqual({ affiliation, destination })
  })
})

const signValue = (sign: string): number => (/\d/u.test(sign) ? Number(sign) : sign === ' ' ? 10 : 37)

describe('billing files with mistakes', () => {
  const cases: readonly [string, string, (record: string) => string, string, string][] = [
    ['letters in a number', '50', (r) => setZone(r, '14', 'ABC'), 'EFACT-NUMERIC', '501401'],
    ['a day that does not exist', '50', (r) => setZone(r, '5', '20260230'), 'EFACT-DATE', '500501'],
    ['a reserved zone in use', '50', (r) => setZone(r, '50', '0001'), 'EFACT-ZERO', '505001'],
    ['an amount without a sign', '50', (r) => setZone(r, '19', '000000000100'), 'EFACT-SIGN', '501905'],
    ['a sign inside an amount', '50', (r) => setZone(r, '19', '+00000-00100'), 'EFACT-SIGN-INSIDE', '501906'],
    ['a wrong order number', '50', (r) => setZone(r, '2', '000099'), 'EFACT-SEQUENCE', '500210'],
    ['a wrong first number', '10', (r) => setZone(r, '2', '000009'), 'EFACT-FIRST-RECORD', '100110'],
    ['a zero send number', '10', (r) => setZone(r, '7', '000'), 'EFACT-NOT-ZERO', '100703'],
    ['a month 13', '10', (r) => setZone(r, '23', '13'), 'EFACT-DOMAIN', '102303'],
    [
      'an account with wrong check digits',
      '10',
      (r) => setZone(r, '36', 'BE69539007547034'),
      'EFACT-IBAN-CHECK',
      '103602',
    ],
    ['an account that is too short', '10', (r) => setZone(r, '36', 'BE6853900754703'), 'EFACT-IBAN', '103605'],
    ['no account', '10', (r) => setZone(r, '36', ''), 'EFACT-IBAN-ABSENT', '103610'],
    [
      'a second account with wrong check digits',
      '10',
      (r) => setZone(r, '49', 'BE69539007547034'),
      'EFACT-IBAN-CHECK',
      '104902',
    ],
    ['an unknown sex', '20', (r) => setZone(r, '9', '7'), 'EFACT-DOMAIN', '200903'],
    ['a wrong INSZ', '20', (r) => setZone(r, '8', '0085061510100'), 'EFACT-INSZ-CHECK', '200802'],
    ['another patient in a line', '50', (r) => setZone(r, '8', '0000000000000'), 'EFACT-SAME', '500812'],
    ['a wrong nomenclature code', '50', (r) => setZone(r, '4', '0101033'), 'EFACT-CODE-CHECK', '500402'],
    ['days in the wrong order', '50', (r) => setZone(r, '6', '20200101'), 'EFACT-PERIOD', '500612'],
    ['a day to come', '50', (r) => setZone(setZone(r, '5', '20301231'), '6', '20301231'), 'EFACT-FUTURE', '500510'],
    ['a wrong total', '80', (r) => setZone(r, '19', '+00000000001'), 'EFACT-SUM', '801910'],
    ['a wrong share total', '80', (r) => setZone(r, '27', '+999999999'), 'EFACT-SUM', '802710'],
    ['a wrong code check', '80', (r) => setZone(r, '98', '00'), 'EFACT-TOTAL', '809802'],
    ['another destination at the end', '80', (r) => setZone(r, '18', '999'), 'EFACT-SAME', '801812'],
    ['a wrong file total', '90', (r) => setZone(r, '19', '+00000000001'), 'EFACT-SUM', '901910'],
    ['a wrong file check', '90', (r) => setZone(r, '98', '00'), 'EFACT-TOTAL', '909802'],
  ]
  test.each(cases)('%s (record %s) is told with its official code', async (_name, type, change, code, official) => {
    const items = await read(changeRecord(await sample(), type, change), 999, { today: isoDate('2026-11-22') })
    const issue = issuesOf(items).find((found) => found.code === code && found.officialCode === official)
    expect(issue, JSON.stringify(codesOf(items))).toMatchObject({
      place: { recordType: type, record: expect.any(Number), position: expect.any(Number) },
      nl: expect.stringMatching(/\w/u),
      fr: expect.stringMatching(/\w/u),
    })
    expect(endOf(items).complete).toBe(true)
  })

  test('a wrong zone 99 is told', async () => {
    const file = changeRecord(await sample(), '20', (r) => `${r.slice(0, 348)}00`, false)
    expect(issuesOf(await read(file)).map((i) => i.officialCode)).toContain('209902')
  })

  test('issues stand with the invoice they belong to', async () => {
    const file = changeRecord(await sample(), '50', (r) => setZone(r, '4', '0101033'))
    const invoices = invoicesOf(await read(file))
    expect(invoices[0]?.issues.map((i) => i.officialCode)).toContain('500402')
    expect(invoices[1]?.issues).toEqual([])
  })

  test('totals of records 95 and 96 are compared with the lines', async () => {
    const good = await sample()
    const wrong = changeRecord(good, '95', (r) => setZone(r, '404', '+00000000001'), false)
    const last = changeRecord(good, '96', (r) => setZone(r, '509', '00000001'), false)
    expect(codesOf(await read(wrong))).toEqual(['EFACT-TOTAL-RECORD'])
    expect(codesOf(await read(last))).toEqual(['EFACT-TOTAL-RECORD'])
    const amounts = /is EUR 0,01, geteld is EUR [\d.]+,\d\d\.$/
    expect(issuesOf(await read(wrong))[0]?.nl).toMatch(amounts)
    expect(issuesOf(await read(last))[0]?.nl).toMatch(/is 1, geteld is \d+\.$/)
    const sum = changeRecord(good, '80', (r) => setZone(r, '19', '+00000000001'))
    expect(issuesOf(await read(sum)).find(({ code }) => code === 'EFACT-SUM')?.en).toMatch(
      /is EUR 0\.01, the sum of the records is EUR [\d,]+\.\d\d\.$/,
    )
    expect(codesOf(await read(good.slice(0, -350)))).toContain('EFACT-MISSING-TOTAL')
  })

  test('a record 96 that ends after its totals is fine', async () => {
    expect(codesOf(await read((await sample()).trimEnd()))).toEqual([])
  })

  test('blanks stripped at the end of lines take nothing away from 95 or 96, and are told of no record', async () => {
    const lines = linesOf(await sample()).map((line) => line.trimEnd())
    expect(lines.filter((line) => line.startsWith('95') && line.length < 350).length).toBeGreaterThan(0)
    expect(codesOf(await read(lines.join('\n')))).toEqual(['EFACT-SEPARATORS'])
    expect(codesOf(await read(lines.map((line) => line.slice(0, 92)).join('\n')))).toContain('EFACT-CUT-OFF')
  })

  test.each([
    ['each other', ''],
    ['a line end', '\n'],
    ['many blanks', ' '.repeat(40_000)],
  ])('two files in one upload are refused whole, the second behind %s', async (_name, between) => {
    const good = await sample()
    for (const chunk of [777, good.length]) {
      const items = await read(`${good}${between}${good}`, chunk)
      expect(issuesOf(items).at(-1)).toMatchObject({ code: 'EFACT-TRAILING', severity: 'fatal' })
      expect(issuesOf(items).at(-1)!.place.offset).toBe(good.length + between.length)
      expect(endOf(items).complete).toBe(false)
    }
  })

  test('blanks behind the last record are read over, however many', async () => {
    expect(codesOf(await read((await sample()) + ' '.repeat(40_000)))).toEqual([])
  })

  test('records in the wrong place are told', async () => {
    const good = await sample()
    const without20 = good.slice(0, recordsStart + 350) + good.slice(recordsStart + 700)
    expect(issuesOf(await read(without20)).map((i) => i.officialCode)).toContain('500110')
    const without90 = good.slice(0, good.lastIndexOf('90000')) + good.slice(good.lastIndexOf('90000') + 350)
    expect(codesOf(await read(without90)).length).toBeGreaterThan(0)
  })

  test('every official code we give exists once per rule and has words', () => {
    const codes = controlCodes()
    expect(codes.length).toBeGreaterThan(400)
    for (const { code, letter } of codes) {
      expect(code).toMatch(/^\d{6}$/u)
      expect('BFRSE').toContain(letter)
    }
  })

  test('every official code we give is in the catalogue with its letter', ({ skip }) => {
    skip(officialSamples === undefined, 'needs the official list of codes (ZIV_OFFICIAL_SAMPLES)')
    const rows = parse(readFileSync(join(officialSamples!, 'efact/errors.csv')), { columns: true }) as Record<
      string,
      string
    >[]
    const catalogue = new Map(rows.map((row) => [row.code, row.type]))
    for (const { code, letter } of controlCodes()) expect(catalogue.get(code), code).toBe(letter)
  })
})
