import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningKafka, startKafka } from '@ziv/kafka'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { mainStory } from './main-story.ts'

const OUTAGE_MS = 30_000

describe.skipIf(inject('zivKafkaBrokers') === null)(
  'a broker that is away for half a minute in the middle of the story (needs a JVM)',
  () => {
    let folder: string | null = null
    let broker: RunningKafka | null = null
    let outage: Promise<number> | null = null

    const start = async (port?: number): Promise<RunningKafka> => {
      folder ??= await mkdtemp(join(tmpdir(), 'ziv-outage-story-'))
      const dataDir = join(folder, 'broker')
      return startKafka({ dataDir, heapMb: 384, ...(port === undefined ? {} : { port }) })
    }
    /** Resolves with how long nobody could reach the broker. */
    const away = async (running: RunningKafka): Promise<number> => {
      await running.stop()
      const stopped = performance.now()
      await sleep(OUTAGE_MS)
      broker = await start(running.port)
      return performance.now() - stopped
    }

    // the hook of the story ends its sandbox first: hooks run last in, first out
    afterAll(async () => {
      await broker?.stop()
      if (folder !== null) await rm(folder, { recursive: true, force: true })
    }, 60_000)

    mainStory({
      servers: async () => {
        broker = await start()
        return { postgresUrl: inject('zivPostgresUrl'), kafkaBrokers: broker.brokers }
      },
      // nobody waits for it: the story goes on while the broker goes
      onMonth: (month) => {
        if (month === '2024-03' && broker !== null) outage = away(broker)
      },
    })

    it('really was away, and the story waited for it', async () => {
      expect(await outage).toBeGreaterThanOrEqual(OUTAGE_MS)
    })
  },
)
