import { createDatabase } from '@ziv/postgres'
import { createEmbeddedDriver } from '../embedded/embedded-driver.ts'
import { createKafkaDriver } from '../kafka/kafka-driver.ts'
import type { MessagingDriver } from '../types.ts'

/** What a member in its own process connects to. */
export type MemberTarget =
  | { readonly kind: 'embedded'; readonly connectionString: string; readonly leaseMs: number }
  | { readonly kind: 'kafka'; readonly brokers: readonly string[]; readonly sessionTimeoutMs: number }

export interface MemberOrder {
  readonly target: MemberTarget
  readonly groupId: string
  readonly topics: readonly string[]
}

function driverOf(target: MemberTarget): MessagingDriver {
  if (target.kind === 'kafka') {
    const { brokers, sessionTimeoutMs } = target
    return createKafkaDriver({ brokers, sessionTimeoutMs, clientId: 'contract-member' })
  }
  const { connectionString, leaseMs } = target
  const database = createDatabase({ connectionString, applicationName: 'contract-member', max: 3 })
  return createEmbeddedDriver({ database, leaseMs })
}

// A member in a process of its own, so that a spec can kill it without a good-bye. It writes one line per message.
const order = JSON.parse(process.argv[2]!) as MemberOrder
await driverOf(order.target).subscribe({
  groupId: order.groupId,
  topics: order.topics,
  onBatch: async (messages) => {
    for (const { key, value } of messages) process.stdout.write(`${JSON.stringify({ key, value })}\n`)
  },
})
process.stdout.write('"ready"\n')
