import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IncomingMessage } from '../types.ts'
import { type DriverHarness, DriverWorld, lagOf, message, startMember, until } from './driver-world.ts'

function orderTests(name: string, world: DriverWorld): void {
  const { freshTopic, send, collect, numbered } = world

  it(`${name}: keeps the order of every key and carries key, headers and value unchanged`, async () => {
    const topic = await freshTopic()
    const { seen, subscription } = await collect(topic)
    const odd = message(topic, 'é✓', JSON.stringify({ text: 'é \u0000 "✓"' }))
    await send([...numbered(topic, 1_000, 17), odd])
    await until(() => seen.length >= 1_001, 'all messages')
    await subscription.stop()
    expect(seen).toHaveLength(1_001)
    for (let k = 0; k < 17; k++) {
      const values = seen.filter((m) => m.key === `key-${k}`).map((m) => Number(m.value))
      expect(values).toEqual([...values].sort((a, b) => a - b))
      expect(new Set(seen.filter((m) => m.key === `key-${k}`).map((m) => m.partition)).size).toBe(1)
    }
    expect(seen.find((m) => m.key === 'é✓')).toMatchObject({ value: odd.value, headers: odd.headers })
  })

  it(`${name}: counts offsets per partition without holes`, async () => {
    const topic = await freshTopic(2)
    await Promise.all([0, 1, 2].map(() => send(numbered(topic, 200, 8))))
    const { seen, subscription } = await collect(topic)
    await until(() => seen.length >= 600, 'all messages')
    await subscription.stop()
    for (const partition of [0, 1]) {
      const offsets = seen.filter((m) => m.partition === partition).map((m) => Number(m.offset))
      expect(offsets).toEqual(offsets.map((_, i) => i))
    }
  })

  it(`${name}: gives a new group everything from the beginning and an old group only what is new, after a restart`, async () => {
    const topic = await freshTopic()
    await send(numbered(topic, 50, 5))
    const first = await collect(topic)
    await until(() => first.seen.length === 50, 'first read')
    await first.subscription.stop()
    await send([message(topic, 'key-1', 'later')])

    const restarted = world.harness.open()
    const again = await collect(topic, { groupId: first.groupId }, restarted)
    const other = await collect(topic, {}, restarted)
    await until(() => again.seen.length >= 1 && other.seen.length >= 51, 'both groups')
    await restarted.close()
    expect(again.seen.map((m) => m.value)).toEqual(['later'])
    expect(other.seen).toHaveLength(51)
  })
}

function readTests(name: string, world: DriverWorld): void {
  const { freshTopic, send, numbered } = world

  it(`${name}: reads what a topic holds as often as it is asked, in order, and nothing of an empty one`, async () => {
    const topic = await freshTopic(2)
    const read = async (): Promise<IncomingMessage[]> => {
      const seen: IncomingMessage[] = []
      await world.driver.read({ topic, group: 'reader' }, async (messages) => void seen.push(...messages))
      return seen
    }
    expect(await read()).toEqual([])
    await send(numbered(topic, 1_200, 7))
    const [first, second] = [await read(), await read()]
    expect(first).toHaveLength(1_200)
    expect(second.map(({ value }) => value).sort()).toEqual(first.map(({ value }) => value).sort())
    for (const partition of [0, 1]) {
      const offsets = second.filter((m) => m.partition === partition).map((m) => Number(m.offset))
      expect(offsets).toEqual(offsets.map((_, i) => i))
    }
  })

  it(`${name}: ends the reading of a topic with what its reader throws`, async () => {
    const topic = await freshTopic(1)
    await send(numbered(topic, 3, 1))
    const refuse = async (): Promise<void> => {
      throw new Error('cannot be read')
    }
    await expect(world.driver.read({ topic, group: 'reader' }, refuse)).rejects.toThrow('cannot be read')
  })
}

function deliveryTests(name: string, world: DriverWorld): void {
  const { freshTopic, send, collect, numbered } = world

  it(`${name}: delivers again what a handler refused, and other partitions go on meanwhile`, async () => {
    const topic = await freshTopic(4)
    let refusals = 0
    const handled: string[] = []
    const { subscription } = await collect(topic, {
      onBatch: async (batch) => {
        if (batch.some((m) => m.key === 'bad') && refusals < 3) {
          refusals += 1
          throw new Error('not now')
        }
        handled.push(...batch.map((m) => m.value))
      },
    })
    await send([message(topic, 'bad', 'bad-1'), message(topic, 'bad', 'bad-2'), ...numbered(topic, 40, 10)])
    await until(() => handled.length >= 42, 'all after refusals')
    await subscription.stop()
    expect(refusals).toBe(3)
    expect(handled.filter((value) => value.startsWith('bad'))).toEqual(['bad-1', 'bad-2'])
    expect(new Set(handled).size).toBe(42)
  })

  it(`${name}: says how far a group is behind`, async () => {
    const topic = await freshTopic()
    await send(numbered(topic, 30, 3))
    const groupId = `group.${randomUUID()}`
    expect(await lagOf(world.driver, groupId, topic)).toBe(30)
    const { subscription } = await collect(topic, { groupId })
    await until(async () => (await lagOf(world.driver, groupId, topic)) === 0, 'lag 0')
    await subscription.stop()
    await send(numbered(topic, 5, 3))
    expect(await lagOf(world.driver, groupId, topic)).toBe(5)
  })
}

function groupTests(name: string, world: DriverWorld): void {
  const { freshTopic, send, collect, numbered } = world

  it(`${name}: divides partitions over members and hands them over when one leaves`, async () => {
    const topic = await freshTopic(8)
    const groupId = `group.${randomUUID()}`
    const second = world.harness.open()
    const a = await collect(topic, { groupId })
    const b = await collect(topic, { groupId }, second)
    const rounds = async (): Promise<void> => {
      await send(numbered(topic, 80, 40))
      await sleep(100)
    }
    await until(async () => {
      await rounds()
      return a.seen.length > 0 && b.seen.length > 0
    }, 'both members receive')
    await b.subscription.stop()
    await until(async () => (await lagOf(world.driver, groupId, topic)) === 0, 'the rest is handled')
    const before = a.seen.length
    await send(numbered(topic, 80, 40))
    await until(() => a.seen.length - before >= 80, 'the one that stayed reads all partitions')
    await second.close()
    await a.subscription.stop()
    expect(a.seen.length - before).toBe(80)
  })

  it(`${name}: takes over the partitions of a member that was killed and loses nothing`, async () => {
    const topic = await freshTopic(8)
    const groupId = `group.${randomUUID()}`
    const values = new Set<string>()
    const onBatch = async (batch: readonly IncomingMessage[]): Promise<void> => {
      for (const { value } of batch) values.add(value)
    }
    const survivor = await world.driver.subscribe({ groupId, topics: [topic], onBatch })
    const fromVictim = new Set<string>()
    const victim = await startMember({ target: world.harness.target, groupId, topics: [topic] }, (value) => {
      values.add(value)
      fromVictim.add(value)
    })
    let sent = 0
    const sendMore = async (): Promise<void> => {
      await send(Array.from({ length: 40 }, () => message(topic, `key-${sent % 40}`, String(sent++))))
      await sleep(50)
    }
    await until(async () => {
      await sendMore()
      return fromVictim.size > 0
    }, 'the other process receives')
    victim.kill('SIGKILL')
    await sendMore()
    await until(() => values.size === sent, 'everything arrived somewhere', 45_000)
    await survivor.stop()
    expect(values.size).toBe(sent)
  })
}

function endTests(name: string, world: DriverWorld): void {
  const { freshTopic, send, collect, numbered } = world

  it(`${name}: finishes an open handler before it stops, and commits it`, async () => {
    const topic = await freshTopic(1)
    let entered = false
    let finished = false
    const { subscription, groupId } = await collect(topic, {
      onBatch: async () => {
        entered = true
        await sleep(300)
        finished = true
      },
    })
    await send(numbered(topic, 3, 1))
    await until(() => entered, 'handler entered')
    await subscription.stop()
    expect(finished).toBe(true)
    expect(await lagOf(world.driver, groupId, topic)).toBe(0)
  })

  it(`${name}: refuses a topic that nobody declared and a topic declared with another width`, async () => {
    const topic = await freshTopic(2)
    await expect(send([message(`nobody.${randomUUID()}`, 'k', 'v')])).rejects.toThrow()
    await expect(world.driver.ensureTopics([{ name: topic, partitions: 4 }])).rejects.toThrow(/cannot change/)
    await expect(world.driver.ensureTopics([{ name: topic, partitions: 2 }])).resolves.toBeUndefined()
  })
}

/** What every driver must do. Run by the specs of both. */
export function driverContract(name: string, openHarness: () => Promise<DriverHarness>): void {
  describe(`${name} driver`, () => {
    const world = new DriverWorld()
    beforeAll(async () => {
      world.harness = await openHarness()
      world.driver = world.harness.open()
    })
    afterAll(async () => {
      await world.driver?.close()
      await world.harness?.dispose()
    })
    orderTests(name, world)
    readTests(name, world)
    deliveryTests(name, world)
    groupTests(name, world)
    endTests(name, world)
  })
}
