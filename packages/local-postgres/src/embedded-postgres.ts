import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { blockedAt, findNativePostgres, makeOwnedFolder, type NativePostgres } from './native-postgres.ts'
import { findRunning, readPostmaster } from './running-server.ts'

const run = promisify(execFile)

export interface EmbeddedPostgresOptions {
  /** Made when missing, kept afterwards. A folder that PostgreSQL's account cannot reach is replaced by one in /var/tmp. */
  readonly dataDir: string
  /** Default: the port it had last time when that is free, else a free one. */
  readonly port?: number
  /** Server settings for this start, for instance `{ fsync: 'off' }`. Ignored when a running server is reused. */
  readonly settings?: Readonly<Record<string, string | number>>
}

export interface EmbeddedPostgres {
  /** Of the superuser, database `postgres`. */
  readonly url: string
  readonly port: number
  /** Where the data really is. */
  readonly dataDir: string
  /** True when a server was already running on this folder. */
  readonly reused: boolean
  /** The connection string of another database of this server. */
  urlOf(database: string): string
  /** Ends the server when this call started it; one that was reused is left running. */
  stop(): Promise<void>
}

const PASSWORD_FILE = 'ziv-password'
const LOG_FILE = 'ziv-server.log'
const USER = 'postgres'

async function freePort(preferred: number | undefined): Promise<number> {
  const listen = (port: number): Promise<number> =>
    new Promise((done, failed) => {
      const server = createServer()
      server.once('error', failed)
      server.listen(port, '127.0.0.1', () => {
        const address = server.address()
        server.close(() => done(typeof address === 'object' && address !== null ? address.port : port))
      })
    })
  return preferred === undefined ? listen(0) : listen(preferred).catch(() => listen(0))
}

/** The folder itself, or one in /var/tmp derived from it when PostgreSQL's account cannot get there. */
async function reachableDataDir(wanted: string, native: NativePostgres): Promise<string> {
  const dataDir = resolve(wanted)
  await mkdir(dirname(dataDir), { recursive: true })
  if ((await blockedAt(dirname(dataDir), native.account)) === undefined) return dataDir
  const digest = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return join('/var/tmp', `ziv-${basename(dataDir)}-${digest}`)
}

async function initialise(dataDir: string, native: NativePostgres): Promise<void> {
  await makeOwnedFolder(dataDir, native.account)
  const passwordFile = `${dataDir}.password`
  const password = randomBytes(18).toString('hex')
  await makePrivateFile(passwordFile, password)
  if (native.account !== undefined) await chown(passwordFile, native.account.uid, native.account.gid)
  try {
    await run(
      native.initdb,
      [
        `--pgdata=${dataDir}`,
        `--username=${USER}`,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        // sorts by code point on every machine, whatever locales it has
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
        '--no-instructions',
      ],
      { ...native.account, cwd: dataDir },
    )
    await makePrivateFile(join(dataDir, PASSWORD_FILE), password)
  } catch (cause) {
    await rm(dataDir, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not set up ${dataDir}: ${failureText(cause)}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function makePrivateFile(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 })
}

function failureText(cause: unknown): string {
  const { stderr, stdout, message } = cause as { stderr?: string; stdout?: string; message?: string }
  return (stderr || stdout || message || String(cause)).trim()
}

const DEFAULT_SETTINGS: Readonly<Record<string, string | number>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
}

async function launch(
  native: NativePostgres,
  dataDir: string,
  port: number,
  settings: EmbeddedPostgresOptions['settings'],
): Promise<void> {
  // pg_ctl hands these to a shell
  const quote = process.platform === 'win32' ? '"' : "'"
  const all = Object.entries({ ...DEFAULT_SETTINGS, ...settings, port })
  const quoted = all.map(([name, value]) => `-c ${name}=${quote}${value}${quote}`)
  const logFile = join(dataDir, LOG_FILE)
  try {
    await run(native.pgCtl, ['start', '-w', '-t', '60', '-D', dataDir, '-l', logFile, '-o', quoted.join(' ')], {
      ...native.account,
      cwd: dataDir,
    })
  } catch (cause) {
    const log = await readFile(logFile, 'utf8').catch(() => '')
    throw new Error(`PostgreSQL did not start on ${dataDir}: ${failureText(cause)}\n${log.slice(-2000)}`, { cause })
  }
}

/** Ends whatever server runs on a data folder, at once and without care for its data: for folders that are thrown away. */
export async function endEmbeddedPostgres(dataDir: string): Promise<void> {
  const native = await findNativePostgres()
  await run(native.pgCtl, ['stop', '-w', '-m', 'immediate', '-D', dataDir], { ...native.account, cwd: dataDir })
}

/**
 * Starts PostgreSQL from its npm package on a data folder, as any user (as root it runs under another account). A server
 * that already runs on the folder is reused; after a kill -9 the next start recovers. The server outlives this process:
 * whoever wants it gone calls `stop()`. Reachable from this machine only, with a password kept in the data folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const native = await findNativePostgres()
  const dataDir = await reachableDataDir(options.dataDir, native)
  const password = await readFile(join(dataDir, PASSWORD_FILE), 'utf8').catch(() => undefined)
  if (password === undefined) {
    await rm(dataDir, { recursive: true, force: true })
    await initialise(dataDir, native)
  }
  const secret = password ?? (await readFile(join(dataDir, PASSWORD_FILE), 'utf8'))
  const urlOn = (port: number, database: string) => `postgres://${USER}:${secret}@127.0.0.1:${port}/${database}`
  const handle = (port: number, reused: boolean): EmbeddedPostgres => {
    const urlOf = (database: string) => urlOn(port, database)
    const stop = async () => {
      if (reused) return
      await run(native.pgCtl, ['stop', '-w', '-m', 'fast', '-D', dataDir], { ...native.account, cwd: dataDir })
    }
    return { url: urlOf('postgres'), port, dataDir, reused, urlOf, stop }
  }
  const before = await readPostmaster(dataDir)
  const running = await findRunning(dataDir, (port) => urlOn(port, 'postgres'))
  if (running !== undefined) return handle(running.port, true)
  const port = await freePort(options.port ?? (before?.port || undefined))
  await launch(native, dataDir, port, options.settings)
  return handle(port, false)
}
