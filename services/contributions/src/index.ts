export type { AttestInput, PaperSlipInput } from './bulk/record-lines.ts'
export type { PaymentInput } from './bulk/record-payments.ts'
export type { BulkRefusal, BulkResult } from './bulk/types.ts'
export { type ContributionsConfig, readConfig } from './config.ts'
export type { ImportOptions, ImportResult, SlipFileFormat, SlipIntake } from './intake/types.ts'
export {
  type BulkOptions,
  type ContributionsOptions,
  type ContributionsService,
  contributions,
  type SettleOptions,
} from './service.ts'
export type { SettlementRun } from './settlement/settlement-run.ts'
export type { YearAnswer } from './verify/year-answers.ts'
