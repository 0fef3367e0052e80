export { migrations } from './migrations.ts'
export type { MonthResult } from './returns/months.ts'
export { createLandsbond, type LandsbondModule } from './service.ts'
