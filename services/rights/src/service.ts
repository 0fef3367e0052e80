import { createEventStore } from '@ziv/event-store'
import { accessLogRoute, createAccessLog, type ServiceDeps, type ServiceModule } from '@ziv/http'
import { type ApiContext, tenantOf } from './api/context.ts'
import { decisionRoutes } from './api/decisions.ts'
import { insurabilityRoute } from './api/insurability.ts'
import { timelineRoute } from './api/persons.ts'
import { runRoutes } from './api/runs.ts'
import { factsConsumer } from './reactors/facts-consumer.ts'
import { createRunner, type Runner } from './reactors/renewal-run.ts'
import type { Run } from './reactors/run-store.ts'
import { verifyRights } from './verify.ts'

export interface RightsModule extends ServiceModule {
  /** Renewal and warnings, for a command line or a schedule; the API starts the same runs. */
  readonly runner: Runner
}

export interface RightsOptions {
  /** Told after every chunk of a run. */
  readonly onProgress?: (run: Run) => void
}

/** Puts the rights service together on what the composition root hands over. */
export async function createRights(deps: ServiceDeps, options: RightsOptions = {}): Promise<RightsModule> {
  const { database, clock, law, vault } = deps
  const store = createEventStore()
  const accessLog = createAccessLog({ database, clock })
  const runner = createRunner({ database, store, clock, law, ...options })
  const context: ApiContext = { database, clock, law, vault, accessLog, runner }
  return {
    name: 'rights',
    api: {
      title: 'ZIV rights',
      description:
        'Who is in order, on which day, known when, and why: timelines of the right to care and their decisions.',
      version: '1.0.0',
      tags: [
        { name: 'Insurability', description: 'Whether a person is in order' },
        { name: 'Decisions', description: 'Decisions with grounds, repairs and letters' },
        { name: 'Runs', description: 'Renewals of 1 January and warnings of 1 December' },
        { name: 'Access log', description: 'Who looked at a person' },
      ],
    },
    routes: async (app) => {
      insurabilityRoute(app, context)
      timelineRoute(app, context)
      decisionRoutes(app, context)
      runRoutes(app, context)
      accessLogRoute(app, { accessLog, tenantOf: (personId) => tenantOf(database, personId) })
    },
    consumers: [factsConsumer({ store, rules: { law }, clock, lawVersion: law.version, insurers: deps.insurers })],
    resume: () => runner.resume(),
    verify: () => verifyRights({ database, store, clock, law }),
    stop: () => runner.stop(),
    runner,
  }
}
