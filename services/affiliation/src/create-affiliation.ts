import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import type { ServiceDeps, ServiceModule } from '@ziv/service'
import { registerRoutes } from './api/routes.ts'
import type { Context } from './application/context.ts'
import { finishErasures } from './application/erasures.ts'
import { factsOf } from './application/facts.ts'
import { type ImportOptions, type ImportResult, importMembers } from './application/import-members.ts'
import type { MemberImportRow } from './application/import-row.ts'
import { ImportTasks } from './application/import-tasks.ts'
import { verifyAffiliation } from './application/verify.ts'
import { description } from './description.ts'
import { rejections } from './domain/person.rejections.ts'
import { personUpcasters } from './domain/person.upcasters.ts'

export interface AffiliationModule extends ServiceModule {
  /** Bulk registering, affiliating and insuring in one process; see `importMembers`. */
  readonly importMembers: (rows: AsyncIterable<MemberImportRow>, options?: ImportOptions) => Promise<ImportResult>
  /** Waits until no uploaded import is at work in this process. */
  readonly settled: () => Promise<void>
}

/** The affiliation service: persons, affiliations, capacities, evidence. */
export async function createAffiliation(deps: ServiceDeps): Promise<AffiliationModule> {
  const store = createEventStore({ upcasters: personUpcasters as never })
  const context: Context = { ...deps, store, facts: () => factsOf(deps.law, deps.clock) }
  const imports = new ImportTasks(context)
  const accessLog = createAccessLog({ database: deps.database, clock: deps.clock })
  return {
    name: 'affiliation',
    api: { ...description, rejections },
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
