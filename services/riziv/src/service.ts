import { createEventStore } from '@ziv/event-store'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { rizivRoutes } from './api/routes.ts'
import { createTreasury } from './commands/create-treasury.ts'
import type { Treasury } from './commands/types.ts'
import { events } from './domain/events.ts'
import { returnsConsumer } from './reactors/returns-consumer.ts'
import { rizivProofs } from './verify/verify.ts'

export interface RizivModule extends ServiceModule {
  /** Receipts, budgets, advances and settlements, for a command line or a schedule. */
  readonly treasury: Treasury
}

async function create(deps: ServiceDeps): Promise<Omit<RizivModule, 'name' | 'api' | 'verify'>> {
  const { database, clock, law, insurers } = deps
  const store = createEventStore(events)
  const treasury = createTreasury({ database, store, clock, law, insurers })
  return {
    routes: (app) => rizivRoutes(app, { clock, database, treasury }),
    consumers: [returnsConsumer(insurers)],
    resume: () => Promise.resolve(),
    proofs: rizivProofs({ database, store }),
    stop: () => Promise.resolve(),
    treasury,
  }
}

/** The riziv service. */
export const riziv = defineService({
  name: 'riziv',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
