export { runsMigrations } from './migrations.ts'
export { keysOfParts } from './plan.ts'
export { createRuns, type Runs, type RunsOptions } from './runs.ts'
export { onceRunId } from './store.ts'
export { problemOf, taskOf } from './task.ts'
export type {
  ChunkMode,
  Counts,
  Plan,
  Read,
  Run,
  RunKind,
  RunRange,
  Turn,
} from './types.ts'
export { runWhole } from './whole.ts'
