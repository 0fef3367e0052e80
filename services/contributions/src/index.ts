export { type ContributionsConfig, readConfig } from './config.ts'
export type { BulkRefusal, BulkResult } from './intake/line-types.ts'
export type { AttestInput, PaperSlipInput } from './intake/record-lines.ts'
export type { PaymentInput } from './intake/record-payments.ts'
export type { ImportOptions, ImportResult, SlipFileFormat, SlipIntake } from './intake/types.ts'
export type { SettlementRun } from './runs/settlement-run.ts'
export {
  type BulkOptions,
  type ContributionsOptions,
  type ContributionsService,
  contributions,
  type SettleOptions,
} from './service.ts'
export type { YearAnswer } from './verify/year-answers.ts'
