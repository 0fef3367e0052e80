import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchProcessor } from '../consumer/batch-processor.ts'
import { catalogOf, countedEvent } from '../contract/counted-event.ts'
import { silentLogger } from '../logger.ts'
import { relayOnce } from '../relay/relay.ts'
import type { ReceivedEvent } from '../types.ts'
import { type Chance, chance } from './chance.ts'
import { MemoryLog, MemoryOutbox, MemoryStore, type MemoryTx } from './memory-world.ts'

const event = countedEvent('sim')

interface Story {
  readonly luck: Chance
  readonly outbox: MemoryOutbox
  readonly log: MemoryLog
  readonly store: MemoryStore
  readonly processor: BatchProcessor
  /** Key -> the number at which its handler always fails. */
  readonly poison: ReadonlyMap<string, number>
  readonly written: Map<string, number>
}

function begin(seed: number): Story {
  const luck = chance(seed)
  const keys = Array.from({ length: 1 + luck.below(6) }, (_, i) => `key-${i}`)
  const poison = new Map(keys.filter(() => luck.often(20)).map((key) => [key, 1 + luck.below(8)]))
  const store = new MemoryStore(luck)
  const handle = async (tx: unknown, events: readonly ReceivedEvent[]): Promise<void> => {
    for (const { key, data } of events as readonly ReceivedEvent<{ n: number }>[]) {
      if (poison.get(key) === data.n) throw new Error('poison')
      if (store.faults && luck.often(5)) throw Object.assign(new Error('deadlock'), { code: '40P01' })
      ;(tx as MemoryTx).effects.push({ key, n: data.n })
    }
  }
  const definition = { name: 'sim', topics: ['sim'], handle }
  const processor = new BatchProcessor({
    definition,
    store,
    catalog: catalogOf(event),
    logger: silentLogger,
    pause: async () => {},
  })
  const written = new Map(keys.map((key) => [key, 0]))
  return { luck, outbox: new MemoryOutbox(), log: new MemoryLog(2, luck), store, processor, poison, written }
}

function write({ luck, outbox, written }: Story): void {
  const keys = [...written.keys()]
  for (let i = luck.below(6); i > 0; i--) {
    const key = keys[luck.below(keys.length)]!
    const n = written.get(key)! + 1
    written.set(key, n)
    outbox.write('sim', key, event.type, JSON.stringify({ n }))
  }
}

/** A relay that may die between send and checkpoint, while another one already leads. */
async function relay({ luck, outbox, log }: Story, faults: boolean): Promise<void> {
  const source = outbox.source()
  const lease = (await source.acquire())!
  if (faults && luck.often(20))
    await relayOnce(outbox.source(), log.producer(true), (await source.acquire())!, 3).catch(() => {})
  const dying = { ...source, save: async () => Promise.reject(new Error('killed after the send')) }
  await relayOnce(faults && luck.often(20) ? dying : source, log.producer(faults), lease, 1 + luck.below(7)).catch(
    () => {},
  )
}

/** Delivers from any partition, from any offset not above the committed one: a rebalance may go back. */
async function deliver({ luck, log, processor }: Story, committed: number[], faults: boolean): Promise<void> {
  const partition = luck.below(log.partitions.length)
  const back = faults && luck.often(20) ? luck.below(5) : 0
  const from = Math.max(0, committed[partition]! - back)
  const batch = log.partitions[partition]!.slice(from, from + 1 + luck.below(9))
  if (batch.length === 0) return
  await processor.process(batch)
  if (!faults || !luck.often(15)) committed[partition] = Math.max(committed[partition]!, from + batch.length)
}

async function play(seed: number): Promise<Story> {
  const story = begin(seed)
  const committed = story.log.partitions.map(() => 0)
  for (let step = 0; step < 25; step++) {
    write(story)
    await relay(story, true)
    await deliver(story, committed, true)
  }
  story.store.faults = false
  while ((await story.outbox.source().pending()) > 0) await relay(story, false)
  while (committed.some((offset, i) => offset < story.log.partitions[i]!.length)) await deliver(story, committed, false)
  return story
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1)

describe('a world of faults', () => {
  it('loses nothing and does nothing twice, whatever breaks between outbox and table', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { store, poison, written } = await play(seed)
        for (const [key, count] of written) {
          const stopsAt = Math.min(poison.get(key) ?? Number.POSITIVE_INFINITY, count + 1)
          const done = store.effects.filter((effect) => effect.key === key).map((effect) => effect.n)
          expect(done, `effects of ${key}`).toEqual(upTo(stopsAt - 1))
          const waiting = [...store.parked.values()]
            .filter(({ read }) => read.message.key === key)
            .map((p) => p.sequence)
          expect(
            waiting.sort((a, b) => a - b),
            `parked of ${key}`,
          ).toEqual(upTo(count).slice(stopsAt - 1))
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('really plays faults: duplicates, retries and parked keys all happen', async () => {
    const totals = { duplicates: 0, retries: 0, parked: 0, handled: 0 }
    for (let seed = 1; seed <= 50; seed++) {
      const { counters } = (await play(seed)).processor
      for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += counters[name]
    }
    expect(Object.entries(totals).filter(([, count]) => count < 100)).toEqual([])
  })
})
