import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createDatabase } from '@ziv/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { findNativePostgres, makeOwnedFolder, reachableBin } from './native-postgres.ts'

let folder: string
const started: EmbeddedPostgres[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-embedded-'))
  await chmod(folder, 0o711)
})
afterAll(async () => {
  for (const server of started) await server.stop().catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
})

async function start(dataDir = join(folder, 'data')): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir })
  started.push(server)
  return server
}

async function query(url: string, sql: string): Promise<unknown> {
  const database = createDatabase({ connectionString: url, max: 1, applicationName: 'spec' })
  try {
    return (await database.query(sql)).rows
  } finally {
    await database.close()
  }
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
}

it('starts, is found running, outlives a reuser, recovers from a kill -9, and keeps its data', async () => {
  const first = await start()
  expect(first.reused).toBe(false)
  await query(first.url, 'create table kept (n int); insert into kept values (7)')

  const second = await start()
  expect(second).toMatchObject({ reused: true, url: first.url })
  await second.stop()
  expect(await query(first.url, 'select n from kept')).toEqual([{ n: 7 }])

  process.kill(await postmasterPid(first.dataDir), 'SIGKILL')
  const third = await start()
  expect(third.reused).toBe(false)
  expect(await query(third.url, 'select n from kept')).toEqual([{ n: 7 }])
  await third.stop()
  await expect(query(third.url, 'select 1')).rejects.toThrow()
})

it('does not take another process for its server when the pid file is stale', async () => {
  const server = await start(join(folder, 'stale'))
  await server.stop()
  await writeFile(
    join(server.dataDir, 'postmaster.pid'),
    `${process.pid}\n${server.dataDir}\n0\n${server.port}\n\n\n\n\n`,
  )
  const again = await start(join(folder, 'stale'))
  expect(again.reused).toBe(false)
  expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await again.stop()
})

it('finds a place for the data when the account of PostgreSQL cannot reach the one asked for', async (context) => {
  if (process.getuid?.() !== 0) context.skip('only root runs PostgreSQL under another account')
  const closed = join(folder, 'closed')
  await mkdir(closed, { mode: 0o700 })
  const server = await start(join(closed, 'data'))
  expect(server.dataDir).toMatch(/^\/var\/tmp\/ziv-data-[0-9a-f]{12}$/)
  const again = await start(join(closed, 'data'))
  expect(again).toMatchObject({ reused: true, dataDir: server.dataDir })
  await server.stop()
  await rm(server.dataDir, { recursive: true })
  expect((await stat(closed)).mode & 0o777).toBe(0o700)
})

it('runs from a copy when the account of PostgreSQL cannot reach the programs', async (context) => {
  const native = await findNativePostgres()
  if (native.account === undefined) return context.skip('only root runs PostgreSQL under another account')
  const checkout = join(folder, 'checkout', `binaries@0.0.${process.pid}`)
  await mkdir(checkout, { recursive: true })
  await cp(dirname(dirname(native.initdb)), join(checkout, 'native'), { recursive: true, verbatimSymlinks: true })
  await chmod(join(folder, 'checkout'), 0o700)
  const bin = await reachableBin(join(checkout, 'native', 'bin'), native.account)
  try {
    expect(bin).toBe(`/var/tmp/ziv-postgres-0.0.${process.pid}/bin`)
    expect(await reachableBin(join(checkout, 'native', 'bin'), native.account)).toBe(bin)
    const data = join(folder, 'copied')
    await makeOwnedFolder(data, native.account)
    const { stdout } = await promisify(execFile)(join(bin, 'initdb'), ['-D', data, '--no-sync'], {
      ...native.account,
      cwd: data,
    })
    expect(stdout).toContain('Success')
  } finally {
    await rm(dirname(bin), { recursive: true, force: true })
  }
})
