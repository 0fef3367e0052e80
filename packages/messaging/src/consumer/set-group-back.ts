import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@ziv/postgres'
import { GroupInUse } from '../group-in-use.ts'
import type { MessagingLogger } from '../logger.ts'
import type { MessagingDriver, PartitionLag } from '../types.ts'
import { forgetTakenIn, partitionName, readTakenIn, type TakenIn } from './taken-in.ts'

/** A consumer by its group at the log and by its own database. */
export interface PlacedConsumer {
  readonly driver: MessagingDriver
  /** The service's own database, migrated with `consumerMigrations`. */
  readonly database: Database
  /** The name under which the database keeps what is consumed. */
  readonly name: string
  readonly groupId: string
  readonly topics: readonly string[]
}

/** A member that was killed counts as alive until its lease, or its session at the broker, has run out. */
const PATIENCE_MS = 45_000

const earlier = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const later = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** The committed offset of the group, or what the database took in where that is less. */
function placeOf(lag: PartitionLag, takenIn: TakenIn): bigint {
  const own = later(BigInt(lag.start), takenIn.get(partitionName(lag)) ?? 0n)
  return earlier(BigInt(lag.committed), own)
}

/**
 * How far a consumer is behind, per partition in messages, by what its own database took in: the committed offset of its group
 * alone says nothing after that database was set back.
 */
export async function consumerLag({
  driver,
  database,
  name,
  groupId,
  topics,
}: PlacedConsumer): Promise<PartitionLag[]> {
  // the group first: a database is never behind what its group committed before
  const lags = await driver.lag(groupId, topics)
  const takenIn = await readTakenIn(database, name)
  return lags.map((lag) => {
    const place = placeOf(lag, takenIn)
    return { ...lag, committed: String(place), lag: Number(later(0n, BigInt(lag.end) - place)) }
  })
}

/**
 * Sets the group of a consumer back to what its database took in, before it reads: a database that was restored to an earlier moment
 * would otherwise never see the messages after it. What is read twice is dropped by its sequence. Throws `GroupInUse` when
 * another process of the service goes on reading meanwhile.
 *
 * @returns how many partitions went back
 */
export async function setGroupBack(consumer: PlacedConsumer, logger: MessagingLogger): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS
  await forgetOtherLog(consumer)
  for (;;) {
    const lags = await consumer.driver.lag(consumer.groupId, consumer.topics)
    const takenIn = await readTakenIn(consumer.database, consumer.name)
    const ahead = lags.filter((lag) => placeOf(lag, takenIn) < BigInt(lag.committed))
    if (ahead.length === 0) return 0
    try {
      const places = ahead.map((lag) => ({ ...lag, offset: String(placeOf(lag, takenIn)) }))
      await consumer.driver.setBack(consumer.groupId, places)
      logger.warn(
        { consumer: consumer.name, partitions: ahead.length },
        'the database took in less than its group read: it was set back, and so is the group',
      )
      return ahead.length
    } catch (error) {
      // who is starting beside this one may have set it back meanwhile: look again
      if (!(error instanceof GroupInUse) || Date.now() > deadline) throw error
    }
    await sleep(1_000)
  }
}

/** A place behind the end of its partition was counted in a log that is gone: nothing of this one is known to be taken in. */
async function forgetOtherLog({ driver, database, name, groupId, topics }: PlacedConsumer): Promise<void> {
  // places first: an end that is read later is never before them
  const takenIn = await readTakenIn(database, name)
  if (takenIn.size === 0) return
  const lags = await driver.lag(groupId, topics)
  const gone = lags.filter((lag) => (takenIn.get(partitionName(lag)) ?? 0n) > BigInt(lag.end))
  if (gone.length > 0) await forgetTakenIn(database, name, gone)
}
