import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { SASLOptions } from 'kafkajs'
import { kafkaClassPath } from './jars.ts'
import { adminPrincipal, serverJaas, serverProperties } from './server-properties.ts'

const run = promisify(execFile)

export interface KafkaOptions {
  /** Made when missing and kept: a second start on the same folder goes on with its topics and messages. */
  readonly dataDir: string
  /** Default: a free one. */
  readonly port?: number
  /** Sign-in with SCRAM-SHA-512 and access lists; default false. */
  readonly sasl?: boolean
  /** With `sasl`: password per principal. Only read when the folder is made. */
  readonly users?: Readonly<Record<string, string>>
  /** Password of the principal that may do everything. Only read when the folder is made. */
  readonly adminPassword?: string
  /** Heap of the JVM. Default 512 MB. */
  readonly heapMb?: number
}

export interface RunningKafka {
  readonly brokers: readonly string[]
  readonly port: number
  readonly pid: number
  readonly logFile: string
  /** With `sasl`: how the administrator signs in. */
  readonly adminSasl?: SASLOptions
  /** Ends the broker as it should end, and by force when it does not. */
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1_000 })
    const answer = (yes: boolean): void => {
      socket.destroy()
      done(yes)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}

async function format(classPath: string, properties: string, users: Readonly<Record<string, string>>): Promise<void> {
  const tool = ['-Xmx128m', '-cp', classPath, 'kafka.tools.StorageTool']
  const { stdout } = await run('java', [...tool, 'random-uuid'])
  const scram = Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ])
  await run('java', [...tool, 'format', '-t', stdout.trim().split('\n').at(-1)!, '-c', properties, ...scram])
}

async function waitUntilOpen(child: ChildProcess, port: number, logFile: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const log = await readFile(logFile, 'utf8').catch(() => '')
      throw new Error(`Kafka did not start (see ${logFile}):\n${log.slice(-2_000)}`)
    }
    await sleep(100)
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await ended
  clearTimeout(force)
}

/** Without this an exit of ours would leave the JVM running. */
function endWithUs(child: ChildProcess): () => void {
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  process.once('exit', kill)
  return () => process.off('exit', kill)
}

async function configure(dataDir: string, classPath: string, options: KafkaOptions, port: number): Promise<string> {
  const sasl = options.sasl ?? false
  const passwordFile = join(dataDir, 'admin-password')
  const properties = join(dataDir, 'server.properties')
  const fresh = !(await readFile(properties, 'utf8').catch(() => null))
  const adminPassword = fresh
    ? (options.adminPassword ?? crypto.randomUUID())
    : await readFile(passwordFile, 'utf8').catch(() => '')
  const text = serverProperties({ dataDir, port, controllerPort: await freePort(), sasl })
  await writeFile(properties, sasl ? text + serverJaas(adminPassword) : text, { mode: 0o600 })
  if (fresh) {
    try {
      if (sasl) await writeFile(passwordFile, adminPassword, { mode: 0o600 })
      await format(classPath, properties, sasl ? { [adminPrincipal]: adminPassword, ...options.users } : {})
    } catch (error) {
      await rm(properties, { force: true })
      throw error
    }
  }
  return adminPassword
}

/**
 * Starts Apache Kafka itself on this machine, one node in KRaft mode, from the jars of `pom.xml`. Needs a JVM and Maven
 * (throws `KafkaUnavailable` with what to do), no Docker. The broker ends with this process.
 */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const classPath = await kafkaClassPath()
  const dataDir = resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const port = options.port ?? (await freePort())
  const adminPassword = await configure(dataDir, classPath, options, port)

  const logFile = join(dataDir, 'kafka.log')
  const log = await open(logFile, 'a')
  const heap = options.heapMb ?? 512
  const child = spawn(
    'java',
    [
      `-Xms${Math.min(heap, 256)}m`,
      `-Xmx${heap}m`,
      '-cp',
      classPath,
      'kafka.Kafka',
      join(dataDir, 'server.properties'),
    ],
    { stdio: ['ignore', log.fd, log.fd], cwd: dataDir },
  )
  const forget = endWithUs(child)
  await log.close()
  const stop = async (): Promise<void> => {
    forget()
    await stopChild(child)
  }
  try {
    await waitUntilOpen(child, port, logFile)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    brokers: [`127.0.0.1:${port}`],
    port,
    pid: child.pid!,
    logFile,
    ...(options.sasl && {
      adminSasl: { mechanism: 'scram-sha-512', username: adminPrincipal, password: adminPassword },
    }),
    stop,
  }
}
