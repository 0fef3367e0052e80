import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { IncomingMessage, MessagingDriver, OutgoingMessage, SubscribeOptions, Subscription } from '../types.ts'
import type { MemberOrder, MemberTarget } from './member.ts'

export interface DriverHarness {
  /** A new driver on the same log: what a restarted process would make. */
  open(): MessagingDriver
  /** How a member in another process gets there. */
  readonly target: MemberTarget
  dispose(): Promise<void>
}

/** One message with the least of headers. */
export const message = (topic: string, key: string, value: string): OutgoingMessage => ({
  topic,
  key,
  value,
  headers: { ce_type: 'contract', 'content-type': 'application/json' },
})

/** Waits for a state of the world, at most `timeoutMs`. */
export async function until(done: () => boolean | Promise<boolean>, what: string, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`timed out: ${what}`)
    await sleep(10)
  }
}

/** Messages a group has still to read in a topic. */
export const lagOf = async (driver: MessagingDriver, groupId: string, topic: string): Promise<number> =>
  (await driver.lag(groupId, [topic])).reduce((sum, partition) => sum + partition.lag, 0)

/** A group member in a process of its own. */
export async function startMember(order: MemberOrder, heard: (value: string) => void): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./member.ts', import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = Promise.withResolvers<void>()
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const said = JSON.parse(line) as 'ready' | { value: string }
    if (said === 'ready') ready.resolve()
    else heard(said.value)
  })
  await ready.promise
  return child
}

/** What the tests of the contract share: one harness, one driver, fresh topics. */
export class DriverWorld {
  harness!: DriverHarness
  driver!: MessagingDriver

  readonly freshTopic = async (partitions = 4): Promise<string> => {
    const topic = `contract.${randomUUID()}`
    await this.driver.ensureTopics([{ name: topic, partitions }])
    return topic
  }
  readonly send = async (messages: readonly OutgoingMessage[]): Promise<void> => {
    const producer = await this.driver.producer('contract')
    await producer.send(messages)
    await producer.close()
  }
  readonly collect = async (
    topic: string,
    options: Partial<SubscribeOptions> = {},
    on: MessagingDriver = this.driver,
  ): Promise<{ seen: IncomingMessage[]; subscription: Subscription; groupId: string }> => {
    const seen: IncomingMessage[] = []
    const groupId = options.groupId ?? `group.${randomUUID()}`
    const onBatch = async (batch: readonly IncomingMessage[]): Promise<void> => {
      seen.push(...batch)
    }
    const subscription = await on.subscribe({ topics: [topic], onBatch, ...options, groupId })
    return { seen, subscription, groupId }
  }
  readonly numbered = (topic: string, count: number, keys: number): OutgoingMessage[] =>
    Array.from({ length: count }, (_, i) => message(topic, `key-${i % keys}`, String(i)))
}
