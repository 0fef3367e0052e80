import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { loadCapacities } from '@ziv/law'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { registerRoutes } from './api/routes.ts'
import type { Context } from './application/context.ts'
import { finishErasures } from './application/erasures.ts'
import { type ImportOptions, type ImportResult, importMembers } from './application/import-members.ts'
import type { MemberImportRow } from './application/import-row.ts'
import { ImportTasks } from './application/import-tasks.ts'
import { verifyAffiliation } from './application/verify.ts'
import { unprovable } from './domain/evidence.assess.ts'
import { factsOf } from './domain/law-facts.ts'
import { rejections } from './domain/person.rejections.ts'
import { personEvents } from './domain/stored-events.ts'

export interface AffiliationModule extends ServiceModule {
  /** Bulk registering, affiliating and insuring in one process; see `importMembers`. */
  readonly importMembers: (rows: AsyncIterable<MemberImportRow>, options?: ImportOptions) => Promise<ImportResult>
  /** Waits until no uploaded import is at work in this process. */
  readonly settled: () => Promise<void>
}

const events = [personEvents]

async function create(deps: ServiceDeps): Promise<Omit<AffiliationModule, 'name' | 'api'>> {
  const gaps = unprovable(loadCapacities().open)
  if (gaps.length > 0)
    throw new Error(`the catalogue of capacities and the proofs here do not agree:\n${gaps.join('\n')}`)
  const store = createEventStore(events)
  const context: Context = { ...deps, store, facts: () => factsOf(deps.law, deps.clock) }
  const imports = new ImportTasks(context)
  const accessLog = createAccessLog({ database: deps.database, clock: deps.clock })
  return {
    routes: (app) => registerRoutes(app, { context, accessLog, imports }),
    consumers: [],
    resume: async () => {
      await finishErasures(context)
      await imports.resume()
    },
    verify: () => verifyAffiliation(context),
    stop: () => imports.stop(),
    importMembers: (rows, options) => importMembers(context, rows, options),
    settled: () => imports.settled(),
  }
}

/** The affiliation service. */
export const affiliation = defineService({
  name: 'affiliation',
  folder: import.meta.dirname,
  api: { ...description, rejections },
  events,
  create,
})
