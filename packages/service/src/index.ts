export { Background } from './background.ts'
export { defineService, type ModuleOf, type ServiceDefinition, type ServiceParts } from './define-service.ts'
export { type FileTasksOptions, fileTasks } from './file-tasks.ts'
export { type HostConfig, readHostConfig } from './host/config.ts'
export { type ClockOptions, type FollowedClock, followClock } from './host/follow-clock.ts'
export { type MeteredService, meterMessaging } from './host/messaging-metrics.ts'
export { runService } from './host/run-service.ts'
export {
  defaultRetention,
  type Retention,
  type RunningUpkeep,
  serviceUpkeep,
  startUpkeep,
  type UpkeepOptions,
  type UpkeepTask,
} from './host/upkeep.ts'
export { serviceMigrations } from './migrations.ts'
export { logProofs, membersProof } from './proofs/common.ts'
export {
  planProof,
  proveRange,
  type RangedProof,
  type RangeResult,
  rangedProof,
  rangesOf,
  stoppedProof,
  wholeProof,
  within,
} from './proofs/proof.ts'
export { addTallies, type Names, namesOf, told } from './proofs/tally.ts'
export { rebuildRoute } from './rebuild-route.ts'
export { openapiOf, registerService } from './register-service.ts'
export { taskHref, taskRoute } from './task-route.ts'
export { runTasks, storedTasks, type TaskSource } from './task-sources.ts'
export type { Finding, ServiceDeps, ServiceModule } from './types.ts'
