export { type ReimbursementConfig, readConfig } from './config.ts'
export type { ImportTariffsOptions, ImportTariffsResult } from './intake/import-tariffs.ts'
export type {
  ImportInvoiceOptions,
  ImportInvoiceResult,
  InvoiceFile,
  InvoiceFilePart,
} from './intake/types.ts'
export { type ReimbursementOptions, type ReimbursementService, reimbursement } from './service.ts'
