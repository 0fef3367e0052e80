import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@ziv/postgres'
import { startSandbox } from '@ziv/sandbox'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

const taken = createServer()
let folder: string
let port = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-start-'))
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const address = taken.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(async () => {
  taken.close()
  await rm(folder, { recursive: true, force: true })
})

const logger = pino({ level: 'silent' })

/** Connections that are left of a start, and how many databases it made; they are dropped. */
async function leftOpen(databasePrefix: string): Promise<{ readonly open: number; readonly databases: number }> {
  const admin = createDatabase({ connectionString: inject('zivPostgresUrl'), applicationName: 'ziv-e2e', max: 1 })
  const open = async (): Promise<number> => {
    const { rows } = await admin.query<{ open: string }>(
      'select count(*) as open from pg_stat_activity where starts_with(datname, $1)',
      [databasePrefix],
    )
    return Number(rows[0]?.open)
  }
  // PostgreSQL ends a backend a moment after its client is gone; one that is really left stays
  let left = await open()
  for (let tries = 0; left > 0 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    left = await open()
  }
  const names = await admin.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [databasePrefix],
  )
  for (const { name } of names.rows) await admin.query(`drop database "${name}" with (force)`)
  await admin.close()
  return { open: left, databases: names.rows.length }
}

it('leaves nothing open when its port is taken, so that the command ends with the reason', async () => {
  const databasePrefix = `ziv_start_${process.pid}_`
  const started = startSandbox({ dataDir: folder, port, postgresUrl: inject('zivPostgresUrl'), databasePrefix, logger })
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const left = await leftOpen(databasePrefix)
  expect(left.databases).toBeGreaterThan(6)
  expect(left.open).toBe(0)
}, 60_000)

it('leaves nothing open when the database breaks the start off half-way', async () => {
  const databasePrefix = `ziv_half_${process.pid}_`
  const postgresUrl = inject('zivPostgresUrl')
  const admin = createDatabase({ connectionString: postgresUrl, applicationName: 'ziv-e2e', max: 1 })
  await admin.query(`create database "${databasePrefix}riziv"`)
  await admin.close()
  const broken = Object.assign(new URL(postgresUrl), { pathname: `/${databasePrefix}riziv` }).toString()
  const riziv = createDatabase({ connectionString: broken, applicationName: 'ziv-e2e', max: 1 })
  await riziv.query('create schema es; create table es.consumed (mine int)')
  await riziv.close()
  await expect(startSandbox({ dataDir: folder, port: 0, postgresUrl, databasePrefix, logger })).rejects.toThrow()
  expect((await leftOpen(databasePrefix)).open).toBe(0)
}, 60_000)
