import { createAccessLog } from '@ziv/http'
import { createRuns, type Runs, runWhole } from '@ziv/runs'
import { defineService, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { landsbondRoutes } from './api/routes.ts'
import { createReturnHandler } from './commands/return-handler.ts'
import type { Context } from './context.ts'
import { returnEvents } from './domain/return.events.ts'
import { createCounterFeed } from './projections/counter-feed.ts'
import { FOLD_MS_MAX } from './projections/figures.ts'
import { moveBusinessDay } from './projections/member-counts.ts'
import { membersConsumer } from './reactors/members-consumer.ts'
import { createMonths, type Months, monthKinds } from './runs/months.ts'
import { rebuildKind } from './runs/rebuild.ts'
import { countingCopy } from './verify/member-copy.ts'
import { messageCopies } from './verify/message-copies.ts'
import { landsbondProofs } from './verify/verify.ts'

export interface LandsbondModule extends ServiceModule, Months {
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
  const runs = createRuns(
    // the returns of an insurer wait until those of the one before are folded; they take their locks only then
    { database, clock, logger, turnMs: FOLD_MS_MAX },
    [rebuildKind(store, law), ...monthKinds(context)],
  )
  return {
    routes: (app) => landsbondRoutes(app, { ...context, handler, feed, accessLog, runs }),
    consumers: [membersConsumer(insurers, clock, law)],
    resume: () => moveBusinessDay(database, clock.today()),
    proofs: landsbondProofs(context),
    memberCopy: countingCopy(database),
    messageCopies,
    runs,
    ...createMonths(runs),
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
