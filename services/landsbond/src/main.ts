import { catalog } from '@ziv/contracts'
import { eventStoreMigrations } from '@ziv/event-store'
import { buildServer, createAuthenticator, httpMigrations, registerService } from '@ziv/http'
import { systemClock } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { consumerMigrations, createKafkaDriver, startConsumer, startRelay } from '@ziv/messaging'
import { createDatabase, migrate } from '@ziv/postgres'
import { createVault, masterKeyFrom } from '@ziv/privacy'
import { pino } from 'pino'
import { readHostConfig } from './config.ts'
import { migrations } from './migrations.ts'
import { createLandsbond } from './service.ts'

const config = readHostConfig()
const logger = pino({ level: config.LOG_LEVEL, name: 'landsbond' })
const database = createDatabase({ connectionString: config.DATABASE_URL, applicationName: 'ziv-landsbond' })
for (const folder of [eventStoreMigrations, consumerMigrations, httpMigrations, migrations]) {
  await migrate(database, { folder })
}
const keyDatabase = createDatabase({
  connectionString: config.PRIVACY_DATABASE_URL,
  applicationName: 'ziv-landsbond-keys',
})
const vault = createVault({ database: keyDatabase, ...(await masterKeyFrom(config.ZIV_KEYS_FILE)) })
const driver = createKafkaDriver({ brokers: config.KAFKA_BROKERS.split(','), clientId: 'ziv-landsbond' })
const auth = createAuthenticator({
  issuer: config.ZIV_OIDC_ISSUER,
  audience: config.ZIV_OIDC_AUDIENCE,
  keys: new URL(config.ZIV_OIDC_JWKS),
})
const environment = config.ZIV_ENV
const insurers = config.ZIV_INSURERS.split(',')
const deps = { database, driver, clock: systemClock(), vault, auth, law: loadLaw(), logger, insurers, environment }
const service = await createLandsbond(deps)
await service.resume()
const relay = await startRelay({ service: service.name, database, driver })
const consumers = await Promise.all(
  service.consumers.map((definition) =>
    startConsumer(definition, { service: service.name, database, driver, logger, catalog }),
  ),
)
const app = await buildServer({ logger, auth, environment })
await registerService(app, service, deps)
await app.listen({ host: '0.0.0.0', port: config.PORT })

const stop = async () => {
  await app.close()
  await service.stop()
  await Promise.all(consumers.map((consumer) => consumer.stop()))
  await relay.stop()
  await driver.close()
  await vault.close()
  await Promise.all([database.close(), keyDatabase.close()])
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
