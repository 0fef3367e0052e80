import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '@ziv/postgres'
import { startSandbox } from '@ziv/sandbox'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'

const databasePrefix = `ziv_start_${process.pid}_`
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

it('leaves nothing open when its port is taken, so that the command ends with the reason', async () => {
  const postgresUrl = inject('zivPostgresUrl')
  const logger = pino({ level: 'silent' })
  const started = startSandbox({ dataDir: folder, port, postgresUrl, databasePrefix, logger })
  await expect(started).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const admin = createDatabase({ connectionString: postgresUrl, applicationName: 'ziv-e2e', max: 1 })
  const { rows } = await admin.query<{ open: string }>(
    'select count(*) as open from pg_stat_activity where starts_with(datname, $1)',
    [databasePrefix],
  )
  const names = await admin.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [databasePrefix],
  )
  for (const { name } of names.rows) await admin.query(`drop database "${name}" with (force)`)
  await admin.close()
  expect(names.rows.length).toBeGreaterThan(6)
  expect(Number(rows[0]?.open)).toBe(0)
}, 60_000)
