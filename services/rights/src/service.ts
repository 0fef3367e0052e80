import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { commonCopy } from '@ziv/members/store'
import { createRuns, type Run, type Runs, runWhole } from '@ziv/runs'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import type { ApiContext } from './api/context.ts'
import { description } from './api/description.ts'
import { rightsRoutes } from './api/routes.ts'
import { type RightsConfig, readConfig } from './config.ts'
import { decisionBasisEvents, entitlementEvents, renewalWarningEvents } from './domain/entitlement.events.ts'
import { createStandings } from './projections/standing.ts'
import { createBases } from './reactors/bases.ts'
import { factsConsumer } from './reactors/facts-consumer.ts'
import { rebuildKind } from './runs/rebuild.ts'
import { renewalKind } from './runs/renewal.ts'
import { createRunner, type Runner } from './runs/runner.ts'
import { warningKind } from './runs/warning.ts'
import { rightsProofs } from './verify/verify.ts'

export interface RightsModule extends ServiceModule {
  /**
   * Makes the read models again from the facts; goes on where an interrupted rebuild stopped. `corrected`: persons whose facts lead to
   * another right than they were told, who are told the right one.
   */
  rebuild(onProgress?: (persons: number) => void): Promise<{ rebuilt: number; corrected: number }>
  /** Renewal and warnings, for a command line or a schedule; the API starts the same runs. */
  readonly runner: Runner
  readonly runs: Runs
}

export interface RightsOptions {
  /** Told after every chunk of a run. */
  readonly onProgress?: (run: Run) => void
  readonly config?: RightsConfig
}

const events = [entitlementEvents, decisionBasisEvents, renewalWarningEvents]

async function create(
  deps: ServiceDeps,
  options: RightsOptions = {},
): Promise<Omit<RightsModule, 'name' | 'api' | 'resume' | 'stop' | 'verify'>> {
  const { database, clock, law, vault, logger } = deps
  const { personsPerChunk } = options.config ?? readConfig()
  const store = createEventStore(events)
  const accessLog = createAccessLog({ database, clock })
  const bases = createBases()
  const runDeps = { database, store, bases, clock, law, personsPerChunk }
  const runs = createRuns({ database, clock, logger, onProgress: options.onProgress }, [
    renewalKind(runDeps),
    warningKind(runDeps),
    rebuildKind(runDeps),
  ])
  const runner = createRunner(runs, { clock, law })
  const standings = createStandings(database)
  const context: ApiContext = { database, store, clock, law, vault, accessLog, runner, runs, standings }
  return {
    routes: (app) => rightsRoutes(app, context),
    consumers: [factsConsumer({ store, bases, rules: { law }, clock, insurers: deps.insurers, vault })],
    proofs: rightsProofs({ database, store, law }),
    memberCopy: commonCopy(database),
    rebuild: async (onProgress) => {
      const run = await runWhole(runs, 'rebuild', 'rights', ({ done }) => onProgress?.(done))
      return { rebuilt: run.done, corrected: run.counts.corrected ?? 0 }
    },
    runner,
    runs,
  }
}

/** The rights service. */
export const rights = defineService({
  name: 'rights',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
