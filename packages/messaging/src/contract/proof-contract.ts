import type { Database } from '@ziv/postgres'
import { expect, it } from 'vitest'
import { compareTopic } from '../proof/compare-topic.ts'
import type { IncomingMessage, OutgoingMessage } from '../types.ts'
import { type CountedEvent, counted, publish } from './counted-event.ts'
import type { PipelineWorld } from './pipeline-world.ts'

/** A topic with two keys that a service told, and what a comparison with its outbox says now. */
async function toldTopic(world: PipelineWorld) {
  const { serviceDatabase, freshEvent, relay, idle } = world
  const [event, from] = [await freshEvent(), await serviceDatabase()]
  const relaying = await relay(from)
  const tell = async (...numbers: readonly number[]): Promise<void> => {
    const drafts = numbers.flatMap((n) => ['a', 'b'].map((key) => counted(event, key, n)))
    await publish(from, drafts)
    relaying.wake()
    await idle([], [relaying])
  }
  await tell(1, 2, 3)
  const topic = { name: event.topic, partitions: 4 }
  const compare = async (retentionDays?: number) => {
    const spec = { ...topic, ...(retentionDays === undefined ? {} : { retentionDays }) }
    return await compareTopic(spec, [await serviceDatabase(), from], world.driver)
  }
  return { event, from, tell, compare, stop: () => relaying.stop() }
}

async function messagesOf(world: PipelineWorld, { topic }: CountedEvent): Promise<readonly IncomingMessage[]> {
  const messages: IncomingMessage[] = []
  await world.driver.read({ topic, group: 'spec' }, async (batch) => void messages.push(...batch))
  return messages
}

async function send(world: PipelineWorld, ...messages: readonly OutgoingMessage[]): Promise<void> {
  const producer = await world.driver.producer('somebody')
  await producer.send(messages.map(({ topic, key, headers, value }) => ({ topic, key, headers, value })))
  await producer.close()
}

const without = (from: Database, where: string) => from.query(`delete from es.outbox where ${where}`)

/** What the comparison of a topic with its outbox must say, on any driver. */
export function proofTests(name: string, world: PipelineWorld): void {
  it(`${name}: a topic holds what its outbox told, also when a relay sent some of it twice`, async () => {
    const { event, tell, compare } = await toldTopic(world)
    expect(await compare()).toEqual({ examined: 6, compared: 6, wrong: [] })
    await send(world, ...(await messagesOf(world, event)).slice(1, 4))
    await tell(4)
    expect(await compare()).toEqual({ examined: 11, compared: 11, wrong: [] })
  })

  it(`${name}: names what was put into a topic, and what was changed in it`, async () => {
    const { event, from, compare } = await toldTopic(world)
    const at = (key: string, sequence: number): string => `${event.topic} ${key} ${sequence}: `
    const [first] = (await messagesOf(world, event)).filter(({ key }) => key === 'a')
    await send(world, { ...first!, value: '{"n":99}' })
    expect((await compare()).wrong).toEqual([`${at('a', 1)}another content in the topic`])
    await send(world, { ...first!, headers: { ...first!.headers, ce_sequence: '4' } })
    await send(world, { ...first!, key: 'z' }, { ...first!, headers: {}, key: 'b' })
    const { wrong } = await compare()
    expect(wrong).toContain(`${at('a', 4)}not in an outbox`)
    expect(wrong).toContain(`${at('a', 4)}no outbox told this`)
    expect(wrong).toContain(`${at('z', 1)}no outbox told anything under this key`)
    expect(wrong).toContain(`${at('b', 0)}a message without a number`)
    // and both sides alike are the same again: the log tells that
    await from.query(`update es.outbox set payload = '{"n":99}' where key = 'a' and sequence = 1`)
    expect((await compare()).wrong).toContain(`${at('a', 1)}another content in the topic`)
  })

  it(`${name}: names what is missing in a topic, and what comes out of its order`, async () => {
    const { event, from, compare, stop } = await toldTopic(world)
    const at = (key: string, sequence: number): string => `${event.topic} ${key} ${sequence}: `
    await stop()
    const more = [4, 5, 6].map((n) => counted(event, 'a', n))
    await publish(from, more)
    expect(await compare()).toEqual({ examined: 6, compared: 6, wrong: [] })
    // as if the relay had sent two of them
    await from.query(`update es.checkpoints c set epoch = o.epoch, tx = o.tx, position = o.id from es.outbox o
      where o.key = 'a' and o.sequence = 5`)
    expect((await compare()).wrong).toEqual([`${at('a', 4)}not in the topic, 2 messages from here on`])
    const [first] = (await messagesOf(world, event)).filter(({ key }) => key === 'b')
    const number = (sequence: number) => ({ ...first!, headers: { ...first!.headers, ce_sequence: String(sequence) } })
    await send(world, number(6), number(5))
    expect((await compare()).wrong).toContain(`${at('b', 6)}2 messages are missing before it, or come behind it`)
  })

  it(`${name}: counts what upkeep removed from the outbox, and misses a row that went from its middle`, async () => {
    const { event, from, compare } = await toldTopic(world)
    await without(from, 'sequence = 1')
    expect(await compare()).toEqual({ examined: 6, compared: 4, wrong: [] })
    await without(from, `key = 'a' and sequence = 3`)
    expect((await compare()).wrong).toEqual([`${event.topic} a 3: not in an outbox`])
    await from.query(`delete from es.topic_keys where key = 'b'`)
    await without(from, `key = 'b'`)
    expect((await compare()).wrong).toContain(`${event.topic} b 3: no outbox told anything under this key`)
  })

  it(`${name}: a topic that keeps everything begins with the first message of every key`, async () => {
    const [event, from] = [await world.freshEvent(), await world.serviceDatabase()]
    await publish(
      from,
      [1, 2].map((n) => counted(event, 'k', n)),
    )
    await world.sendRaw(event, 'k', 2)
    const spec = { name: event.topic, partitions: 4 }
    const { wrong } = await compareTopic(spec, [from], world.driver)
    expect(wrong).toContain(`${event.topic} k 2: 1 messages are missing before it, or come behind it`)
    const kept = await compareTopic({ ...spec, retentionDays: 400 }, [from], world.driver)
    expect(kept.wrong).toEqual([`${event.topic} k 2: another content in the topic`])
  })
}
