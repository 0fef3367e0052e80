export type { RightsModule, RightsOptions } from './service.ts'
export { rights } from './service.ts'
