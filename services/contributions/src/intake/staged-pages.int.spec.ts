import { createHash } from 'node:crypto'
import { dropPages, storePages } from '@ziv/intake'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHarness, type Harness } from '../testing/harness.ts'
import { boundsOfPages, PageBuffer, StagedReader, type StagedRecord } from './staged-pages.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const intakeId = '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b'
const indexOf = (person: number): string => createHash('sha256').update(`${person}`).digest('base64url')
const record = fc.record({
  inszIndex: fc.nat({ max: 300 }).map(indexOf),
  employerNumber: fc.constantFrom('123456789', '1234567890', '987654321'),
  quarter: fc.constantFrom('2024Q4', '2025Q1'),
  amountCents: fc.nat({ max: 1_000_000 }),
  createdAt: fc.constantFrom(1_745_107_200_000, 1_746_057_600_000),
})

const keyOf = (slip: Omit<StagedRecord, 'amountCents' | 'part'>): string =>
  `${slip.inszIndex} ${slip.employerNumber} ${slip.quarter} ${slip.createdAt}`

/** Chunks of seven persons, as one process reads them. */
async function chunksFrom(after: string, through: string | null = null) {
  const reader = new StagedReader(h.database)
  const chunks = []
  for (let at: string | null = after; at !== null; at = chunks.at(-1)?.last ?? null) {
    const chunk = await reader.read(intakeId, { after: at, through, limit: 7 })
    if (chunk === null) break
    chunks.push(chunk)
  }
  return chunks
}

/** The same in parts, as several processes do. */
async function partsOf() {
  const { bounds } = await boundsOfPages(h.database, intakeId, 1)
  const slips = []
  for (const [index, after] of ['', ...bounds].entries()) {
    for (const { items } of await chunksFrom(after, bounds[index] ?? null))
      slips.push(...items.flatMap((item) => item.slips))
  }
  return slips
}

it('staged records come back as slips in the order of their indexes, from any index on', async () => {
  const files = fc.tuple(fc.array(record, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 150 }), fc.nat())
  await fc.assert(
    fc.asyncProperty(files, async ([records, perPage, place]) => {
      const pages = new PageBuffer()
      for (let at = 0; at < records.length; at += perPage) {
        const some = records.slice(at, at + perPage)
        for (const [index, item] of some.entries()) pages.add({ ...item, part: at + index + 1 })
        await h.database.transaction((tx) => storePages(tx, intakeId, pages.pages(at + 1)))
        pages.clear()
      }
      const expected = new Map<string, { amountCents: number; part: number }>()
      for (const [index, item] of records.entries()) {
        const known = expected.get(keyOf(item)) ?? { amountCents: 0, part: index + 1 }
        expected.set(keyOf(item), { ...known, amountCents: known.amountCents + item.amountCents })
      }
      const after = place % 3 === 0 ? '' : records[place % records.length]!.inszIndex
      const found = (await chunksFrom(after)).flatMap(({ items }) => items.flatMap(({ slips }) => slips))
      const inParts = await partsOf()
      await dropPages(h.database, intakeId)
      if (after === '') expect(inParts).toEqual(found)
      expect(found.map((slip) => [keyOf(slip), { amountCents: slip.amountCents, part: slip.part }])).toEqual(
        [...expected].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([key]) => key.split(' ')[0]! > after),
      )
    }),
    { numRuns: 40 },
  )
  expect(await h.count('app_files.pages')).toBe(0)
})
