import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { landsbondRoutes } from './api/routes.ts'
import { returnEvents } from './domain/return.events.ts'
import { createCounterFeed } from './projections/counter-feed.ts'
import { moveBusinessDay } from './projections/member-counts.ts'
import { membersConsumer } from './reactors/members-consumer.ts'
import { type Progress, rebuildLandsbond } from './rebuild.ts'
import { acceptMonth, type MonthResult, submitMonth } from './returns/months.ts'
import { createReturnDesk } from './returns/return-desk.ts'
import { verifyLandsbond } from './verify/verify.ts'

export interface LandsbondModule extends ServiceModule {
  /**
   * Submits the return of a month (`2024-03`) for every ziekenfonds that exists on its last day or has members. Those that
   * have a return submitted or accepted are left alone, so a repetition changes nothing.
   */
  submitMonth(month: string, actor?: string): Promise<MonthResult>
  /** Accepts every return of the month that waits for its landsbond. */
  acceptMonth(month: string, actor?: string): Promise<MonthResult>
  /** Makes the read models again from facts and events; the consumer must not run. */
  rebuild(onProgress?: Progress): Promise<{ readonly rebuilt: number }>
}

const events = [returnEvents]

async function create(deps: ServiceDeps): Promise<Omit<LandsbondModule, 'name' | 'api'>> {
  const { database, clock, law, insurers } = deps
  const store = createEventStore(events)
  const returns = { database, store, clock, law, insurers }
  const desk = createReturnDesk(returns)
  const feed = createCounterFeed({ database, clock })
  const accessLog = createAccessLog({ database, clock })
  return {
    routes: (app) => landsbondRoutes(app, { database, clock, desk, feed, accessLog }),
    consumers: [membersConsumer(insurers, clock)],
    resume: () => moveBusinessDay(database, clock.today()),
    verify: () => verifyLandsbond({ database, store, clock, insurers }),
    stop: () => Promise.resolve(),
    submitMonth: (month, actor = 'landsbond') => submitMonth(returns, month, actor),
    acceptMonth: (month, actor = 'landsbond') => acceptMonth(returns, month, actor),
    rebuild: (onProgress) => rebuildLandsbond({ database, store }, onProgress),
  }
}

/** The landsbond service. */
export const landsbond = defineService({
  name: 'landsbond',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
