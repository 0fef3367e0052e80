export { canonicalJson } from './canonical-json.ts'
export { GENESIS_HASH } from './chain.ts'
export {
  acquireLease,
  type Lease,
  readCheckpoint,
  releaseLease,
  renewLease,
  saveCheckpoint,
} from './checkpoints.ts'
export { CommandBatch } from './command-batch.ts'
export {
  type CommandHandling,
  type CommandOutcome,
  type CommandRequest,
  eventIdOf,
  type StreamChange,
  toDomainEvent,
} from './commands.ts'
export { compareOutbox, OUTBOX_PLACES_SQL, type OutboxCompared } from './compare-outbox.ts'
export {
  CommandIdReused,
  EventIdTaken,
  LeaseLost,
  StreamVersionMismatch,
  WrongExpectedVersions,
} from './errors.ts'
export { createEventStore, eventStoreMigrations } from './event-store.ts'
export { createFenceGauge } from './fence-lag.ts'
export { handleCommand, handleCommands } from './handle-command.ts'
export { EMPTY_LOG, extendDigest, type LogDigest } from './log-digest.ts'
export { looseMessages } from './loose-messages.ts'
export { type DigestedMessage, messageDigest } from './message-digest.ts'
export { newestMoment } from './newest-moment.ts'
export { type OnlyEvent, recordOnce } from './once.ts'
export { countOutbox, OUTBOX_WRITTEN, type OutboxRow, pruneOutbox, tailOutbox } from './outbox.ts'
export { wasPruned } from './pruned.ts'
export { START } from './read.ts'
export { outboxDigests, TOLD_DIGESTS_SQL, toldDigests } from './told-digests.ts'
export * from './types.ts'
export { walkChains } from './verify-chains.ts'
