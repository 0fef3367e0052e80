import { createEventStore } from '@ziv/event-store'
import { Background, defineService, type ServiceDeps, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { reimbursementRoutes } from './api/routes.ts'
import { type ReimbursementConfig, readConfig } from './config.ts'
import type { ReimbursementContext } from './context.ts'
import { claimEvents } from './domain/claim.events.ts'
import { invoiceFileEvents } from './domain/invoice-file.ts'
import { patientStatusEvents } from './domain/patient-status.ts'
import { tariffImportEvents } from './domain/tariff-import.events.ts'
import { answerOf } from './intake/answer.ts'
import { findFile } from './intake/file-store.ts'
import { importInvoiceFile, resumeInvoiceFiles } from './intake/import-invoice-file.ts'
import type { ImportInvoiceOptions, ImportInvoiceResult } from './intake/types.ts'
import { affiliationConsumer } from './reactors/affiliation.ts'
import { rightsConsumer } from './reactors/rights.ts'
import { type ImportTariffsOptions, type ImportTariffsResult, importTariffs } from './tariffs/import-tariffs.ts'
import { Tariffs } from './tariffs/tariff-store.ts'
import { verifyReimbursement } from './verify/verify.ts'

/** The reimbursement service with what the command line and the demo call in process. */
export interface ReimbursementService extends ServiceModule {
  /** Reads a billing file and settles it; resolves when everything is stored and in the outbox. */
  importInvoiceFile(source: AsyncIterable<Uint8Array>, options?: ImportInvoiceOptions): Promise<ImportInvoiceResult>
  /** The answer to a finished file in the format of the billing files, as a stream of text. Throws while it is not done. */
  invoiceFileAnswer(fileId: string): Promise<AsyncIterable<string>>
  /** Reads an export of tariffs in the NomenSoft shape; new rows close the older ones. */
  importTariffs(source: AsyncIterable<Uint8Array>, options?: ImportTariffsOptions): Promise<ImportTariffsResult>
}

export interface ReimbursementOptions {
  readonly config?: Partial<ReimbursementConfig>
  /** For specs: called after each committed chunk of a billing file. */
  readonly afterChunk?: (done: number) => void | Promise<void>
}

const events = [claimEvents, invoiceFileEvents, patientStatusEvents, tariffImportEvents]

async function create(
  deps: ServiceDeps,
  options: ReimbursementOptions = {},
): Promise<Omit<ReimbursementService, 'name' | 'api'>> {
  const stopping = new AbortController()
  const background = new Background(deps.logger)
  const context: ReimbursementContext = {
    database: deps.database,
    store: createEventStore(events),
    clock: deps.clock,
    law: deps.law,
    vault: deps.vault,
    logger: deps.logger,
    insurers: deps.insurers,
    tariffs: new Tariffs(deps.database, deps.clock),
    config: { ...readConfig(), ...options.config },
    background,
    signal: stopping.signal,
    ...(options.afterChunk === undefined ? {} : { afterChunk: options.afterChunk }),
  }
  return {
    routes: (app) => reimbursementRoutes(app, context),
    consumers: [affiliationConsumer(context), rightsConsumer(context)],
    resume: async () => {
      await context.tariffs.current()
      const files = await resumeInvoiceFiles(context)
      if (files.length > 0) deps.logger.info({ files: files.length }, 'billing files taken up again')
    },
    verify: () => verifyReimbursement(context),
    stop: async () => {
      stopping.abort()
      await background.idle()
    },
    importInvoiceFile: (source, given) => importInvoiceFile(context, source, given),
    invoiceFileAnswer: async (fileId) => {
      const file = await findFile(context.database, fileId)
      if (file?.answer_kind == null) throw new Error(`billing file ${fileId} has no answer yet`)
      return answerOf(context, file)
    },
    importTariffs: (source, given) => importTariffs(context, source, given),
  }
}

/** The reimbursement service. */
export const reimbursement = defineService({
  name: 'reimbursement',
  folder: import.meta.dirname,
  api: description,
  events,
  create,
})
