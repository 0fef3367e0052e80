import type { Origin } from '@ziv/event-store'
import { createAccessLog } from '@ziv/http'
import { createIntake, type LineFacts, type Received } from '@ziv/intake'
import { commonCopy } from '@ziv/members/store'
import type { ConsumerDefinition } from '@ziv/messaging'
import type { KeyRange } from '@ziv/postgres'
import type { Run, Runs } from '@ziv/runs'
import { defineService, type ServiceContext, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { paymentBatches, selfEmployedAttestBatches, slipBatches } from './api/line-batches.ts'
import { contributionRoutes } from './api/routes.ts'
import { slipIntakes } from './api/slip-intakes.ts'
import { type ContributionsConfig, readConfig } from './config.ts'
import type { Context } from './context.ts'
import { contributionYearEvents } from './domain/contribution-year.events.ts'
import { lineBatchEvents } from './domain/line-batch.events.ts'
import { paymentReferenceEvents } from './domain/payment-reference.events.ts'
import { slipIntakeEvents } from './domain/slip-intake.events.ts'
import { waitingSlipsEvents } from './domain/waiting-slips.events.ts'
import { importSlipFile } from './intake/import-slip-file.ts'
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

export interface SettleOptions {
  /** Who asks; default the service itself. */
  readonly origin?: Origin
  readonly onProgress?: (progress: { readonly done: number }) => void
}

/** The contributions service with what the command line and the demo call in process. */
export interface ContributionsService extends ServiceModule {
  readonly consumers: readonly ConsumerDefinition[]
  readonly runs: Runs
  /** Reads a slip file and records its slips; resolves when everything is stored and in the outbox. */
  importSlipFile(source: AsyncIterable<Uint8Array>, options: ImportOptions): Promise<ImportResult>
  /** Takes in a file of contributions, one a line (`paymentBatch` and the like); resolves when all of it is stored. */
  importLines(kind: string, source: AsyncIterable<Uint8Array>, origin?: Origin): Promise<Received<LineFacts>>
  /** Settles a year that is over; goes on with a run that was interrupted. Throws when the year is not over. */
  settleYear(year: number, options?: SettleOptions): Promise<SettlementRun>
  /** What would be answered now of every year of every person, in order of persons: for proofs across services. */
  answerYears(range?: KeyRange): AsyncIterable<YearAnswer>
}

export interface ContributionsOptions {
  readonly config?: Partial<ContributionsConfig>
  /** For specs: called after each committed chunk of an intake or a settlement run. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

const events = [contributionYearEvents, slipIntakeEvents, lineBatchEvents, paymentReferenceEvents, waitingSlipsEvents]

async function create(
  given: ServiceContext,
  options: ContributionsOptions = {},
): Promise<Omit<ContributionsService, 'name' | 'api' | 'verify'>> {
  const context: Context = { ...given, config: { ...readConfig(), ...options.config } }
  const { database, clock, logger } = context
  const { afterChunk } = options
  const onProgress = afterChunk && (({ done }: Run) => afterChunk(done))
  const intake = createIntake({
    ...{ database, clock, logger, onProgress, api: 'contributions' },
    kinds: [slipIntakes, slipBatches, selfEmployedAttestBatches, paymentBatches].map((kind) => kind(context)),
    others: [settlementKind(context)],
  })
  const { files, runs } = intake
  const accessLog = createAccessLog({ database, clock })
  const originOf = (given?: { readonly origin?: Origin | undefined }): Origin =>
    given?.origin ?? { actor: 'contributions', correlationId: crypto.randomUUID() }
  return {
    routes: (app) => contributionRoutes(app, { ...context, accessLog, intake }),
    runs,
    consumers: [affiliationConsumer(context)],
    resume: () => files.resume(),
    stop: () => runs.stop(),
    proofs: contributionsProofs(context, intake),
    memberCopy: commonCopy(database),
    importSlipFile: (source, importOptions) => importSlipFile({ files, clock }, source, importOptions),
    importLines: (kind, source, origin) =>
      files.import<LineFacts>(kind, source, { origin: originOf({ origin }), format: 'jsonl' }),
    answerYears: (range) => answerYears(database, context, range),
    settleYear: async (year, settle) => {
      const report = settle?.onProgress
      const told = report && (({ done }: Run) => report({ done }))
      return settlementOf(await runs.run<SettlementParams>(SETTLEMENT, { year }, originOf(settle), told))
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
