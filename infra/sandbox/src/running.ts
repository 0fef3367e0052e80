import { catalog } from '@ziv/contracts'
import { countOutbox } from '@ziv/event-store'
import {
  type ConsumerDefinition,
  consumerLag,
  type MessagingDriver,
  type RunningConsumer,
  type RunningRelay,
  relayProcessor,
  startConsumer,
  startRelay,
} from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { MeteredService } from '@ziv/service'
import type { Logger } from 'pino'

/** A relay as seen from outside: also one that runs in another process. */
export type ObservedRelay = Pick<RunningRelay, 'service' | 'pending' | 'wake'>
export type ObservedConsumer = Pick<RunningConsumer, 'name' | 'lag'>

/** The moving parts of all services: what carries events out, and what takes them in. */
export interface Movement {
  readonly relays: readonly ObservedRelay[]
  readonly consumers: readonly ObservedConsumer[]
  /** What of it runs in this process, for its metrics. */
  readonly metered: readonly MeteredService[]
  stop(): Promise<void>
}

export interface MovingService {
  readonly name: string
  readonly database: Database
  readonly consumers: readonly ConsumerDefinition[]
}

/** Starts the relays and consumers of all services; when one cannot start, those that run are stopped again. */
export async function startMovement(
  services: readonly MovingService[],
  driver: MessagingDriver,
  logger: Logger,
): Promise<Movement> {
  const relays: RunningRelay[] = []
  const consumers: RunningConsumer[] = []
  const metered: MeteredService[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(consumers.map((consumer) => consumer.stop()))
    await Promise.all(relays.map((relay) => relay.stop()))
  }
  try {
    for (const { name, database, consumers: definitions } of services) {
      const relay = await startRelay({ service: name, database, driver, logger })
      relays.push(relay)
      const own: RunningConsumer[] = []
      metered.push({ name, database, relay, consumers: own })
      for (const definition of definitions) {
        const context = { service: name, database, driver, logger, catalog }
        const consumer = await startConsumer(definition, context)
        own.push(consumer)
        consumers.push(consumer)
      }
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { relays, consumers, metered, stop }
}

/** Looks at relays and consumers without being one: for proofs beside a running sandbox, or after it ended. */
export function observeMovement(services: readonly MovingService[], driver: MessagingDriver): Movement {
  return {
    relays: services.map(({ name, database }) => ({
      service: name,
      pending: () => countOutbox(database, relayProcessor),
      wake: () => undefined,
    })),
    consumers: services.flatMap(({ consumers, database }) =>
      consumers.map(({ name, topics }) => ({
        name,
        lag: () => consumerLag({ driver, database, name, groupId: name, topics }),
      })),
    ),
    metered: [],
    stop: () => Promise.resolve(),
  }
}
