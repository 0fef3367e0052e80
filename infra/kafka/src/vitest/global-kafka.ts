import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { brokerEnvironment } from '../config.ts'
import { findBroker } from '../find-broker.ts'
import { messageOf } from '../message-of.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's brokers; null when this machine has none and none is required. */
    zivKafkaBrokers: readonly string[] | null
  }
}

/**
 * One broker for the whole run, found by `findBroker`. Missing is a failure where it is required, else said aloud.
 * @public called by vitest
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-kafka-'))
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const broker = await findBroker(join(folder, 'broker'))
    process.stderr.write(`kafka: ${broker.kind} broker at ${broker.brokers.join()}\n`)
    project.provide('zivKafkaBrokers', broker.brokers)
    return async () => {
      await broker.stop()
      await clear()
    }
  } catch (error) {
    await clear()
    if (brokerEnvironment().required) throw error
    process.stderr.write(`\nskipped: no broker. The Kafka specs did not run. ${messageOf(error)}\n\n`)
    project.provide('zivKafkaBrokers', null)
    return async () => {}
  }
}
