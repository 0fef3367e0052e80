import { join } from 'node:path'
import { type FoundBroker, findBroker } from '@ziv/kafka'
import type { World } from './world.ts'

/** A real broker, or why there is none. */
export type BrokerOrReason = { readonly broker: FoundBroker } | { readonly reason: string }

const found = new WeakMap<World, Promise<BrokerOrReason>>()

/** One broker for the whole run: the one given by KAFKA_BROKERS, a container, or Kafka on this machine's JVM. */
export function brokerOf(world: World): Promise<BrokerOrReason> {
  const known = found.get(world)
  if (known !== undefined) return known
  const made = findBroker(join(world.folder, 'kafka')).then(
    (broker): BrokerOrReason => {
      world.onStop(() => broker.stop())
      return { broker }
    },
    (error: Error): BrokerOrReason => ({ reason: error.message.split('\n')[0]! }),
  )
  found.set(world, made)
  return made
}
