import { createEventStore } from '@ziv/event-store'
import type { ServiceDeps, ServiceModule } from '@ziv/http'
import { registerRoutes } from './api/register.ts'
import { treasuryRoutes } from './api/treasury.ts'
import { createTreasury, type Treasury } from './commands.ts'
import { rejections } from './domain/rejections.ts'
import { returnsConsumer } from './reactors/returns-consumer.ts'
import { verifyRiziv } from './verify.ts'

export interface RizivModule extends ServiceModule {
  /** Receipts, budgets, advances and settlements, for a command line or a schedule. */
  readonly treasury: Treasury
}

/** Puts the RIZIV service together on what the composition root hands over. */
export async function createRiziv(deps: ServiceDeps): Promise<RizivModule> {
  const { database, clock, law, insurers } = deps
  const store = createEventStore()
  const treasury = createTreasury({ database, clock, law, insurers }, store)
  return {
    name: 'riziv',
    api: {
      title: 'ZIV RIZIV',
      description: 'Register of insurers and ziekenfondsen, receipts, advances, yearly settlement and the ledger.',
      version: '1.0.0',
      tags: [
        { name: 'Register', description: 'Insurers and ziekenfondsen' },
        { name: 'Treasury', description: 'Receipts, distribution and ledger' },
      ],
      rejections,
    },
    routes: async (app) => {
      registerRoutes(app, clock)
      treasuryRoutes(app, { database, treasury })
    },
    consumers: [returnsConsumer(insurers)],
    resume: () => Promise.resolve(),
    verify: () => verifyRiziv({ database, store }),
    stop: () => Promise.resolve(),
    treasury,
  }
}
