export { type RizivModule, riziv } from './service.ts'
export type { ReceiptCommand, Treasury } from './treasury/types.ts'
