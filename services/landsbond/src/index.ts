export type { MonthResult } from './returns/months.ts'
export { type LandsbondModule, landsbond } from './service.ts'
