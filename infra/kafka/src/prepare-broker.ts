import type { DeclaredTopic } from '@ziv/messaging'
import { createKafkaDriver, type KafkaDriverOptions } from '@ziv/messaging'
import kafkajs from 'kafkajs'
import { generateAcls } from './acls.ts'

/** Principals when each service runs once for all insurers: `ziv-rights-300` is `ziv-rights`. Readers of insurers stay apart. */
export function asOneCell(topics: readonly DeclaredTopic[]): DeclaredTopic[] {
  const once = (names: readonly string[]): string[] => [
    ...new Set(names.map((name) => name.replace(/^(ziv-[a-z]+)-\d+$/, '$1'))),
  ]
  return topics.map((topic) => ({ ...topic, write: once(topic.write), read: once(topic.read) }))
}

/** Brings a broker to what the declaration says: missing topics are made, the access list is added. Repeating it changes nothing. */
export async function prepareBroker(
  topics: readonly DeclaredTopic[],
  connection: Pick<KafkaDriverOptions, 'brokers' | 'ssl' | 'sasl'>,
): Promise<{ readonly topics: number; readonly entries: number }> {
  const driver = createKafkaDriver({ ...connection, clientId: 'ziv-prepare' })
  await driver.ensureTopics(topics).finally(() => driver.close())
  if (connection.sasl === undefined) return { topics: topics.length, entries: 0 }
  const { brokers, ssl, sasl } = connection
  const kafka = new kafkajs.Kafka({
    clientId: 'ziv-prepare',
    brokers: [...brokers],
    sasl,
    ...(ssl !== undefined && { ssl }),
  })
  const admin = kafka.admin()
  await admin.connect()
  try {
    const acl = generateAcls(topics)
    await admin.createAcls({ acl })
    return { topics: topics.length, entries: acl.length }
  } finally {
    await admin.disconnect()
  }
}
