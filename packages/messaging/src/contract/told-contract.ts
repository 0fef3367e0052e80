import { createEventStore, type OutboxDraft, pruneOutbox } from '@ziv/event-store'
import { defineEvents, instant } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { expect, it } from 'vitest'
import { compareTold } from '../proof/compare-told.ts'
import { relayProcessor } from '../relay/outbox-source.ts'
import type { IncomingMessage, MessagingDriver } from '../types.ts'
import { counted } from './counted-event.ts'
import type { PipelineWorld } from './pipeline-world.ts'

const store = createEventStore([defineEvents({ aggregate: 'thing', schemas: { Done: { parse: (data) => data } } })])

async function tell(database: Database, name: string, outbox: readonly OutboxDraft[]): Promise<void> {
  const { head } = await store.load(database, `thing-${name}`)
  await store.append(database, {
    ...{ streamId: `thing-${name}`, expected: head, recordedAt: instant('2026-11-22T10:00:00.000Z'), outbox },
    events: [{ eventId: crypto.randomUUID(), type: 'Done', schemaVersion: 1, data: {} }],
    metadata: { actor: 'spec', correlationId: 'spec' },
  })
}

/** A topic that a log told, of which upkeep removed the older rows: numbers 1 and 2 of `a` and `b`; 3 is still in the outbox. */
async function removedRows(world: PipelineWorld) {
  const { serviceDatabase, freshEvent, relay, idle } = world
  const [event, from] = [await freshEvent(), await serviceDatabase()]
  const relaying = await relay(from)
  for (const n of [1, 2, 3]) for (const key of ['a', 'b']) await tell(from, key, [counted(event, key, n)])
  relaying.wake()
  await idle([], [relaying])
  const prune = async (where = 'sequence < 3') => {
    await from.query(`update es.outbox set created_at = now() - interval '30 days' where ${where}`)
    await pruneOutbox(from, { processor: relayProcessor, keepDays: 14 })
  }
  const topic = { name: event.topic, partitions: 4 }
  /** What is told now; `put` is what somebody made of the messages of the topic. */
  const compare = async (put = (all: readonly IncomingMessage[]) => all, retentionDays?: number) => {
    const read: MessagingDriver['read'] = async (asked, onBatch) => {
      const messages: IncomingMessage[] = []
      await world.driver.read(asked, async (batch) => void messages.push(...batch))
      await onBatch(put(messages))
    }
    const spec = { ...topic, ...(retentionDays === undefined ? {} : { retentionDays }) }
    return await from.transaction((tx) => compareTold(tx, () => true, [spec], { read }))
  }
  return { event, from, prune, compare, tellMore: () => tell(from, 'a', [counted(event, 'a', 4)]) }
}

const numberOf = ({ headers }: IncomingMessage): number => Number(headers.ce_sequence)
const is = (key: string, number: number) => (message: IncomingMessage) =>
  message.key === key && numberOf(message) === number

/** What the comparison of a log with the topics it told must say of messages whose row upkeep removed, on any driver. */
export function toldTests(name: string, world: PipelineWorld): void {
  it(`${name}: messages whose outbox row upkeep removed are those that the log told`, async () => {
    const { prune, compare, tellMore } = await removedRows(world)
    // the outbox itself is held to the log as long as every row is there
    expect(await compare()).toMatchObject({ examined: 0 })
    await prune()
    await tellMore()
    expect(await compare()).toEqual({ examined: 7, strange: [], missing: [], missingCount: 0, forgotten: 0 })
  })

  it(`${name}: names a message that was changed, put in the place of another or made up after its row was removed`, async () => {
    const { event, prune, compare } = await removedRows(world)
    await prune()
    const changed = (change: (message: IncomingMessage) => IncomingMessage) =>
      compare((all) => all.map((message) => (is('a', 2)(message) ? change(message) : message)))
    const named = { strange: [`${event.topic} a 2`], missing: ['thing-a@2'], missingCount: 1 }
    expect(await changed((one) => ({ ...one, value: '{"n":99}' }))).toMatchObject(named)
    expect(await changed((one) => ({ ...one, headers: { ...one.headers, ce_actor: 'x' } }))).toMatchObject(named)
    expect(await changed((one) => ({ ...one, headers: { ...one.headers, more: 'x' } }))).toMatchObject(named)
    const first = (all: readonly IncomingMessage[]) => all.find(is('a', 1))!
    const twice = await compare((all) =>
      all.map((message) =>
        is('a', 2)(message)
          ? { ...first(all), offset: message.offset, headers: { ...first(all).headers, ce_sequence: '2' } }
          : message,
      ),
    )
    expect(twice).toMatchObject(named)
  })

  it(`${name}: misses what was taken out of outbox, numbers and topic alike, as if upkeep had removed it`, async () => {
    const { from, prune, compare } = await removedRows(world)
    await prune()
    await from.query(`delete from es.outbox where key = 'b'`)
    await from.query(`delete from es.topic_keys where key = 'b'`)
    const without = (all: readonly IncomingMessage[]) => all.filter(({ key }) => key !== 'b')
    expect(await compare(without)).toMatchObject({ missing: ['thing-b@1', 'thing-b@2', 'thing-b@3'], missingCount: 3 })
    expect(await compare(without, 400)).toMatchObject({ missingCount: 3, forgotten: 0 })
  })

  it(`${name}: counts what a topic with a retention has forgotten, and misses what went from its middle`, async () => {
    const { prune, compare } = await removedRows(world)
    await prune()
    const forgot = await compare((all) => all.filter((message) => numberOf(message) > 1), 400)
    expect(forgot).toMatchObject({ strange: [], missingCount: 2, forgotten: 2 })
    const whole = await compare((all) => all.filter((message) => numberOf(message) > 1))
    expect(whole).toMatchObject({ missingCount: 2, forgotten: 0 })
    const middle = await compare((all) => all.filter((message) => !is('a', 2)(message)), 400)
    expect(middle).toMatchObject({ missing: ['thing-a@2'], missingCount: 1, forgotten: 0 })
  })
}
