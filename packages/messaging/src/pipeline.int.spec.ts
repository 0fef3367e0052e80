import { createTestDatabase } from '@ziv/testing'
import { pipelineContract } from './contract/pipeline-contract.ts'
import { createEmbeddedDriver } from './embedded/embedded-driver.ts'
import { messagingLogMigrations } from './migrations.ts'

pipelineContract('embedded', async () => {
  const test = await createTestDatabase({ migrations: [messagingLogMigrations] })
  const driver = createEmbeddedDriver({ database: test.database })
  return {
    driver,
    async dispose() {
      await driver.close()
      await test.drop()
    },
  }
})
