export type { AttestInput } from './intake/record-lines.ts'
export type { PaymentInput } from './intake/record-payments.ts'
export {
  type ContributionsService,
  contributions,
} from './service.ts'
