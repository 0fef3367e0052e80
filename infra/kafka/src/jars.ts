import { execFile } from 'node:child_process'
import { access, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

const kafkaFolder: string = fileURLToPath(new URL('..', import.meta.url))
const libFolder = join(kafkaFolder, 'lib')
const brokerJar = /^kafka_2\.13-.*\.jar$/

/** What is missing on this machine to run a broker here, and what to do. */
export class KafkaUnavailable extends Error {
  readonly code = 'KAFKA_UNAVAILABLE'
  constructor(detail: string, cause?: unknown) {
    super(`${detail}; install a JVM of 17 or later and Maven, use Docker, or name a broker in KAFKA_BROKERS`, { cause })
    this.name = 'KafkaUnavailable'
  }
}

async function majorVersionOfJava(): Promise<number> {
  // java tells its version on stderr
  const { stderr } = await run('java', ['-version']).catch((cause: unknown) => {
    throw new KafkaUnavailable('no JVM found (java)', cause)
  })
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0)
}

const hasJars = async (): Promise<boolean> =>
  (await readdir(libFolder).catch(() => [])).some((name) => brokerJar.test(name))

/** Fetches the jars of the pom once, into a folder that git ignores; answers the class path. */
export async function kafkaClassPath(): Promise<string> {
  const major = await majorVersionOfJava()
  if (major < 17) throw new KafkaUnavailable(`the JVM is version ${major}, Kafka needs 17`)
  if (!(await hasJars())) {
    // into a folder of our own first: a fetch that breaks off leaves no half a class path
    const partial = join(kafkaFolder, `target/lib-${process.pid}`)
    const goal = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`, '-DincludeScope=runtime']
    await run('mvn', goal, { cwd: kafkaFolder, timeout: 300_000 }).catch((cause: unknown) => {
      const missing = (cause as { code?: unknown }).code === 'ENOENT'
      throw new KafkaUnavailable(missing ? 'no Maven found (mvn)' : 'Maven could not fetch the jars of Kafka', cause)
    })
    await rename(partial, libFolder).catch(async (error: unknown) => {
      await rm(partial, { recursive: true, force: true })
      if (!(await hasJars())) throw error
    })
  }
  await access(libFolder)
  return join(libFolder, '*')
}
