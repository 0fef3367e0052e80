export { type ReimbursementConfig, readConfig } from './config.ts'
export type {
  ImportInvoiceOptions,
  ImportInvoiceResult,
  InvoiceFile,
  InvoiceFilePart,
  InvoiceIssue,
} from './intake/types.ts'
export { migrations } from './migrations.ts'
export { createReimbursement, type ReimbursementOptions, type ReimbursementService } from './service.ts'
export type { ImportTariffsOptions, ImportTariffsResult } from './tariffs/import-tariffs.ts'
