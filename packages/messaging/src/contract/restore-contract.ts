import { randomUUID } from 'node:crypto'
import type { Database } from '@ziv/postgres'
import { expect, it } from 'vitest'
import { consumerLag } from '../consumer/set-group-back.ts'
import { startConsumer } from '../consumer/start-consumer.ts'
import { catalogOf } from './counted-event.ts'
import type { PipelineWorld } from './pipeline-world.ts'

const lagOf = (lags: readonly { readonly lag: number }[]): number => lags.reduce((sum, { lag }) => sum + lag, 0)

/** A consumer whose database was restored to an earlier moment, while its log lived on. */
function restoredConsumerTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, note, effects, sendRaw, idle, parkedOf } = world

  it(`${name}: begins again from what a restored database took in, and not from where its group was`, async () => {
    const [event, backup, lived] = [await freshEvent(), await serviceDatabase(), await serviceDatabase()]
    const definition = { name: `spec.${randomUUID()}`, topics: [event.topic], handle: note }
    const context = { service: 'spec', driver: world.driver, catalog: catalogOf(event) }
    const takeIn = async (database: Database) => {
      const consumer = await startConsumer(definition, { ...context, database })
      await idle([consumer])
      await consumer.stop()
      return consumer.counters()
    }
    await sendRaw(event, 'before', 1)
    await takeIn(backup)
    // of keys that the backup knows, of keys that it has never heard of, and of partitions where it read nothing
    const later = ['before', ...Array.from({ length: 12 }, (_, i) => `later-${i}`)]
    for (const key of later) await sendRaw(event, key, key === 'before' ? 2 : 1)
    await takeIn(lived)

    const placed = { driver: world.driver, database: backup, name: definition.name, groupId: definition.name }
    expect(lagOf(await world.driver.lag(definition.name, [event.topic]))).toBe(0)
    expect(lagOf(await consumerLag({ ...placed, topics: [event.topic] }))).toBe(13)
    expect(await takeIn(backup)).toMatchObject({ handled: 13, parked: 0, gaps: 0 })
    expect(await effects(backup)).toEqual(await effects(lived))
    expect(await parkedOf(backup)).toEqual([])
    // and once it is there, nothing is read again
    expect(await takeIn(backup)).toMatchObject({ handled: 0, duplicates: 0 })
  })

  it(`${name}: says which group cannot be set back because somebody reads in its name`, async () => {
    const [event, lived] = [await freshEvent(), await serviceDatabase()]
    const consumer = await world.consume(event, lived)
    await sendRaw(event, 'k', 1)
    await idle([consumer])
    const place = { topic: event.topic, partition: 0, offset: '0' }
    await expect(world.driver.setBack(consumer.name, [place])).rejects.toThrow(/stop every process of the service/)
  })
}

/** A producer whose database was restored to an earlier moment, and whose epoch was raised. */
function restoredProducerTests(name: string, world: PipelineWorld): void {
  const { serviceDatabase, freshEvent, consume, effects, sendRaw, idle, parkedOf } = world
  const told = (n: number): string => JSON.stringify({ n })

  it(`${name}: takes what a higher epoch tells under numbers that it saw before`, async () => {
    const [event, to] = [await freshEvent(), await serviceDatabase()]
    const consumer = await consume(event, to)
    for (const sequence of [1, 2, 3]) await sendRaw(event, 'k', sequence)
    await sendRaw(event, 'k', 2, { ce_epoch: '2' }, told(22))
    await sendRaw(event, 'k', 2, { ce_epoch: '2' }, told(22))
    await sendRaw(event, 'k', 3, { ce_epoch: '2' }, told(33))
    await sendRaw(event, 'on', 1)
    await sendRaw(event, 'on', 2, { ce_epoch: '2' })
    await sendRaw(event, 'lost', 1)
    await sendRaw(event, 'lost', 3, { ce_epoch: '2' })
    await idle([consumer])
    expect(await effects(to)).toEqual({ k: [1, 2, 3, 22, 33], lost: [1], on: [1, 2] })
    expect(consumer.counters()).toMatchObject({ duplicates: 1 })
    expect((await parkedOf(to)).map((row) => [row.key, row.reason])).toEqual([['lost', 'gap']])
  })

  it(`${name}: stops a key that an older epoch goes on to tell of, and reads an older epoch again without a stop`, async () => {
    const [event, to] = [await freshEvent(), await serviceDatabase()]
    const consumer = await consume(event, to)
    for (const sequence of [1, 2, 3]) await sendRaw(event, 'k', sequence)
    await sendRaw(event, 'k', 1, { ce_epoch: '2' }, told(11))
    await idle([consumer])
    await consumer.stop()
    const [place] = (await world.driver.lag(consumer.name, [event.topic])).filter(({ end }) => end !== '0')
    await world.driver.setBack(consumer.name, [{ ...place!, offset: '0' }])
    const again = await consume(event, to, world.note, () => {}, consumer.name)
    await idle([again])
    expect(again.counters()).toMatchObject({ duplicates: 4, parked: 0 })
    await sendRaw(event, 'k', 4)
    await idle([again])
    expect(await effects(to)).toEqual({ k: [1, 2, 3, 11] })
    expect((await parkedOf(to)).map((row) => [row.key, row.reason])).toEqual([['k', 'epoch']])
  })
}

/** What a restore of either side of a topic must not lose, on any driver. */
export function restoreTests(name: string, world: PipelineWorld): void {
  restoredConsumerTests(name, world)
  restoredProducerTests(name, world)
}
