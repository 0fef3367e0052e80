import { createAccessLog } from '@ziv/http'
import { createRuns, type Runs, runWhole } from '@ziv/runs'
import { defineService, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { landsbondRoutes } from './api/routes.ts'
import { acceptMonth, type MonthResult, submitMonth } from './commands/months.ts'
import { createReturnHandler } from './commands/return-handler.ts'
import type { Context } from './context.ts'
import { returnEvents } from './domain/return.events.ts'
import { createCounterFeed } from './projections/counter-feed.ts'
import { moveBusinessDay } from './projections/member-counts.ts'
import { membersConsumer } from './reactors/members-consumer.ts'
import { rebuildKind } from './runs/rebuild.ts'
import { countingCopy } from './verify/member-copy.ts'
import { landsbondProofs } from './verify/verify.ts'

export interface LandsbondModule extends ServiceModule {
  /**
   * Submits the return of a month (`2024-03`) for every ziekenfonds that exists on its last day or has members. Those that
   * have a return submitted or accepted are left alone, so a repetition changes nothing.
   */
  submitMonth(month: string, actor?: string): Promise<MonthResult>
  /** Accepts every return of the month that waits for its landsbond. */
  acceptMonth(month: string, actor?: string): Promise<MonthResult>
  /** Makes the read models again from facts and events; goes on where an interrupted rebuild stopped. */
  rebuild(onProgress?: (persons: number) => void): Promise<{ readonly rebuilt: number }>
  readonly runs: Runs
}

const events = [returnEvents]

async function create(context: Context): Promise<Omit<LandsbondModule, 'name' | 'api' | 'stop' | 'verify'>> {
  const { database, store, clock, law, insurers, logger } = context
  const handler = createReturnHandler(context)
  const feed = createCounterFeed({ database, clock })
  const accessLog = createAccessLog({ database, clock })
  const runs = createRuns({ database, clock, logger }, [rebuildKind(store, law)])
  return {
    routes: (app) => landsbondRoutes(app, { ...context, handler, feed, accessLog, runs }),
    consumers: [membersConsumer(insurers, clock, law)],
    resume: () => moveBusinessDay(database, clock.today()),
    proofs: landsbondProofs(context),
    memberCopy: countingCopy(database),
    runs,
    submitMonth: (month, actor = 'landsbond') => submitMonth(context, month, actor),
    acceptMonth: (month, actor = 'landsbond') => acceptMonth(context, month, actor),
    rebuild: (onProgress) => rebuild(runs, onProgress),
  }
}

async function rebuild(runs: Runs, onProgress?: (persons: number) => void): Promise<{ rebuilt: number }> {
  const { counts } = await runWhole(runs, 'rebuild', 'landsbond', (run) => onProgress?.(run.counts.persons ?? 0))
  return { rebuilt: counts.persons ?? 0 }
}

/** The landsbond service. */
export const landsbond = defineService({
  name: 'landsbond',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
