import { createAccessLog } from '@ziv/http'
import { createIntake } from '@ziv/intake'
import { loadCapacities } from '@ziv/law'
import type { ToldMember } from '@ziv/members/store'
import type { KeyRange, Transaction } from '@ziv/postgres'
import type { Run, Runs } from '@ziv/runs'
import { defineService, type ServiceContext, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { memberImports } from './api/member-imports.ts'
import { registerRoutes } from './api/routes.ts'
import { finishErasures } from './commands/erasures.ts'
import type { Context } from './context.ts'
import { unprovable } from './domain/evidence.assess.ts'
import { factsOf } from './domain/law-facts.ts'
import { memberImportEvents } from './domain/member-import.events.ts'
import { rejections } from './domain/person.rejections.ts'
import { personEvents } from './domain/stored-events.ts'
import { type ImportOptions, type ImportResult, importMembers } from './intake/import-members.ts'
import { toldMembers } from './verify/told-members.ts'
import { affiliationProofs } from './verify/verify.ts'

export interface AffiliationModule extends ServiceModule {
  /** Takes a file of members in, in process; see `importMembers`. */
  readonly importMembers: (source: AsyncIterable<Uint8Array>, options?: ImportOptions) => Promise<ImportResult>
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
  shared: ServiceContext,
  { afterChunk: onProgress }: AffiliationOptions = {},
): Promise<Omit<AffiliationModule, 'name' | 'api' | 'verify'>> {
  const gaps = unprovable(loadCapacities().open)
  if (gaps.length > 0)
    throw new Error(`the catalogue of capacities and the proofs here do not agree:\n${gaps.join('\n')}`)
  const { database, clock, law, logger } = shared
  const context: Context = { ...shared, facts: () => factsOf(law, clock) }
  const intake = createIntake({
    ...{ database, clock, logger, onProgress, api: 'affiliation' },
    kinds: [memberImports(context)],
  })
  const { files, runs } = intake
  const accessLog = createAccessLog({ database, clock })
  return {
    routes: (app) => registerRoutes(app, { ...context, accessLog, intake }),
    consumers: [],
    runs,
    resume: async () => {
      await finishErasures(context)
      await files.resume()
    },
    proofs: affiliationProofs(context, intake),
    toldMembers: (tx, range) => toldMembers(tx, range, context),
    stop: () => runs.stop(),
    importMembers: (source, options) => importMembers({ files, clock }, source, options),
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
