import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KafkaUnavailable, kafkaClassPath } from '@ziv/kafka'
import { rewriteBroker } from '../places.ts'
import type { OwnProcess } from '../processes.ts'
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
import { partitionsSeen, refused, settled } from './reader.ts'

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

/**
 * Starts infra/compose/kafka/start.sh as it is and waits until the health check holds. On the same folder again it finds
 * what it kept, as on a volume.
 */
export async function startBroker(world: World): Promise<OwnProcess> {
  const folder = folderOf(world)
  const container = containerOf(world, 'kafka')
  const [shell = '', ...script] = container.entrypoint.map((word) =>
    word.replace('/etc/ziv', join(rootFolder, 'infra/compose/kafka')),
  )
  const broker = world.processes.start({
    ...{ name: 'kafka', command: shell, arguments: script, folder },
    environment: {
      ...environmentOf(world, 'kafka'),
      KAFKA_HOME: join(folder, 'home'),
      KAFKA_SETTINGS: join(folder, 'server.properties'),
      KAFKA_PROPERTIES: join(folder, 'running.properties'),
    },
  })
  const address = addressOf(world, 'kafka')
  for (const port of [9092, 29092]) await broker.until(() => listens(address, port), container.healthLimitMs)
  return broker
}

const folderOf = (world: World): string => join(world.folder, 'kafka')

/** Prepares what the image has and the compose file mounts, and starts the broker of the version that the image names. */
export async function tryKafka(world: World): Promise<{ seen: string; broker: OwnProcess }> {
  const classPath = await kafkaClassPath().catch((error: unknown) => {
    throw error instanceof KafkaUnavailable ? new CannotTry(error.message) : error
  })
  const folder = folderOf(world)
  await makeHome(join(folder, 'home'), classPath)
  const written = await readFile(join(rootFolder, 'infra/compose/kafka/server.properties'), 'utf8')
  await writeFile(
    join(folder, 'server.properties'),
    rewriteBroker(written, world.places, 'kafka', join(folder, 'data')),
  )
  const startedMs = performance.now()
  const broker = await startBroker(world)
  const took = ((performance.now() - startedMs) / 1_000).toFixed(1)
  const { image, healthLimitMs } = containerOf(world, 'kafka')
  const version = /Kafka version: (\S+)/.exec(broker.log)?.[1] ?? 'unknown'
  expectSame('version', version, image.split(':')[1])
  const limit = healthLimitMs / 1_000
  return {
    seen: `Kafka ${version} by start.sh, both listeners open after ${took} s of the ${limit} s that the health check gives`,
    broker,
  }
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
  const own = await settled(() => partitionsSeen(world, 'landsbond-300', 'ziv.300.rights.v1'))
  expectSame('partitions that landsbond-300 sees of its own topic', own, 8)
  await refused(() => partitionsSeen(world, 'landsbond-300', 'ziv.100.rights.v1'), /not authorized/i)
  await refused(() => partitionsSeen(world, 'landsbond-300', 'ziv.300.rights.v1', 'guessed'), /authentication/i)
  await refused(() => partitionsSeen(world, 'landsbond-300', 'ziv.300.rights.v1', null), /./)
  return `${said.split('\n').at(-1)}; landsbond-300 reads its own topic and is refused that of another, a wrong password and none`
}
