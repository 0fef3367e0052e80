export { runsMigrations } from './migrations.ts'
export { keysOfParts } from './plan.ts'
export { createRuns, type Runs, type RunsOptions } from './runs.ts'
export { newestRun } from './store.ts'
export { type RunTask, taskOf } from './task.ts'
export type {
  ChunkMode,
  Counts,
  Plan,
  Read,
  Run,
  RunFailure,
  RunKind,
  RunOrigin,
  Stretch,
} from './types.ts'
