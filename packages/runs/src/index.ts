export { runsMigrations } from './migrations.ts'
export { keysOfParts } from './plan.ts'
export { createRuns, type Runs, type RunsOptions } from './runs.ts'
export { newestRun, onceRunId } from './store.ts'
export { problemOf, type RunTask, taskOf } from './task.ts'
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
  Turn,
} from './types.ts'
export { runWhole } from './whole.ts'
