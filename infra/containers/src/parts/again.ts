import type { OwnProcess } from '../processes.ts'
import type { World } from '../world.ts'
import { startBroker } from './kafka.ts'
import { affiliate, isInOrder } from './round.ts'

/**
 * Ends the broker, affiliates a person while it is away, and starts it on the same volume: what was recorded meanwhile has
 * to arrive without anybody doing something.
 */
export async function tryAgain(world: World, broker: OwnProcess): Promise<string> {
  const endedMs = await broker.stop()
  const person = await affiliate(world, '85073000358')
  const startedMs = performance.now()
  await startBroker(world)
  const backMs = performance.now() - startedMs
  const rightsMs = await isInOrder(world, person)
  const [ended, back, heard] = [endedMs, backMs, rightsMs].map((ms) => (ms / 1_000).toFixed(1))
  return `Kafka ended in ${ended} s and was back on its volume in ${back} s; a person affiliated meanwhile is in order ${heard} s later`
}
