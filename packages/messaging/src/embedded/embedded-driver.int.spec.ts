import { createDatabase } from '@ziv/postgres'
import { createTestDatabase } from '@ziv/testing'
import { driverContract } from '../contract/driver-contract.ts'
import { messagingLogMigrations } from '../migrations.ts'
import { createEmbeddedDriver } from './embedded-driver.ts'

const leaseMs = 1_500

driverContract('embedded', async () => {
  const test = await createTestDatabase({ migrations: [messagingLogMigrations] })
  const { connectionString } = test
  const pools = [createDatabase({ connectionString, applicationName: 'messaging-contract' })]
  return {
    target: { kind: 'embedded', connectionString, leaseMs },
    open() {
      const database = createDatabase({ connectionString, applicationName: 'messaging-contract', max: 4 })
      pools.push(database)
      return createEmbeddedDriver({ database, leaseMs })
    },
    async dispose() {
      for (const pool of pools) await pool.close()
      await test.drop()
    },
  }
})
