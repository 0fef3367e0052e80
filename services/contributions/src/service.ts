import { createEventStore } from '@ziv/event-store'
import { createFiles, type Files, fileRunKind } from '@ziv/intake'
import { commonCopy } from '@ziv/members/store'
import type { ConsumerDefinition } from '@ziv/messaging'
import type { KeyRange } from '@ziv/postgres'
import { createRuns, type Run, type Runs } from '@ziv/runs'
import { defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { contributionRoutes } from './api/routes.ts'
import type { Origin } from './commands/year-context.ts'
import { type ContributionsConfig, readConfig } from './config.ts'
import { contributionYearEvents } from './domain/contribution-year.events.ts'
import { slipIntakeEvents } from './domain/slip-intake.events.ts'
import { importSlipFile } from './intake/import-slip-file.ts'
import type { BulkResult } from './intake/line-types.ts'
import {
  type AttestInput,
  type Many,
  type PaperSlipInput,
  recordAttests,
  recordPaperSlips,
} from './intake/record-lines.ts'
import { type PaymentInput, recordPayments } from './intake/record-payments.ts'
import { type SlipFileContext, slipFileKind } from './intake/slip-file.ts'
import type { ImportOptions, ImportResult } from './intake/types.ts'
import { affiliationConsumer } from './reactors/affiliation.ts'
import {
  SETTLEMENT,
  type SettlementParams,
  type SettlementRun,
  settlementKind,
  settlementOf,
} from './runs/settlement-run.ts'
import { contributionsProofs } from './verify/verify.ts'
import { answerYears, type YearAnswer } from './verify/year-answers.ts'

export interface BulkOptions {
  /** Who sends it; default the service itself. */
  readonly origin?: Origin
}

export interface SettleOptions extends BulkOptions {
  readonly onProgress?: (progress: { readonly done: number }) => void
}

/** The contributions service with what the command line and the demo call in process. */
export interface ContributionsService extends ServiceModule {
  readonly consumers: readonly ConsumerDefinition[]
  readonly runs: Runs
  /** Reads a slip file and records its slips; resolves when everything is stored and in the outbox. */
  importSlipFile(source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportResult>
  recordAttests(attests: Many<AttestInput>, options?: BulkOptions): Promise<BulkResult>
  recordPaperSlips(slips: Many<PaperSlipInput>, options?: BulkOptions): Promise<BulkResult>
  recordPayments(payments: Many<PaymentInput>, options?: BulkOptions): Promise<BulkResult>
  /** Settles a year that is over; goes on with a run that was interrupted. Throws when the year is not over. */
  settleYear(year: number, options?: SettleOptions): Promise<SettlementRun>
  /** What would be answered now of every year of every person, in order of persons: for proofs across services. */
  answerYears(range?: KeyRange): AsyncIterable<YearAnswer>
}

/** What the parts of this service share. */
export interface ServiceContext extends SlipFileContext, Pick<ServiceDeps, 'logger'> {
  readonly files: Files
  readonly runs: Runs
  readonly config: ContributionsConfig
}

export interface ContributionsOptions {
  readonly config?: Partial<ContributionsConfig>
  /** For specs: called after each committed chunk of an intake or a settlement run. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

const events = [contributionYearEvents, slipIntakeEvents]

async function create(
  deps: ServiceDeps,
  options: ContributionsOptions = {},
): Promise<Omit<ContributionsService, 'name' | 'api' | 'verify'>> {
  const config = { ...readConfig(), ...options.config }
  const { database, clock, law, logger } = deps
  const store = createEventStore(events)
  const { afterChunk } = options
  const onProgress = afterChunk && (({ done }: Run) => afterChunk(done))
  const shared = { ...config, database, store, clock, law, vault: deps.vault }
  const slipFiles = slipFileKind(shared)
  const runs = createRuns({ database, clock, logger, onProgress }, [
    settlementKind(shared),
    fileRunKind(deps, slipFiles),
  ])
  const files = createFiles({ database, clock, logger, runs }, [slipFiles])
  const context: ServiceContext = { ...shared, config, files, runs, logger }
  const originOf = (given?: BulkOptions): Origin =>
    given?.origin ?? { actor: 'contributions', correlationId: crypto.randomUUID() }
  return {
    routes: (app) => contributionRoutes(app, context),
    runs,
    consumers: [affiliationConsumer(context, deps.insurers)],
    resume: () => files.resume(),
    stop: () => runs.stop(),
    proofs: contributionsProofs(context),
    memberCopy: commonCopy(database),
    importSlipFile: (source, importOptions) => importSlipFile(context, source, importOptions),
    recordAttests: (attests, given) => recordAttests(context, attests, originOf(given)),
    recordPaperSlips: (slips, given) => recordPaperSlips(context, slips, originOf(given)),
    answerYears: (range) => answerYears(database, context, range),
    recordPayments: (payments, given) => recordPayments(context, payments, originOf(given)),
    settleYear: async (year, given) => {
      const report = given?.onProgress
      const told = report && (({ done }: Run) => report({ done }))
      return settlementOf(await runs.run<SettlementParams>(SETTLEMENT, { year }, originOf(given), told))
    },
  }
}

/** The contributions service. */
export const contributions = defineService({
  name: 'contributions',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
