import { defineService, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { rizivRoutes } from './api/routes.ts'
import { createTreasury } from './commands/create-treasury.ts'
import type { Treasury } from './commands/types.ts'
import type { Context } from './context.ts'
import { events } from './domain/events.ts'
import { returnsConsumer } from './reactors/returns-consumer.ts'
import { rizivProofs } from './verify/verify.ts'

export interface RizivModule extends ServiceModule {
  /** Receipts, budgets, advances and settlements, for a command line or a schedule. */
  readonly treasury: Treasury
}

async function create(context: Context): Promise<Omit<RizivModule, 'name' | 'api' | 'verify'>> {
  const treasury = createTreasury(context)
  return {
    routes: (app) => rizivRoutes(app, { ...context, treasury }),
    consumers: [returnsConsumer(context.insurers)],
    resume: () => Promise.resolve(),
    proofs: rizivProofs(context),
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
