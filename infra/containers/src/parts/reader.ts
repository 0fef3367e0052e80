import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { addressOf, containerOf, type World } from '../world.ts'

const SETTLE_MS_MAX = 10_000
const READ_MS_MAX = 20_000

/** A client at the listener that the compose file publishes; without a password it does not sign in. */
function clientOf(world: World, username: string, password: string | null): kafkajs.Kafka {
  return new kafkajs.Kafka({
    clientId: 'try-containers',
    brokers: [`${addressOf(world, 'kafka')}:29092`],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    retry: { retries: 1 },
    ...(password !== null && { sasl: { mechanism: 'scram-sha-512', username, password } }),
  })
}

const passwordOf = (world: World): string => containerOf(world, 'kafka').environment.ZIV_KAFKA_PASSWORD ?? ''

/** Partitions of a topic as a reader outside sees them; `guess` stands for the password, null for none. Throws when it is refused. */
export async function partitionsSeen(
  world: World,
  username: string,
  topic: string,
  guess: string | null = passwordOf(world),
): Promise<number> {
  const admin = clientOf(world, username, guess).admin()
  try {
    await admin.connect()
    return (await admin.fetchTopicOffsets(topic)).length
  } finally {
    await admin.disconnect()
  }
}

/** Sends one message, as a user of the broker. Throws when it is refused. */
export async function sendAs(world: World, username: string, topic: string, message: kafkajs.Message): Promise<void> {
  const { DefaultPartitioner: createPartitioner } = kafkajs.Partitioners
  const producer = clientOf(world, username, passwordOf(world)).producer({ createPartitioner })
  try {
    await producer.connect()
    await producer.send({ topic, messages: [message] })
  } finally {
    await producer.disconnect()
  }
}

/** Waits until a topic holds a message with that key, as the reader of a landsbond. Throws when none comes in time. */
export async function awaitMessage(world: World, username: string, topic: string, key: string): Promise<void> {
  const consumer = clientOf(world, username, passwordOf(world)).consumer({ groupId: `${username}.try-containers` })
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await new Promise<void>((found, failed) => {
      const late = setTimeout(() => failed(new Error(`${username} found nothing of ${key} in ${topic}`)), READ_MS_MAX)
      const eachMessage = async ({ message }: kafkajs.EachMessagePayload): Promise<void> => {
        if (message.key?.toString() !== key) return
        clearTimeout(late)
        found()
      }
      consumer.run({ eachMessage }).catch(failed)
    })
  } finally {
    await consumer.disconnect()
  }
}

/** The controller has the access list at once, the broker follows a moment later. */
export async function settled<T>(attempt: () => Promise<T>): Promise<T> {
  const end = performance.now() + SETTLE_MS_MAX
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > end) throw error
      await sleep(200)
    }
  }
}

/** Throws when the attempt is let through, or refused for another reason. */
export async function refused(attempt: () => Promise<unknown>, why: RegExp): Promise<void> {
  const error = await attempt().then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  )
  if (error === undefined || !why.test(error.message)) {
    throw new Error(`a reader was not refused as it should be: ${error?.message ?? 'it was let in'}`)
  }
}
