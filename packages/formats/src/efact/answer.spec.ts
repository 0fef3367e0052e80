import { cents, isoDate } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, joined, mutations, text } from '../testing.ts'
import { readEfactAnswer } from './answer-reader.ts'
import { writeEfactAnswer } from './answer-writer.ts'
import { recordCheck } from './check-digits.ts'
import { maskRecords, unmaskRecords } from './mask.ts'
import { readEfact } from './reader.ts'
import { fileArbitrary } from './testing.ts'
import type { AnsweredRecord, EfactAnswerInput, EfactHeader, EfactInvoice, EfactItem, EfactRecord } from './types.ts'
import { writeEfact } from './writer.ts'
import { patientOf, zone, zoneCents } from './zones.ts'

const example = fc.sample(fileArbitrary, { numRuns: 20, seed: 11 }).find((file) => file.invoices.length === 4)!

async function sent(): Promise<EfactItem[]> {
  return collect(readEfact(text(await joined(writeEfact(example)))))
}

function pick(items: readonly EfactItem[]) {
  const header = items.flatMap((i): EfactHeader[] => (i.kind === 'header' ? [i.header] : []))[0]!
  const invoices = items.flatMap((i): EfactInvoice[] => (i.kind === 'invoice' ? [i.invoice] : []))
  const records = items.flatMap((i) =>
    i.kind === 'batch' || i.kind === 'batchTotal'
      ? [i.record]
      : i.kind === 'invoice'
        ? [i.invoice.header, ...i.invoice.records.filter((r) => r !== i.invoice.header)]
        : [],
  )
  const totals = items.flatMap((i) => (i.kind === 'insurerTotal' || i.kind === 'fileTotal' ? [i.record] : []))
  return { header, invoices, records, totals }
}

const answerOf = (header: EfactHeader, more: Partial<EfactAnswerInput>): EfactAnswerInput => ({
  kind: '920900',
  sent: header,
  insurer: '300',
  createdOn: isoDate('2026-10-20'),
  insurerReference: '778899',
  ...more,
})
const read = async (answer: EfactAnswerInput) =>
  collect(readEfactAnswer(text(await joined(writeEfactAnswer(answer)), 777)))

describe('answers to billing files', () => {
  test('a receipt has 227 characters and no records', async () => {
    const { header } = pick(await sent())
    const answer = answerOf(header, { kind: '931000' })
    expect(await joined(writeEfactAnswer(answer))).toHaveLength(227)
    const items = await read(answer)
    expect(items[0]).toMatchObject({ kind: 'header', messageType: '931000' })
    expect(items.at(-1)).toMatchObject({ kind: 'end', complete: true, records: 0 })
  })

  test('a refusal of the form carries error codes in the header and the totals only', async () => {
    const { header, totals } = pick(await sent())
    const items = await read(answerOf(header, { kind: '920999', totals, headerErrors: { '2021': '07', '3011': '12' } }))
    const head = items[0]
    expect(head?.kind === 'header' && [zone(head.segment200, '2021'), zone(head.segment300, '3011')]).toEqual([
      '07',
      '12',
    ])
    expect(items.filter((i) => i.kind === 'total')).toHaveLength(totals.length)
    expect(items.at(-1)).toMatchObject({ complete: true })
  })

  test.each(['920099', '920098'] as const)('%s repeats every record with its errors', async (kind) => {
    const { header, records } = pick(await sent())
    const answered = records.map(
      (record): AnsweredRecord =>
        record.type === '50'
          ? { record, verdict: { refusals: [{ letter: 'R', code: '500402' }], comment: 'code' } }
          : { record },
    )
    const file = await joined(writeEfactAnswer(answerOf(header, { kind, records: answered, errorPercentage: 1250 })))
    expect(file.length).toBe(677 + 800 * records.length)
    const items = await collect(readEfactAnswer(text(file)))
    const head = items[0]
    expect(head?.kind === 'header' && zone(head.segment300, '310')).toBe('01250')
    const read50 = items.flatMap((i) => (i.kind === 'record' && i.record.type === '50' ? [i] : []))
    expect(read50.length).toBeGreaterThan(0)
    for (const { detail, record } of read50) {
      expect(detail).toMatchObject({ refusals: [{ letter: 'R', code: '500402' }], paidCents: 0, comment: 'code' })
      expect(detail?.recordIndex).toBe(record.index)
    }
    expect(items.flatMap((i) => (i.kind === 'record' ? [i.record.text] : []))).toEqual(records.map((r) => r.text))
  })

  test('a settlement tells what is really paid: asked, corrected or nothing', async () => {
    const { header, invoices, records } = pick(await sent())
    const services = invoices.flatMap((i) => i.services.map((s) => s.record))
    const [refused, corrected] = services
    const answered = records.map((record): AnsweredRecord => {
      if (record === refused) return { record, verdict: { refusals: [{ letter: 'R', code: '500540' }] } }
      return record === corrected ? { record, verdict: { paidCents: cents(321) } } : { record }
    })
    const insurers = ['300', '400'].map((insurer, at) => ({
      insurer,
      askedCents: cents(1000 + at),
      acceptedCents: cents(900),
      refusedCents: cents(100 + at),
      records: 5,
      paymentReference: `PAY ${insurer}`,
    }))
    const items = await read(answerOf(header, { records: answered, insurers }))
    const paid = items.flatMap((i) => (i.kind === 'record' && i.record.type === '50' ? [i.detail?.paidCents] : []))
    expect(paid).toEqual(services.map((s, at) => (at === 0 ? 0 : at === 1 ? 321 : zoneCents(s, '19'))))
    expect(items.filter((i) => i.kind === 'insurerSettlement')).toMatchObject([
      {
        insurer: '300',
        totals: { askedCents: 1000, acceptedCents: 900, refusedCents: 100 },
        paymentReference: 'PAY 300',
      },
      { insurer: '400', totals: { askedCents: 1001 }, paymentReference: 'PAY 400' },
    ])
    expect(items.find((i) => i.kind === 'settlement')).toMatchObject({
      totals: { askedCents: 2001, acceptedCents: 1800, refusedCents: 201, records: 10 },
    })
    expect(items.at(-1)).toMatchObject({ complete: true })
  })

  test('no change of bytes makes the reader of answers throw', async () => {
    const { header, records } = pick(await sent())
    const file = Buffer.from(
      await joined(writeEfactAnswer(answerOf(header, { records: records.map((record) => ({ record })) }))),
    )
    await fc.assert(
      fc.asyncProperty(mutations(file.length), async (mutate) => {
        const items = await collect(readEfactAnswer(text(mutate(file), 1500)))
        expect(items.at(-1)?.kind).toBe('end')
      }),
      { numRuns: 60 },
    )
  })
})

describe('masking the patient', () => {
  test('a masked invoice holds no INSZ, and putting it back restores every byte', async () => {
    await fc.assert(
      fc.asyncProperty(fileArbitrary, async (file) => {
        const { invoices } = pick(await collect(readEfact(text(await joined(writeEfact(file))))))
        for (const invoice of invoices) {
          const { text: masked, secret } = maskRecords(invoice.records)
          expect(masked).not.toContain(patientOf(invoice.header))
          expect(secret.exceptions).toEqual([])
          const maskedRecords = split(masked, invoice.records)
          for (const record of maskedRecords) expect(recordCheck(record.text)).toBe(record.text.slice(348))
          expect(unmaskRecords(maskedRecords, secret)).toEqual(invoice.records)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('wrong check digits and another patient in a line come back as they were', async () => {
    const { records } = pick(await sent()).invoices[0]!
    const spoils: ((text: string) => string)[] = [
      (text) => `${text.slice(0, 40)}77${text.slice(42, 348)}13`,
      (text) => `${text.slice(0, 348)}x1`,
      (text) => `${text.slice(0, 348)}00`,
      (text) => `${text.slice(0, 348)}98`,
      (text) => `${text.slice(0, 348)}${text.endsWith('05') ? '06' : '05'}`,
    ]
    for (const spoil of spoils) {
      const spoiled = records.map((record) => (record.type === '50' ? { ...record, text: spoil(record.text) } : record))
      const { text: masked, secret } = maskRecords(spoiled)
      expect(unmaskRecords(split(masked, spoiled), secret)).toEqual(spoiled)
    }
  })
})

const split = (text: string, like: readonly EfactRecord[]): EfactRecord[] =>
  like.map((record, place) => ({ ...record, text: text.slice(place * 350, (place + 1) * 350) }))
