export { Background } from './background.ts'
export { defineService, type ModuleOf, type ServiceDefinition, type ServiceParts } from './define-service.ts'
export { type FileTasksOptions, fileTasks } from './file-tasks.ts'
export { type HostConfig, readHostConfig } from './host/config.ts'
export { type ClockOptions, type FollowedClock, followClock } from './host/follow-clock.ts'
export { hostMain } from './host/host-main.ts'
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
export { verifyService } from './host/verify-service.ts'
export { serviceMigrations } from './migrations.ts'
export { logsProof, topicHolds } from './notes/anchor-proofs.ts'
export { notesTopic, ownChain } from './notes/anchor-topic.ts'
export { keepNoting, type Noting, noteOrLog, openAnchors } from './notes/anchors.ts'
export {
  anchorKey,
  FIRST,
  linesOf,
  linkOf,
  type SignedLine,
  signatureHolds,
  signed,
  textOf,
} from './notes/signed-file.ts'
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
