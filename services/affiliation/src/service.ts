import { createEventStore } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { createFiles, fileRunKind } from '@ziv/intake'
import { loadCapacities } from '@ziv/law'
import type { ToldMember } from '@ziv/members/store'
import type { KeyRange, Transaction } from '@ziv/postgres'
import { createRuns, type Run, type Runs } from '@ziv/runs'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { registerRoutes } from './api/routes.ts'
import type { Context } from './commands/context.ts'
import { finishErasures } from './commands/erasures.ts'
import { unprovable } from './domain/evidence.assess.ts'
import { factsOf } from './domain/law-facts.ts'
import { memberImportEvents } from './domain/member-import.events.ts'
import { rejections } from './domain/person.rejections.ts'
import { personEvents } from './domain/stored-events.ts'
import { type ImportOptions, type ImportResult, importMembers } from './intake/import-members.ts'
import type { MemberImportRow } from './intake/import-row.ts'
import { memberFileKind } from './intake/member-file.ts'
import { toldMembers } from './verify/told-members.ts'
import { affiliationProofs } from './verify/verify.ts'

export interface AffiliationModule extends ServiceModule {
  /** Bulk registering, affiliating and insuring in one process; see `importMembers`. */
  readonly importMembers: (rows: AsyncIterable<MemberImportRow>, options?: ImportOptions) => Promise<ImportResult>
  readonly runs: Runs
  /** What its log says was told of every person of a range: for the proof of the copies. */
  readonly toldMembers: (tx: Transaction, range: KeyRange) => AsyncIterable<ToldMember>
}

export interface AffiliationOptions {
  /** For specs: called after each committed chunk of an import. */
  readonly afterChunk?: ((run: Run) => void | Promise<void>) | undefined
}

const events = [personEvents, memberImportEvents]

async function create(
  deps: ServiceDeps,
  { afterChunk: onProgress }: AffiliationOptions = {},
): Promise<Omit<AffiliationModule, 'name' | 'api' | 'verify'>> {
  const gaps = unprovable(loadCapacities().open)
  if (gaps.length > 0)
    throw new Error(`the catalogue of capacities and the proofs here do not agree:\n${gaps.join('\n')}`)
  const store = createEventStore(events)
  const context: Context = { ...deps, store, facts: () => factsOf(deps.law, deps.clock) }
  const { database, clock, logger } = deps
  const memberFiles = memberFileKind(context)
  const runs = createRuns({ database, clock, logger, onProgress }, [fileRunKind(deps, memberFiles)])
  const files = createFiles({ database, clock, logger, runs }, [memberFiles])
  const accessLog = createAccessLog({ database, clock })
  return {
    routes: (app) => registerRoutes(app, { context, accessLog, files }),
    consumers: [],
    runs,
    resume: async () => {
      await finishErasures(context)
      await files.resume()
    },
    proofs: affiliationProofs(context),
    toldMembers: (tx, range) => toldMembers(tx, range, context),
    stop: () => runs.stop(),
    importMembers: (rows, options) => importMembers(context, rows, options),
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
