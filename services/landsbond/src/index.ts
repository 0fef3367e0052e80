export { migrations } from './migrations.ts'
export type { MonthResult, ReturnDesk } from './returns/return-desk.ts'
export { createLandsbond, type LandsbondModule } from './service.ts'
