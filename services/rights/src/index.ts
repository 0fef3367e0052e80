import { join } from 'node:path'

/** Folder of the service's own migrations. */
export const migrations = join(import.meta.dirname, '..', 'migrations')
export type { RightsModule, RightsOptions } from './service.ts'
export { createRights } from './service.ts'
