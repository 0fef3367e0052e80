export { defineService, type ModuleOf } from './define-service.ts'
export { fileTasks } from './file-tasks.ts'
export { hostMain } from './host/host-main.ts'
export { type MeteredService, meterMessaging } from './host/messaging-metrics.ts'
export {
  type Retention,
  type RunningUpkeep,
  serviceUpkeep,
  startUpkeep,
} from './host/upkeep.ts'
export { serviceMigrations } from './migrations.ts'
export { logsProof, topicHolds } from './notes/anchor-proofs.ts'
export { notesTopic, ownChain } from './notes/anchor-topic.ts'
export { keepNoting, type Noting, noteOrLog, openAnchors } from './notes/anchors.ts'
export { anchorKey } from './notes/signed-file.ts'
export { answerProofs } from './proofs/answers.ts'
export { logProofs, membersProof } from './proofs/common.ts'
export { type MessageCopy, MOMENT_SQL, textDigest, textDigestSql } from './proofs/message-copy.ts'
export {
  judgedEmpty,
  provedNow,
  provingSnapshot,
  type RangedProof,
  rangedProof,
  rowsIn,
  wholeProof,
  within,
} from './proofs/proof.ts'
export { stagedProof } from './proofs/staged.ts'
export { addTallies, countedNames, firstOf, NAMED_MAX, type Names, namesOf, naming, told } from './proofs/tally.ts'
export { rebuildRoute } from './rebuild-route.ts'
export { openapiOf, registerService } from './register-service.ts'
export { taskHref, taskRoute } from './task-route.ts'
export { runTasks, storedTasks } from './task-sources.ts'
export type { Finding, ServiceContext, ServiceDeps, ServiceModule } from './types.ts'
export { Board, type Progress, workOff } from './verification/board.ts'
export { type Outcome, outcomeOf, rangeOf, type Task } from './verification/plan.ts'
export { proveInRanges, RESULTS_FILE, type RunOptions, type SharedWork, type Worker } from './verification/run.ts'
