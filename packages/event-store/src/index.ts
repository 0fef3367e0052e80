export { canonicalJson, NotCanonical } from './canonical-json.ts'
export { chainHash, chainText, GENESIS_HASH } from './chain.ts'
export {
  acquireLease,
  type Lease,
  type LeaseRequest,
  readCheckpoint,
  releaseLease,
  renewLease,
  saveCheckpoint,
} from './checkpoints.ts'
export {
  type CommandOutcome,
  type CommandRequest,
  type DecidedEvent,
  eventIdOf,
  type StreamChange,
  StreamVersionMismatch,
  toDomainEvent,
} from './decide-batch.ts'
export { EventIdTaken, LeaseLost, UnknownEvent, WrongExpectedVersions } from './errors.ts'
export { createEventStore, eventStoreMigrations } from './event-store.ts'
export { createFenceGauge, type FenceGauge } from './fence-lag.ts'
export { type CommandHandling, handleCommand, handleCommands, type SealRequest } from './handle-command.ts'
export { EMPTY_LOG, extendDigest, type LogDigest } from './log-digest.ts'
export { newestMoment } from './newest-moment.ts'
export { countOutbox, type OutboxRow, type PruneOptions, pruneOutbox, tailOutbox } from './outbox.ts'
export { START } from './read.ts'
export * from './types.ts'
export { type ChainsProof, verifyChains } from './verify-chains.ts'
