import { createEventStore } from '@ziv/event-store'
import type { ServiceDeps, ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { rizivRoutes } from './api/routes.ts'
import { returnsConsumer } from './reactors/returns-consumer.ts'
import { createTreasury } from './treasury/create-treasury.ts'
import type { Treasury } from './treasury/types.ts'
import { verifyRiziv } from './verify.ts'

export interface RizivModule extends ServiceModule {
  /** Receipts, budgets, advances and settlements, for a command line or a schedule. */
  readonly treasury: Treasury
}

/** Puts the RIZIV service together on what the composition root hands over. */
export async function createRiziv(deps: ServiceDeps): Promise<RizivModule> {
  const { database, clock, law, insurers } = deps
  const store = createEventStore()
  const treasury = createTreasury({ database, store, clock, law, insurers })
  return {
    name: 'riziv',
    api: description,
    routes: (app) => rizivRoutes(app, { clock, database, treasury }),
    consumers: [returnsConsumer(insurers)],
    resume: () => Promise.resolve(),
    verify: () => verifyRiziv({ database, store }),
    stop: () => Promise.resolve(),
    treasury,
  }
}
