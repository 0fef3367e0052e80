import { createEventStore } from '@ziv/event-store'
import { createAccessLog, type ServiceDeps, type ServiceModule } from '@ziv/http'
import { apiDescription } from './api/description.ts'
import { landsbondRoutes } from './api/routes.ts'
import { createCounterFeed } from './projections/counter-feed.ts'
import { moveBusinessDay } from './projections/member-counts.ts'
import { membersConsumer } from './reactors/members-consumer.ts'
import { createReturnDesk, type MonthResult } from './returns/return-desk.ts'
import { verifyLandsbond } from './verify/verify.ts'

export interface LandsbondModule extends ServiceModule {
  /**
   * Submits the return of a month (`2024-03`) for every ziekenfonds that exists on its last day or has members. Those that
   * have a return submitted or accepted are left alone, so a repetition changes nothing.
   */
  submitMonth(month: string, actor?: string): Promise<MonthResult>
  /** Accepts every return of the month that waits for its landsbond. */
  acceptMonth(month: string, actor?: string): Promise<MonthResult>
}

/** Puts the landsbond service together on what the composition root hands over. Opens nothing, starts nothing. */
export async function createLandsbond(deps: ServiceDeps): Promise<LandsbondModule> {
  const { database, clock, law, insurers } = deps
  const store = createEventStore()
  const desk = createReturnDesk({ database, store, clock, law, insurers })
  const feed = createCounterFeed({ database, clock })
  const accessLog = createAccessLog({ database, clock })
  return {
    name: 'landsbond',
    api: apiDescription,
    routes: (app) => landsbondRoutes(app, { database, clock, desk, feed, accessLog }),
    consumers: [membersConsumer(insurers, clock)],
    resume: () => moveBusinessDay(database, clock.today()),
    verify: () => verifyLandsbond({ database, store, clock, insurers }),
    stop: () => Promise.resolve(),
    submitMonth: (month, actor) => desk.submitMonth(month, actor),
    acceptMonth: (month, actor) => desk.acceptMonth(month, actor),
  }
}
