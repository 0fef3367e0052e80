import { randomUUID } from 'node:crypto'
import type { Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { catalogOf, countedEvent } from '../contract/counted-event.ts'
import type { Counted } from '../contract/pipeline-world.ts'
import { silentLogger } from '../logger.ts'
import { consumerMigrations } from '../migrations.ts'
import type { ConsumerDefinition, IncomingMessage } from '../types.ts'
import { BatchProcessor } from './batch-processor.ts'
import { consumerStore } from './consumer-store.ts'
import { discardParked, replaceParked } from './settle-parked.ts'
import { unparkKey } from './unpark.ts'

const topic = 'ziv.300.things.v1'
const event = { ...countedEvent('ziv.{insurer}.things.v1') }
const catalog = catalogOf(event)
const consumer = 'spec.things'
let test: TestDatabase
let database: Database
let handled: string[] = []
let processor: BatchProcessor
let definition: ConsumerDefinition
let offset = 0

const message = (key: string, sequence: number, changes: Partial<Record<string, string>> = {}): IncomingMessage => {
  const { value = JSON.stringify({ n: sequence }), ...headers } = changes
  offset += 1
  return {
    ...{ topic, key, partition: 0, offset: String(offset), value },
    headers: {
      ce_id: randomUUID(),
      ce_type: event.type,
      ce_time: '2026-11-22T10:00:00.000Z',
      ce_actor: 'spec',
      ce_correlationid: 'spec',
      ce_epoch: '1',
      ce_sequence: String(sequence),
      ce_insurer: '300',
      ...(headers as Record<string, string>),
    },
  }
}
const parked = async () =>
  (
    await database.query<{ key: string; place: string; reason: string }>(
      `select key, epoch || '/' || sequence as place, reason from es.parked order by key, sequence`,
    )
  ).rows

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [consumerMigrations] })
  database = test.database
})
beforeEach(async () => {
  await database.query('truncate es.consumed, es.parked, es.unparked')
  handled = []
  definition = {
    name: consumer,
    topics: [topic],
    handle: async (_tx, events) => {
      for (const { key, data } of events as readonly Counted[]) {
        if (data.fail !== undefined) throw new Error(data.fail)
        handled.push(`${key}${data.n}`)
      }
    },
  }
  processor = new BatchProcessor({
    definition,
    store: consumerStore(database, consumer),
    catalog,
    logger: silentLogger,
  })
})
afterAll(() => test.drop())

describe('a message that no table takes as it is', () => {
  it.each([
    ['a NUL byte in its value', message('bad', 1, { value: '{"n":1}\u0000' })],
    ['a NUL written as an escape', message('bad', 1, { value: '{"n":1,"fail":"\\u0000"}' })],
    ['a NUL byte in a header', message('bad', 1, { ce_actor: 'a\u0000b' })],
    ['a NUL byte in its key', message('b\u0000ad', 1)],
    ['an epoch beyond what a producer can count', message('bad', 1, { ce_epoch: '40000' })],
    ['half a surrogate pair in its value', message('bad', 1, { value: '{"n":1,"fail":"\ud800"}' })],
  ])('with %s is parked, and the rest goes on', async (_what, bad) => {
    await processor.process([message('good', 1), bad, message('good', 2)])
    expect(handled).toEqual(['good1', 'good2'])
    expect(await parked()).toHaveLength(1)
  })
})

describe('a message that contradicts itself', () => {
  it.each([
    ['the insurer of another topic', { ce_insurer: '500' }],
    ['a ziekenfonds of another insurer', { ce_ziekenfonds: '506' }],
    ['a subject that is not its key', { ce_subject: 'another' }],
    ['an insurer in the data that is another', { value: '{"n":1,"insurer":"500"}' }],
    ['a ziekenfonds in the data that is another', { ce_ziekenfonds: '306', value: '{"n":1,"ziekenfonds":"315"}' }],
    ['a person in the data who is not its key', { value: '{"n":1,"personId":"another"}' }],
  ])('by %s is parked', async (_what, changes) => {
    await processor.process([message('k', 1, changes), message('good', 1)])
    expect(handled).toEqual(['good1'])
    expect((await parked()).map(({ key, reason }) => [key, reason])).toEqual([['k', 'schema']])
  })
})

describe('a parked message', () => {
  const place = { topic, key: 'k', epoch: 1, sequence: 1, operator: 'An Peeters' }
  const context = () => ({ database, consumer, catalog })
  const release = () => unparkKey({ database, definition, catalog }, place)

  it('gives its place to the one its sender sends again, corrected', async () => {
    await processor.process([message('k', 1, { value: '{"n":"one"}' }), message('k', 2)])
    await processor.process([message('k', 1)])
    expect(await parked()).toEqual([
      { key: 'k', place: '1/1', reason: 'schema' },
      { key: 'k', place: '1/2', reason: 'behind' },
    ])
    expect(await release()).toEqual({ replayed: 2, remaining: 0 })
    expect(handled).toEqual(['k1', 'k2'])
  })

  it('in bytes that are not UTF-8 rests as it came, and no release takes it', async () => {
    const bytes = Buffer.from('{"n":1,"x":"é"}', 'latin1')
    await processor.process([{ ...message('k', 1, { value: '' }), bytes }])
    expect((await database.query('select payload, error from es.parked')).rows).toEqual([
      { payload: bytes, error: 'value is not UTF-8' },
    ])
    expect(await release()).toEqual({ replayed: 0, remaining: 1, problem: 'value is not UTF-8' })
    expect(handled).toEqual([])
    await replaceParked(context(), place, message('k', 1))
    expect(await release()).toEqual({ replayed: 1, remaining: 0 })
  })

  it('is replaced by name, and its key runs after a release', async () => {
    await processor.process([message('k', 1, { value: '{"n":"one"}' })])
    const corrected = message('k', 1)
    await expect(replaceParked(context(), place, message('k', 2))).rejects.toThrow('another place')
    await expect(replaceParked(context(), place, { ...corrected, value: '{}' })).rejects.toThrow('cannot be read')
    await replaceParked(context(), place, corrected)
    expect(await release()).toEqual({ replayed: 1, remaining: 0 })
    expect(handled).toEqual(['k1'])
  })

  it('is discarded by name, and what waits behind it runs after a release', async () => {
    await processor.process([message('k', 1, { value: '{"n":1,"fail":"no"}' }), message('k', 2)])
    await expect(discardParked(context(), { ...place, sequence: 2 })).rejects.toThrow('an earlier message')
    await discardParked(context(), place)
    expect(await release()).toEqual({ replayed: 1, remaining: 0 })
    await processor.process([message('k', 3)])
    expect(handled).toEqual(['k2', 'k3'])
    expect((await database.query('select operator, action from es.unparked order by id')).rows).toEqual([
      { operator: 'An Peeters', action: 'discard' },
      { operator: 'An Peeters', action: 'release' },
    ])
  })

  it('that is the last of its key lets the key run again when it is discarded', async () => {
    await processor.process([message('k', 1, { value: '{"n":1,"fail":"no"}' })])
    await discardParked(context(), place)
    await processor.process([message('k', 2)])
    expect([handled, await parked()]).toEqual([['k2'], []])
  })

  it('without a readable envelope is discarded, or replaced and released, by name', async () => {
    await processor.process([message('k', 1, { ce_epoch: 'x' }), message('lost', 1, { ce_sequence: 'x' })])
    const rows = await parked()
    const sequenceOf = (key: string) => Number(rows.find((row) => row.key === key)!.place.split('/')[1])
    expect((await release()).problem).toMatch(
      /^key k of .* runs, only its message 0\/-\d+ has no place: replace or discard/,
    )
    await replaceParked(context(), { ...place, epoch: 0, sequence: sequenceOf('k') }, message('k', 1))
    await discardParked(context(), { ...place, key: 'lost', epoch: 0, sequence: sequenceOf('lost') })
    expect(await release()).toEqual({ replayed: 1, remaining: 0 })
    expect([handled, await parked()]).toEqual([['k1'], []])
  })

  it('that is not there is not released, and the names that were given are said', async () => {
    const problem = expect.stringMatching(/^nothing is parked of key k of .* compare the four names/)
    expect(await release()).toEqual({ replayed: 0, remaining: 0, problem })
  })

  it('is settled by somebody with a name only', async () => {
    await expect(discardParked(context(), { ...place, operator: ' ' })).rejects.toThrow('name of the operator')
    await expect(discardParked(context(), place)).rejects.toThrow('no parked message')
  })
})
