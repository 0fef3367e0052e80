import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IsoDate } from '@ziv/kernel'
import { type Sandbox, startSandbox } from '@ziv/sandbox'
import { pino } from 'pino'
import { testDatabases } from './test-databases.ts'

export interface TestSandboxOptions {
  readonly postgresUrl: string
  readonly kafkaBrokers?: readonly string[]
  readonly startAt: IsoDate
}

export interface TestSandbox {
  readonly sandbox: Sandbox
  readonly folder: string
  /** Ends it and starts it again on what it left, or on what `meanwhile` made of that. */
  restart(meanwhile?: () => Promise<void>): Promise<TestSandbox>
  /** Ends it and removes its databases and files. */
  drop(): Promise<void>
}

/** The whole system on databases and topics of its own, on servers that others use as well. */
export async function startTestSandbox(options: TestSandboxOptions): Promise<TestSandbox> {
  const run = randomBytes(5).toString('hex')
  const databasePrefix = `ziv_e2e_${run}_`
  const databases = await testDatabases(options.postgresUrl, databasePrefix)
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
    const restart = async (meanwhile?: () => Promise<void>): Promise<TestSandbox> => {
      await sandbox.stop()
      await meanwhile?.()
      return await start()
    }
    const drop = async (): Promise<void> => {
      await sandbox.stop()
      await databases.drop()
      await rm(folder, { recursive: true, force: true })
    }
    return { sandbox, folder, restart, drop }
  }
  return await start()
}
