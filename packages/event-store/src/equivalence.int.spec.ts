import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEventStore, eventIdOf, eventStoreMigrations, type StreamAppend, type StreamHead } from './index.ts'
import { counterEvents, METADATA, NEW_STREAM, RECORDED_AT } from './testing/counter.ts'

const store = createEventStore([counterEvents])
let one: TestDatabase
let bulk: TestDatabase

beforeAll(async () => {
  one = await createTestDatabase({ migrations: [eventStoreMigrations] })
  bulk = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(async () => {
  await one.drop()
  await bulk.drop()
})

interface Plan {
  readonly stream: number
  readonly texts: readonly string[]
  readonly keys: readonly string[]
}

const plans: fc.Arbitrary<readonly Plan[]> = fc.uniqueArray(
  fc.record({
    stream: fc.nat(8),
    texts: fc.array(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000')),
      { minLength: 1, maxLength: 4 },
    ),
    keys: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }),
  }),
  { selector: (plan) => plan.stream, minLength: 1, maxLength: 6 },
)

function appendsOf(
  run: number,
  batch: number,
  batchPlans: readonly Plan[],
  heads: Map<string, StreamHead>,
): StreamAppend[] {
  const sorted = batchPlans.toSorted((a, b) => a.stream - b.stream)
  return sorted.map((plan): StreamAppend => {
    const streamId = `run${run}-${plan.stream}`
    const id = (n: number) => eventIdOf(streamId, `batch ${batch}`, n)
    return {
      streamId,
      expected: heads.get(streamId) ?? NEW_STREAM,
      events: plan.texts.map((text, n) => ({ eventId: id(n), type: 'Noted', schemaVersion: 1, data: { text, n } })),
      recordedAt: RECORDED_AT,
      metadata: METADATA,
      outbox: plan.keys.map((key, n) => {
        return {
          eventId: id(100 + n),
          topic: `run${run}`,
          key,
          type: 'noted',
          payload: { n, key },
          attributes: { source: '/x' },
        }
      }),
    }
  })
}

/** Everything that is stored, but for transaction numbers and times of arrival. */
async function contents(test: TestDatabase, run: number): Promise<unknown> {
  const queries = [
    `select stream_id, version, event_id, type, schema_version, recorded_at, data, metadata, hash, epoch,
       row_number() over (order by position) as place
     from es.events where stream_id like $1 || '-%' order by position`,
    "select stream_id, version, head_hash, epoch from es.streams where stream_id like $1 || '-%' order by 1",
    `select event_id, topic, key, sequence, type, payload, headers, epoch, row_number() over (order by id) as place
     from es.outbox where topic = $1 order by id`,
    'select topic, key, sequence, epoch from es.topic_keys where topic = $1 order by 1, 2',
  ]
  const results = await Promise.all(queries.map((sql) => test.database.query(sql, [`run${run}`])))
  return results.map(({ rows }) => rows)
}

it('append one by one and appendMany by COPY store the same', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(plans, { minLength: 1, maxLength: 3 }), async (batches) => {
      run += 1
      const heads = new Map<string, StreamHead>()
      for (const [batch, batchPlans] of batches.entries()) {
        const appends = appendsOf(run, batch, batchPlans, heads)
        const results = await bulk.database.transaction((tx) => store.appendMany(tx, appends))
        for (const [place, append] of appends.entries()) {
          const single = await store.append(one.database, append)
          expect(single).toEqual(results[place])
          heads.set(append.streamId, single.head)
        }
      }
      expect(await contents(bulk, run)).toEqual(await contents(one, run))
    }),
    { numRuns: 60 },
  )
  const findings = [
    ...(await Array.fromAsync(store.verify(one.database))),
    ...(await Array.fromAsync(store.verify(bulk.database))),
  ]
  expect(findings).toEqual([])
})
