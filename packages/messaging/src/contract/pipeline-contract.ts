import { setTimeout as sleep } from 'node:timers/promises'
import { pruneOutbox } from '@ziv/event-store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { relayProcessor } from '../relay/outbox-source.ts'
import type { ConsumerAlarm, ConsumerDefinition, MessagingDriver } from '../types.ts'
import { counted, publish } from './counted-event.ts'
import { type Counted, type PipelineHarness, PipelineWorld } from './pipeline-world.ts'
import { proofTests } from './proof-contract.ts'
import { restoreTests } from './restore-contract.ts'
import { toldTests } from './told-contract.ts'

function relayTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, relay, consume, effects, idle } = world

  it(`${name}: carries outbox rows of one service into the tables of another, once and in order per key`, async () => {
    const [event, from, to] = [await freshEvent(), await serviceDatabase(), await serviceDatabase()]
    const relaying = await relay(from)
    const consumer = await consume(event, to)
    const keys = ['a', 'b', 'c', 'd', 'e']
    for (let n = 1; n <= 40; n++)
      await publish(
        from,
        keys.map((key) => counted(event, key, n)),
      )
    relaying.wake()
    await idle([consumer], [relaying])
    const all = Array.from({ length: 40 }, (_, i) => i + 1)
    expect(await effects(to)).toEqual(Object.fromEntries(keys.map((key) => [key, all])))
    expect(consumer.counters()).toMatchObject({ handled: 200, duplicates: 0, parked: 0 })
  })

  it(`${name}: sends a batch again after a crash between send and checkpoint, and nothing counts twice`, async () => {
    const [event, from, to] = [await freshEvent(), await serviceDatabase(), await serviceDatabase()]
    const consumer = await consume(event, to)
    await publish(
      from,
      [1, 2, 3].map((n) => counted(event, 'k', n)),
    )
    let crashes = 0
    const crashing: MessagingDriver = {
      ...world.driver,
      producer: async (who) => {
        const real = await world.driver.producer(who)
        return {
          ...real,
          close: () => real.close(),
          send: async (messages) => {
            await real.send(messages)
            crashes += 1
            if (crashes <= 2) throw new Error('killed after the send')
          },
        }
      },
    }
    const relaying = await relay(from, crashing)
    await idle([consumer], [relaying])
    expect(crashes).toBe(3)
    expect(await effects(to)).toEqual({ k: [1, 2, 3] })
    expect(consumer.counters()).toMatchObject({ handled: 3, duplicates: 6 })
  })

  it(`${name}: lets one relay lead at a time, and another one take over when the leader falls silent`, async () => {
    const [event, from, to] = [await freshEvent(), await serviceDatabase(), await serviceDatabase()]
    const consumer = await consume(event, to)
    await from.query(
      `insert into es.checkpoints (processor, term, holder, lease_until) values ('relay', 7, 'dead', now() + interval '2 seconds')`,
    )
    await publish(from, [counted(event, 'k', 1)])
    const relaying = await relay(from)
    await sleep(500)
    expect(await relaying.pending()).toBe(1)
    await idle([consumer], [relaying])
    expect(await effects(to)).toEqual({ k: [1] })
    const { rows } = await from.query<{ term: string }>(`select term from es.checkpoints where processor = 'relay'`)
    expect(rows).toEqual([{ term: '8' }])
  })
}

function parkingTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, note, relay, consume, effects, idle, parkedOf } = world

  it(`${name}: parks the key of a poison message, lets other keys go on, and replays in order when an operator says so`, async () => {
    const [event, from, to] = [await freshEvent(), await serviceDatabase(), await serviceDatabase()]
    let repaired = false
    const alarms: ConsumerAlarm[] = []
    const handle: ConsumerDefinition['handle'] = async (tx, events) => {
      if (!repaired && (events as readonly Counted[]).some((e) => e.data.fail)) throw new Error('cannot digest')
      await note(tx, events)
    }
    const relaying = await relay(from)
    const consumer = await consume(event, to, handle, (alarm) => alarms.push(alarm))
    await publish(from, [
      counted(event, 'bad', 1),
      counted(event, 'good', 1),
      counted(event, 'bad', 2, 'always'),
      counted(event, 'good', 2),
      counted(event, 'bad', 3),
      counted(event, 'other', 1),
    ])
    await idle([consumer], [relaying])
    await publish(from, [counted(event, 'bad', 4), counted(event, 'good', 3)])
    await idle([consumer], [relaying])
    expect(await effects(to)).toEqual({ bad: [1], good: [1, 2, 3], other: [1] })
    expect((await parkedOf(to)).map((row) => [row.sequence, row.reason])).toEqual([
      ['2', 'handler'],
      ['3', 'behind'],
      ['4', 'behind'],
    ])
    expect(alarms.map(({ key, sequence, reason, detail }) => [key, sequence, reason, detail])).toEqual([
      ['bad', 2, 'handler', 'cannot digest'],
    ])

    const place = { topic: event.topic, key: 'bad' }
    await expect(consumer.unpark({ ...place, operator: ' ' })).rejects.toThrow(/name of the operator/)
    expect(await consumer.unpark({ ...place, operator: 'An Peeters' })).toEqual({
      replayed: 0,
      remaining: 3,
      problem: 'cannot digest',
    })
    repaired = true
    expect(await consumer.unpark({ ...place, operator: 'An Peeters' })).toEqual({ replayed: 3, remaining: 0 })
    await publish(from, [counted(event, 'bad', 5)])
    await idle([consumer], [relaying])
    expect((await effects(to)).bad).toEqual([1, 2, 3, 4, 5])
    const { rows } = await to.query(
      'select operator, replayed, from_sequence, to_sequence, problem from es.unparked order by id',
    )
    expect(rows).toEqual([
      { operator: 'An Peeters', replayed: 0, from_sequence: null, to_sequence: null, problem: 'cannot digest' },
      { operator: 'An Peeters', replayed: 3, from_sequence: '2', to_sequence: '4', problem: null },
    ])
  })
}

function placeTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, consume, effects, sendRaw, idle, parkedOf } = world

  it(`${name}: stops a key at a gap and goes on only when somebody accepts that messages are missing`, async () => {
    const [event, to] = [await freshEvent(), await serviceDatabase()]
    const consumer = await consume(event, to)
    await sendRaw(event, 'k', 1)
    await sendRaw(event, 'k', 3)
    await sendRaw(event, 'k', 4)
    await sendRaw(event, 'free', 1)
    await idle([consumer])
    expect(await effects(to)).toEqual({ free: [1], k: [1] })
    expect(consumer.counters()).toMatchObject({ gaps: 1, parked: 2 })
    const place = { topic: event.topic, key: 'k', operator: 'Jan Claes' }
    expect((await consumer.unpark(place)).problem).toMatch(/messages 2 to 2 are missing/)
    expect(await consumer.unpark({ ...place, acceptGap: true })).toEqual({ replayed: 2, remaining: 0 })
    expect((await effects(to)).k).toEqual([1, 3, 4])
  })

  it(`${name}: skips types it does not know, parks broken data, and keeps a message that has no place`, async () => {
    const [event, to] = [await freshEvent(), await serviceDatabase()]
    const consumer = await consume(event, to)
    await sendRaw(event, 'new', 1, { ce_type: 'be.ziv.spec.v9.things.notify.later' })
    await sendRaw(event, 'new', 2, {}, JSON.stringify({ n: 2, addedLater: true }))
    await sendRaw(event, 'broken', 1, {}, JSON.stringify({ n: 'one' }))
    await sendRaw(event, 'notJson', 1, {}, '{"n": 1')
    await sendRaw(event, 'lost', 1, { ce_sequence: 'first' })
    await sendRaw(event, 'lost', 1)
    await idle([consumer])
    expect(await effects(to)).toEqual({ lost: [1], new: [2] })
    expect(consumer.counters()).toMatchObject({ unknownTypes: 1, handled: 2 })
    expect((await parkedOf(to)).map((row) => [row.key, row.reason])).toEqual([
      ['broken', 'schema'],
      ['lost', 'envelope'],
      ['notJson', 'schema'],
    ])
  })
}

function restTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, note, relay, consume, effects, sendRaw, idle } = world

  it(`${name}: tries again what fails for a passing reason, without parking anything`, async () => {
    const [event, to] = [await freshEvent(), await serviceDatabase()]
    let failures = 0
    const consumer = await consume(event, to, async (tx, events) => {
      failures += 1
      if (failures <= 3) throw Object.assign(new Error('come back later'), { retriable: true })
      await note(tx, events)
    })
    await sendRaw(event, 'k', 1)
    await idle([consumer])
    expect(await effects(to)).toEqual({ k: [1] })
    expect(consumer.counters()).toMatchObject({ retries: 3, parked: 0 })
  })

  it(`${name}: is idle only after a chain of services has come to rest`, async () => {
    const [first, second] = [await freshEvent(), await freshEvent()]
    const [a, b, c] = [await serviceDatabase(), await serviceDatabase(), await serviceDatabase()]
    const relays = [await relay(a), await relay(b)]
    const reacting = await consume(first, b, async (tx, events) => {
      await sleep(20)
      await publish(
        tx,
        (events as readonly Counted[]).map((event) => counted(second, event.key, event.data.n)),
      )
    })
    const last = await consume(second, c)
    for (let n = 1; n <= 5; n++) {
      await publish(a, [counted(first, 'k', n)])
      await idle([reacting, last], relays)
      expect((await effects(c)).k).toHaveLength(n)
    }
  })

  it(`${name}: deletes relayed rows after their retention and never one that still waits`, async () => {
    const [event, from] = [await freshEvent(), await serviceDatabase()]
    const relaying = await relay(from)
    await publish(
      from,
      [1, 2, 3].map((n) => counted(event, 'k', n)),
    )
    await idle([], [relaying])
    await relaying.stop()
    await publish(from, [counted(event, 'k', 4)])
    expect(await pruneOutbox(from, { processor: relayProcessor })).toBe(0)
    await from.query(`update es.outbox set created_at = now() - interval '15 days'`)
    expect(await pruneOutbox(from, { processor: relayProcessor })).toBe(3)
    expect((await from.query('select sequence from es.outbox')).rows).toEqual([{ sequence: '4' }])
  })
}

/** What outbox, relay, log and consumer must do together, on any driver. */
export function pipelineContract(name: string, openHarness: () => Promise<PipelineHarness>): void {
  describe(`${name} pipeline`, () => {
    const world = new PipelineWorld()
    beforeAll(async () => {
      world.harness = await openHarness()
    })
    afterAll(() => world.end())
    relayTests(name, world)
    parkingTests(name, world)
    placeTests(name, world)
    restTests(name, world)
    restoreTests(name, world)
    proofTests(name, world)
    toldTests(name, world)
  })
}
