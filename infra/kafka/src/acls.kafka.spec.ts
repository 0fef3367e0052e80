import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKafkaDriver, type IncomingMessage, loadTopics, type MessagingDriver } from '@ziv/messaging'
import kafkajs from 'kafkajs'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { generateAcls, groupPrefixOf, principalsOf } from './acls.ts'
import { type RunningKafka, startKafka } from './start-kafka.ts'

const insurers = ['300', '500']
const topics = loadTopics(insurers)
const passwordOf = (principal: string): string => `secret-of-${principal}`
const mechanism = 'scram-sha-512'

describe.skipIf(inject('zivKafkaBrokers') === null)('access lists of the topics (needs a broker)', () => {
  let folder: string
  let broker: RunningKafka
  const drivers: MessagingDriver[] = []

  const driverOf = (principal: string): MessagingDriver => {
    const driver = createKafkaDriver({
      brokers: broker.brokers,
      clientId: principal,
      sasl: { mechanism, username: principal, password: passwordOf(principal) },
    })
    drivers.push(driver)
    return driver
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ziv-acl-'))
    const users = Object.fromEntries(principalsOf(topics).map((name) => [name, passwordOf(name)]))
    broker = await startKafka({ dataDir: join(folder, 'broker'), sasl: true, users, heapMb: 384 })
    const adminDriver = createKafkaDriver({ brokers: broker.brokers, clientId: 'admin', sasl: broker.adminSasl! })
    await adminDriver.ensureTopics(topics)
    await adminDriver.close()
    const admin = new kafkajs.Kafka({
      brokers: [...broker.brokers],
      clientId: 'admin',
      sasl: broker.adminSasl!,
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin()
    await admin.connect()
    await admin.createAcls({ acl: generateAcls(topics) })
    await admin.disconnect()
    // the controller has them; the broker follows a moment later
    await vi.waitFor(() => sendAs('ziv-riziv', 'ziv.riziv.distribution.v1', 'ready'), {
      timeout: 10_000,
      interval: 100,
    })
  })
  afterAll(async () => {
    await Promise.all(drivers.map((driver) => driver.close()))
    await broker?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const sendAs = async (principal: string, topic: string, value: string): Promise<void> => {
    const producer = await driverOf(principal).producer('spec')
    await producer.send([{ topic, key: 'person', headers: {}, value }])
  }
  /** Without the idempotent producer, so that the topic itself must refuse. */
  const sendPlainAs = async (principal: string, topic: string): Promise<void> => {
    const producer = new kafkajs.Kafka({
      brokers: [...broker.brokers],
      clientId: principal,
      sasl: { mechanism, username: principal, password: passwordOf(principal) },
      logLevel: kafkajs.logLevel.NOTHING,
    }).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, allowAutoTopicCreation: false })
    await producer.connect()
    await producer.send({ topic, messages: [{ key: 'person', value: 'forged' }] }).finally(() => producer.disconnect())
  }
  const readAs = async (principal: string, names: string[], group = groupPrefixOf(principal)): Promise<string[]> => {
    const seen: IncomingMessage[] = []
    const subscription = await driverOf(principal).subscribe({
      groupId: `${group}spec`,
      topics: names,
      onBatch: async (messages) => void seen.push(...messages),
    })
    for (let i = 0; i < 100 && seen.length < names.length; i++) await new Promise((done) => setTimeout(done, 50))
    await subscription.stop()
    return seen.map((message) => message.value).sort()
  }

  const topicsOf = (insurer: string): string[] =>
    topics.map((topic) => topic.name).filter((name) => name.startsWith(`ziv.${insurer}.`))

  it('let the owner of a topic write it, and the landsbond read all topics of its own', async () => {
    for (const insurer of insurers) {
      for (const name of topicsOf(insurer)) {
        const owner = topics.find((topic) => topic.name === name)!.write[0]!
        await sendAs(owner, name, name)
      }
    }
    expect(await readAs('landsbond-300', topicsOf('300'))).toEqual(topicsOf('300').sort())
  })

  it('refuse a landsbond every topic of another', async () => {
    for (const name of topicsOf('500')) {
      await expect(readAs('landsbond-300', [name]), name).rejects.toThrow(/not authorized/i)
    }
  })

  it('refuse a landsbond to produce, on foreign topics and on its own', async () => {
    for (const name of [...topicsOf('300'), ...topicsOf('500')]) {
      await expect(sendPlainAs('landsbond-300', name), name).rejects.toThrow(/not authorized to access topics/i)
      await expect(sendAs('landsbond-300', name, 'forged'), name).rejects.toThrow(/authoriz/i)
    }
  })

  it('refuse a service to write a topic that another service owns', async () => {
    await expect(sendAs('ziv-rights-300', 'ziv.300.affiliation.v1', 'forged')).rejects.toThrow(/not authorized/i)
    await expect(sendAs('ziv-affiliation-500', 'ziv.300.affiliation.v1', 'forged')).rejects.toThrow(/not authorized/i)
  })

  it('refuse the group of somebody else, and a wrong password', async () => {
    await expect(readAs('landsbond-300', topicsOf('300'), 'landsbond-500.')).rejects.toThrow(
      /not authorized|find group coordinator/i,
    )
    const stranger = createKafkaDriver({
      brokers: broker.brokers,
      clientId: 'stranger',
      sasl: { mechanism, username: 'landsbond-300', password: 'guessed' },
    })
    await expect(stranger.ensureTopics(topics)).rejects.toThrow(/authentication/i)
    await stranger.close()
  })
})
