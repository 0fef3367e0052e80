import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import type { ApiContext } from './api/context.ts'
import { description } from './api/description.ts'
import { rightsRoutes } from './api/routes.ts'
import { type RightsConfig, readConfig } from './config.ts'
import { createStandings } from './projections/standing.ts'
import { createBases } from './reactors/bases.ts'
import { factsConsumer } from './reactors/facts-consumer.ts'
import { rebuildRights } from './reactors/rebuild.ts'
import { createRunner, type Runner } from './reactors/renewal-run.ts'
import type { Run } from './reactors/run-store.ts'
import { verifyRights } from './verify.ts'

export interface RightsModule extends ServiceModule {
  /** Makes the read models again from the facts; goes on where an interrupted rebuild stopped. */
  rebuild(onProgress?: (persons: number) => void): Promise<{ rebuilt: number }>
  /** Renewal and warnings, for a command line or a schedule; the API starts the same runs. */
  readonly runner: Runner
}

export interface RightsOptions {
  /** Told after every chunk of a run. */
  readonly onProgress?: (run: Run) => void
  readonly config?: RightsConfig
}

async function create(deps: ServiceDeps, options: RightsOptions = {}): Promise<Omit<RightsModule, 'name' | 'api'>> {
  const { database, clock, law, vault, logger } = deps
  const { personsPerChunk } = options.config ?? readConfig()
  const store = createEventStore()
  const accessLog = createAccessLog({ database, clock })
  const bases = createBases()
  const runner = createRunner({
    database,
    store,
    bases,
    clock,
    law,
    logger,
    personsPerChunk,
    onProgress: options.onProgress,
  })
  const standings = createStandings(database)
  const context: ApiContext = { database, clock, law, vault, accessLog, runner, standings }
  return {
    routes: (app) => rightsRoutes(app, context),
    consumers: [
      factsConsumer({ store, bases, rules: { law }, clock, lawVersion: law.version, insurers: deps.insurers }),
    ],
    resume: () => runner.resume(),
    verify: () => verifyRights({ database, store, law }),
    stop: () => runner.stop(),
    rebuild: (onProgress) => rebuildRights({ database, law, personsPerChunk }, onProgress),
    runner,
  }
}

/** The rights service. */
export const rights = defineService({
  name: 'rights',
  folder: import.meta.dirname,
  api: description,
  create,
})
