export type { ReceiptCommand, Treasury } from './commands/types.ts'
export { type RizivModule, riziv } from './service.ts'
