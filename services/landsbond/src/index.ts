export type { MonthResult } from './commands/months.ts'
export { type LandsbondModule, landsbond } from './service.ts'
