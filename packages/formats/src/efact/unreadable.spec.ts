import { cents } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, mutations } from '../testing.ts'
import { composeRecord } from './compose.ts'
import { readEfact } from './reader.ts'
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
import { zone, zoneCents, zoneDate, zoneNumber } from './zones.ts'

describe('files that are no billing file', () => {
  test.each<[string, string | Buffer, string]>([
    ['nothing', '', 'EFACT-EMPTY'],
    ['line ends only', '\r\n\r\n', 'EFACT-EMPTY'],
    ['words', 'Beste collega', 'EFACT-NOT-BILLING'],
    ['an answer', '920900'.padEnd(1000, '0'), 'EFACT-ANSWER'],
    ['half a header', '920000'.padEnd(100, '0'), 'EFACT-CUT-OFF'],
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('920000')]), 'EFACT-ENCODING'],
    ['UTF-16', Buffer.from(`\ufeff920000${'0'.repeat(500)}`, 'utf16le'), 'EFACT-ENCODING'],
    ['zero bytes', Buffer.alloc(5000), 'EFACT-ENCODING'],
    ['a header and noise', `920000${'0'.repeat(221)}${'#?'.repeat(2000)}`, 'EFACT-LOST'],
  ])('%s is refused in words', async (_name, file, code) => {
    const items = await read(file, 33)
    expect(codesOf(items)).toContain(code)
    expect(endOf(items).complete).toBe(false)
  })

  test('a file that is cut off tells so and keeps the invoices before', async () => {
    const good = await sample()
    const lines = linesOf(good)
    const before = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('90')),
    )
    const items = await read(before.join('').slice(0, -200))
    expect(codesOf(items)).toContain('EFACT-CUT-OFF')
    expect(invoicesOf(items).length).toBeGreaterThanOrEqual(3)
  })

  test.each(['\n', '\r\n'])('line ends %j between the records are read with one warning', async (newline) => {
    const good = await sample()
    const items = await read(linesOf(good).join(newline) + newline, 501)
    expect(issuesOf(items).map((i) => [i.code, i.severity])).toEqual([['EFACT-SEPARATORS', 'warning']])
    expect(invoicesOf(items)).toHaveLength(4)
  })

  test('characters beyond ASCII are told and do not move the zones', async () => {
    const file = changeRecord(await sample(), '50', (r) => setZone(r, '28', 'Crème'), false)
    expect(codesOf(await read(Buffer.from(file, 'latin1')))).toContain('EFACT-CHARACTERS')
  })

  test.each([300, recordsStart + 40, recordsStart + 700])('a zero byte at %i is refused in words', async (at) => {
    const good = await sample()
    const items = await read(`${good.slice(0, at)}\0${good.slice(at + 1)}`)
    expect(codesOf(items)).toContain('EFACT-BINARY')
    expect(endOf(items).complete).toBe(false)
  })

  test('100 MB of noise stop early', async () => {
    const head = (await sample()).slice(0, recordsStart)
    for (const [start, fill] of [
      ['', 'x'],
      [head, '\n'],
      [head, '7'],
      [head, 'Q'],
    ] as const) {
      let given = 0
      async function* noise(): AsyncGenerator<Buffer> {
        yield Buffer.from(start)
        while (given < 100_000_000) {
          given += 65_536
          yield Buffer.alloc(65_536, fill)
        }
      }
      const items = await collect(readEfact(noise()))
      expect(endOf(items).complete).toBe(false)
      expect(given).toBeLessThan(2_000_000)
    }
  })

  test('an invoice without end stops the reading', async () => {
    const good = await sample()
    const at = good.indexOf('50', recordsStart + 700)
    const service = good.slice(at, at + 350)
    async function* endless(): AsyncGenerator<string> {
      yield good.slice(0, recordsStart + 700)
      for (let n = 0; n < 1_000; n += 1) yield service
    }
    const items = await collect(readEfact(endless(), { maxServices: 100, maxIssues: 5 }))
    expect(codesOf(items)).toContain('EFACT-TOO-LARGE')
  })

  test('no change of bytes makes the reader throw or hang', async () => {
    const good = Buffer.from(await sample())
    await fc.assert(
      fc.asyncProperty(mutations(good.length), fc.integer({ min: 1, max: 5000 }), async (mutate, chunk) => {
        const items = await read(mutate(good), chunk)
        expect(items.at(-1)?.kind).toBe('end')
        expect(items.length).toBeGreaterThan(1)
      }),
      { numRuns: 150 },
    )
  })

  test('accessors give null for what is no number or date', () => {
    const record = { type: '50', index: 1, text: composeRecord('50', { code: '101032' }) }
    const broken = { ...record, text: setZone(record.text, '19', 'x') }
    expect([zoneNumber(broken, '19'), zoneCents(broken, '19'), zoneDate(record, '5')]).toEqual([null, null, null])
    expect(zoneCents(record, 'insuranceAmount')).toBe(cents(0))
    expect(() => zone(record, 'nonsense')).toThrow('no zone')
  })
})
