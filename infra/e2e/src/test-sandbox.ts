import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IsoDate } from '@ziv/kernel'
import { createDatabase } from '@ziv/postgres'
import { databaseFolders, databaseNames, type Sandbox, startSandbox } from '@ziv/sandbox'
import { createMigrated } from '@ziv/testing'
import { pino } from 'pino'

export interface TestSandboxOptions {
  readonly postgresUrl: string
  readonly kafkaBrokers?: readonly string[]
  readonly startAt: IsoDate
}

export interface TestSandbox {
  readonly sandbox: Sandbox
  readonly folder: string
  /** Ends it and starts it again on what it left. */
  restart(): Promise<TestSandbox>
  /** Ends it and removes its databases and files. */
  drop(): Promise<void>
}

/** The whole system on databases and topics of its own, on servers that others use as well. */
export async function startTestSandbox(options: TestSandboxOptions): Promise<TestSandbox> {
  const run = randomBytes(5).toString('hex')
  const databasePrefix = `ziv_e2e_${run}_`
  const folder = await mkdtemp(join(tmpdir(), 'ziv-e2e-'))
  const start = async (): Promise<TestSandbox> => {
    const sandbox = await startSandbox({
      ...options,
      dataDir: folder,
      port: 0,
      databasePrefix,
      topicPrefix: `e2e-${run}.`,
      logger: pino({ level: 'fatal' }),
    })
    const restart = async (): Promise<TestSandbox> => {
      await sandbox.stop()
      return await start()
    }
    const drop = async (): Promise<void> => {
      await sandbox.stop()
      await dropDatabases(options.postgresUrl, databasePrefix)
      await rm(folder, { recursive: true, force: true })
    }
    return { sandbox, folder, restart, drop }
  }
  // copied from templates of this server: a tenth of the time that the migrations of every service take
  for (const name of databaseNames) {
    await createMigrated(options.postgresUrl, `${databasePrefix}${name}`, databaseFolders[name])
  }
  return await start()
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const admin = createDatabase({ connectionString: url, applicationName: 'ziv-e2e', max: 1 })
  try {
    const { rows } = await admin.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [prefix],
    )
    for (const { name } of rows) await admin.query(`drop database "${name}" with (force)`)
  } finally {
    await admin.close()
  }
}
