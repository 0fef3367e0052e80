import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, sqlState } from '@ziv/postgres'

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

const PID_FILE = 'postmaster.pid'
/** A recovery after a kill -9 may take a while; until it is done the server answers "starting up". */
const STARTING_MS_MAX = 60_000
/** A server that was just killed, or has not opened its port yet. */
const SILENT_MS_MAX = 10_000
const STARTING_UP = '57P03'

/** What postmaster.pid says, undefined when there is none; the server it names may be long gone. */
export async function readPostmaster(dataDir: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(dataDir, PID_FILE), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

/** Whether the process is a PostgreSQL that runs: not gone, not a zombie, not another program that got the same number. */
async function isServerProcess(pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    return stat !== undefined && /^\d+ \(postgres\) [^ZX]/.test(stat)
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function portAnswers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1', timeout: 1000 })
    const answer = (open: boolean) => {
      socket.destroy()
      done(open)
    }
    socket.once('connect', () => answer(true))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}

/** Whether the server behind the url lets us in and works on our folder. */
async function probe(url: string, dataDir: string): Promise<'ours' | 'starting' | 'other'> {
  const settings = { connectionString: url, max: 1, applicationName: 'ziv-embedded', statementTimeoutMs: 5000 }
  const database = createDatabase(settings)
  try {
    const { rows } = await database.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === dataDir ? 'ours' : 'other'
  } catch (error) {
    return sqlState(error) === STARTING_UP ? 'starting' : 'other'
  } finally {
    await database.close()
  }
}

/**
 * The server that runs on the folder, once it is ready; undefined when there is none, with a left-over pid file removed
 * so that the next start is not refused by it.
 */
export async function findRunning(
  dataDir: string,
  urlOfPort: (port: number) => string,
): Promise<Postmaster | undefined> {
  const startedMs = performance.now()
  for (;;) {
    const postmaster = await readPostmaster(dataDir)
    if (postmaster === undefined) return undefined
    if (!(await isServerProcess(postmaster.pid))) {
      await removeStalePidFile(dataDir)
      return undefined
    }
    const answers = postmaster.port > 0 && (await portAnswers(postmaster.port))
    const found = answers ? await probe(urlOfPort(postmaster.port), dataDir) : 'silent'
    if (found === 'ours') return postmaster
    const waitedMs = performance.now() - startedMs
    if (waitedMs > (found === 'starting' ? STARTING_MS_MAX : SILENT_MS_MAX)) return undefined
    await sleep(100)
  }
}

/**
 * Only Linux needs it: where nobody collects dead processes (a container) a killed server stays behind as a zombie, and
 * PostgreSQL takes it for a living one. Its own check for orphaned children is made here instead.
 */
async function removeStalePidFile(dataDir: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (let round = 0; await hasProcessIn(dataDir); round++) {
    if (round > 100) throw new Error(`processes of a killed PostgreSQL still work on ${dataDir}: end them first`)
    await sleep(100)
  }
  await rm(join(dataDir, PID_FILE), { force: true })
}

/** Every process of a server has the data folder as its working directory. */
async function hasProcessIn(dataDir: string): Promise<boolean> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const folders = await Promise.all(names.map((name) => readlink(`/proc/${name}/cwd`).catch(() => '')))
  return folders.includes(dataDir)
}
