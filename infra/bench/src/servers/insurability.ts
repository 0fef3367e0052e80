import { buildServer, sandboxIssuer } from '@ziv/http'
import { isoDate } from '@ziv/kernel'
import { createDatabase } from '@ziv/postgres'
import { rights } from '@ziv/rights'
import { registerService } from '@ziv/service'
import { depsOf } from '../setup/service-deps.ts'
import { serve } from './serve.ts'

// the rights service as it is served: token, tenant, access log, validation, problem documents
serve(async ({ databaseUrl, keysUrl, keyFile, connections }) => {
  const open = (connectionString: string, max: number) =>
    createDatabase({ connectionString, max, applicationName: 'ziv-bench-server' })
  const database = open(databaseUrl, connections)
  const { deps } = depsOf(database, open(keysUrl, 1), isoDate('2024-06-03'))
  const { authenticator } = await sandboxIssuer({ keyFile, environment: 'sandbox' })
  const app = await buildServer({ logger: deps.logger, auth: authenticator, environment: 'sandbox' })
  await registerService(app, await rights.create(deps), { database })
  return app
})
