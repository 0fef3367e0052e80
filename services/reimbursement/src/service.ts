import { createAccessLog } from '@ziv/http'
import { createIntake } from '@ziv/intake'
import { commonCopy } from '@ziv/members/store'
import type { Run, Runs } from '@ziv/runs'
import { defineService, type ServiceContext, type ServiceModule } from '@ziv/service'
import { description } from './api/description.ts'
import { invoiceFiles } from './api/invoice-files.ts'
import { reimbursementRoutes } from './api/routes.ts'
import { tariffImports } from './api/tariff-imports.ts'
import { type ReimbursementConfig, readConfig } from './config.ts'
import type { Context } from './context.ts'
import { claimEvents } from './domain/claim.events.ts'
import { invoiceFileEvents } from './domain/invoice-file.ts'
import { patientStatusEvents } from './domain/patient-status.ts'
import { tariffImportEvents } from './domain/tariff-import.events.ts'
import { answerOf } from './intake/answer.ts'
import { answerKindOf } from './intake/file-view.ts'
import { importInvoiceFile } from './intake/import-invoice-file.ts'
import { type ImportTariffsOptions, type ImportTariffsResult, importTariffs } from './intake/import-tariffs.ts'
import { INVOICE_FILE } from './intake/invoice-file.ts'
import type { ImportInvoiceOptions, ImportInvoiceResult, InvoiceFileFacts } from './intake/types.ts'
import { Tariffs } from './projections/tariff-store.ts'
import { affiliationConsumer } from './reactors/affiliation.ts'
import { rightsConsumer } from './reactors/rights.ts'
import { insurabilityCopy } from './verify/insurability-copy.ts'
import { reimbursementProofs } from './verify/verify.ts'

/** The reimbursement service with what the command line and the demo call in process. */
export interface ReimbursementService extends ServiceModule {
  readonly runs: Runs
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
  given: ServiceContext,
  options: ReimbursementOptions = {},
): Promise<Omit<ReimbursementService, 'name' | 'api' | 'verify'>> {
  const config = { ...readConfig(), ...options.config }
  const context: Context = { ...given, tariffs: new Tariffs(given), config }
  const { database, clock, logger } = context
  const { afterChunk } = options
  const onProgress = afterChunk && (({ done }: Run) => afterChunk(done))
  const intake = createIntake({
    ...{ database, clock, logger, onProgress, api: 'reimbursement' },
    kinds: [invoiceFiles(context), tariffImports(context)],
  })
  const { files, runs } = intake
  const accessLog = createAccessLog({ database, clock })
  return {
    routes: (app) => reimbursementRoutes(app, { ...context, accessLog, intake }),
    consumers: [affiliationConsumer(context), rightsConsumer(context)],
    resume: async () => {
      await context.tariffs.current()
      await files.resume()
    },
    proofs: reimbursementProofs(context, intake),
    memberCopy: commonCopy(database),
    messageCopies: [insurabilityCopy],
    runs,
    stop: () => runs.stop(),
    importInvoiceFile: (source, head) => importInvoiceFile({ files, clock }, source, head),
    invoiceFileAnswer: async (fileId) => {
      const file = await files.find<InvoiceFileFacts>(INVOICE_FILE, fileId)
      if (file === null || answerKindOf(file) === undefined) throw new Error(`billing file ${fileId} has no answer yet`)
      return answerOf(context, file)
    },
    importTariffs: (source, head) => importTariffs({ files, clock }, source, head),
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
