import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KafkaUnavailable, kafkaClassPath } from '@ziv/kafka'
import kafkajs from 'kafkajs'
import { rewriteBroker } from '../places.ts'
import { CannotTry } from '../report.ts'
import {
  addressOf,
  containerOf,
  environmentOf,
  expectSame,
  listens,
  ownEnvironmentOf,
  rootFolder,
  type World,
} from '../world.ts'

const SETTLE_MS_MAX = 10_000

/** The tools that start.sh calls, made from the jars as Maven brings them: the image holds the same classes behind longer scripts. */
async function makeHome(home: string, classPath: string): Promise<void> {
  const tools = { 'kafka-storage.sh': 'kafka.tools.StorageTool', 'kafka-server-start.sh': 'kafka.Kafka' }
  await mkdir(join(home, 'bin'), { recursive: true })
  for (const [name, main] of Object.entries(tools)) {
    const file = join(home, 'bin', name)
    await writeFile(file, `#!/bin/sh\nexec java $KAFKA_HEAP_OPTS -cp '${classPath}' ${main} "$@"\n`)
    await chmod(file, 0o755)
  }
}

/** Runs infra/compose/kafka/start.sh as it is, on server.properties with the places of this machine, until the health check holds. */
export async function tryKafka(world: World): Promise<string> {
  const classPath = await kafkaClassPath().catch((error: unknown) => {
    throw error instanceof KafkaUnavailable ? new CannotTry(error.message) : error
  })
  const folder = join(world.folder, 'kafka')
  await makeHome(join(folder, 'home'), classPath)
  const written = await readFile(join(rootFolder, 'infra/compose/kafka/server.properties'), 'utf8')
  const settings = join(folder, 'server.properties')
  await writeFile(settings, rewriteBroker(written, world.places, 'kafka', join(folder, 'data')))
  const container = containerOf(world, 'kafka')
  const [shell = '', ...script] = container.entrypoint.map((word) =>
    word.replace('/etc/ziv', join(rootFolder, 'infra/compose/kafka')),
  )
  const broker = world.processes.start({
    ...{ name: 'kafka', command: shell, arguments: script, folder },
    environment: {
      ...environmentOf(world, 'kafka'),
      KAFKA_HOME: join(folder, 'home'),
      KAFKA_SETTINGS: settings,
      KAFKA_PROPERTIES: join(folder, 'running.properties'),
    },
  })
  const startedMs = performance.now()
  const address = addressOf(world, 'kafka')
  for (const port of [9092, 29092]) await broker.until(() => listens(address, port), container.healthLimitMs)
  const version = /Kafka version: (\S+)/.exec(broker.log)?.[1] ?? 'unknown'
  expectSame('version', version, container.image.split(':')[1])
  const took = ((performance.now() - startedMs) / 1_000).toFixed(1)
  return `Kafka ${version} by start.sh, both listeners open after ${took} s of the ${container.healthLimitMs / 1_000} s that the health check gives`
}

/** Runs the one-shot job that makes topics and access lists, twice: the second time has to find everything there. */
export async function tryTopics(world: World): Promise<string> {
  const { command } = containerOf(world, 'topics')
  const once = {
    ...{ command: process.execPath, arguments: command.slice(1), folder: world.image },
    environment: await ownEnvironmentOf(world, 'topics'),
  }
  const said = (await world.processes.run({ name: 'topics', ...once })).trim()
  const again = (await world.processes.run({ name: 'topics-again', ...once })).trim()
  expectSame('the job once more', again.split('\n').at(-1), said.split('\n').at(-1))
  const own = await settled(() => endOf(world, 'landsbond-300', 'ziv.300.rights.v1'))
  expectSame('partitions that landsbond-300 sees of its own topic', own, 8)
  await refused(() => endOf(world, 'landsbond-300', 'ziv.100.rights.v1'), /not authorized/i)
  await refused(() => endOf(world, 'landsbond-300', 'ziv.300.rights.v1', 'guessed'), /authentication/i)
  await refused(() => endOf(world, 'landsbond-300', 'ziv.300.rights.v1', null), /./)
  return `${said.split('\n').at(-1)}; landsbond-300 reads its own topic and is refused that of another, a wrong password and none`
}

/** Partitions of a topic as a reader outside sees them, at the listener that the compose file publishes. */
async function endOf(world: World, username: string, topic: string, guess?: string | null): Promise<number> {
  const password = guess === undefined ? (containerOf(world, 'kafka').environment.ZIV_KAFKA_PASSWORD ?? '') : guess
  const kafka = new kafkajs.Kafka({
    clientId: 'try-containers',
    brokers: [`${addressOf(world, 'kafka')}:29092`],
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 3_000,
    requestTimeout: 5_000,
    retry: { retries: 1 },
    ...(password !== null && { sasl: { mechanism: 'scram-sha-512', username, password } }),
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    return (await admin.fetchTopicOffsets(topic)).length
  } finally {
    await admin.disconnect()
  }
}

/** The controller has the access list at once, the broker follows a moment later. */
async function settled<T>(attempt: () => Promise<T>): Promise<T> {
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

async function refused(attempt: () => Promise<unknown>, why: RegExp): Promise<void> {
  const error = await attempt().then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  )
  if (error === undefined || !why.test(error.message)) {
    throw new Error(`a reader was not refused as it should be: ${error?.message ?? 'it was let in'}`)
  }
}
