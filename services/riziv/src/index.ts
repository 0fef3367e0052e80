import { join } from 'node:path'

/** Folder of the service's own migrations. */
export const migrations = join(import.meta.dirname, '..', 'migrations')
export { createRiziv, type RizivModule } from './service.ts'
export type { ReceiptCommand, Treasury } from './treasury/types.ts'
