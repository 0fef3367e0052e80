import { createAccessLog } from '@ziv/http'
import { commonCopy } from '@ziv/members/store'
import { createRuns, type Run, type Runs, runWhole } from '@ziv/runs'
import { defineService, type ServiceContext, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { rightsRoutes } from './api/routes.ts'
import { type RightsConfig, readConfig } from './config.ts'
import type { Context } from './context.ts'
import { decisionBasisEvents, entitlementEvents, renewalWarningEvents } from './domain/entitlement.events.ts'
import { createStandings } from './projections/standing.ts'
import { createBases } from './reactors/bases.ts'
import { factsConsumer } from './reactors/facts-consumer.ts'
import { rebuildKind } from './runs/rebuild.ts'
import { renewalKind } from './runs/renewal.ts'
import { createRunner, type Runner } from './runs/runner.ts'
import { warningKind } from './runs/warning.ts'
import { factsCopy } from './verify/facts-copy.ts'
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
  given: ServiceContext,
  options: RightsOptions = {},
): Promise<Omit<RightsModule, 'name' | 'api' | 'resume' | 'stop' | 'verify'>> {
  const context: Context = { ...given, bases: createBases(), config: options.config ?? readConfig() }
  const { database, clock, logger } = context
  const runs = createRuns({ database, clock, logger, onProgress: options.onProgress }, [
    renewalKind(context),
    warningKind(context),
    rebuildKind(context),
  ])
  const runner = createRunner(runs, context)
  const standings = createStandings(database)
  const accessLog = createAccessLog({ database, clock })
  return {
    routes: (app) => rightsRoutes(app, { ...context, accessLog, runner, runs, standings }),
    consumers: [factsConsumer(context)],
    proofs: rightsProofs(context),
    memberCopy: commonCopy(database),
    messageCopies: [factsCopy],
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
