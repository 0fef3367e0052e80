import { WrongExpectedVersion } from './types.ts'

/** Some event ids of an append are stored already, but not all of them in this stream: a defect of the id's derivation. */
export class EventIdTaken extends Error {
  readonly code = 'EVENT_STORE_EVENT_ID_TAKEN'
  readonly retriable = false
  constructor(streamId: string, options?: { cause?: unknown }) {
    super(
      `stream ${streamId}: some event ids of this append are already stored; derive each id from its command and position, ` +
        'and repeat a command with the same events',
      options,
    )
    this.name = 'EventIdTaken'
  }
}

/** `appendMany` met streams that moved on. Names all of them, so that only these are read and decided again. */
export class WrongExpectedVersions extends WrongExpectedVersion {
  readonly streamIds: readonly string[]
  constructor(conflicts: readonly { readonly streamId: string; readonly expectedVersion: number }[]) {
    super(conflicts[0]!.streamId, conflicts[0]!.expectedVersion)
    this.name = 'WrongExpectedVersions'
    this.streamIds = conflicts.map(({ streamId }) => streamId)
  }
}

/** Another process took the lease over, or the checkpoint is not where this process left it: stop and start again. */
export class LeaseLost extends Error {
  readonly code = 'EVENT_STORE_LEASE_LOST'
  readonly retriable = true
  constructor(processor: string, term: number) {
    super(
      `processor ${processor} lost its lease of term ${term} or its checkpoint moved: acquire it again and read on from there`,
    )
    this.name = 'LeaseLost'
  }
}

/** A command id came back with another request: nothing of the second is stored. */
export class CommandIdReused extends Error {
  readonly code = 'EVENT_STORE_COMMAND_ID_REUSED'
  readonly retriable = false
  constructor(streamId: string, commandId: string) {
    super(
      `stream ${streamId}: command ${commandId} was given before with another content; give the new one an id of its own`,
    )
    this.name = 'CommandIdReused'
  }
}

/** The `If-Match` of a command names a version that the stream is not at. */
export class StreamVersionMismatch extends Error {
  readonly code = 'EVENT_STORE_VERSION_MISMATCH'
  readonly retriable = false
  readonly streamId: string
  readonly expectedVersion: number
  readonly actualVersion: number
  constructor(streamId: string, expectedVersion: number, actualVersion: number) {
    super(`stream ${streamId} is at version ${actualVersion}, not ${expectedVersion}: read it again before changing it`)
    this.name = 'StreamVersionMismatch'
    this.streamId = streamId
    this.expectedVersion = expectedVersion
    this.actualVersion = actualVersion
  }
}

/** An event has a type or a version that its service does not declare: an older program met events of a newer one, or a defect. */
export class UnknownEvent extends Error {
  readonly code = 'EVENT_STORE_UNKNOWN_EVENT'
  readonly retriable = false
  constructor(type: string, schemaVersion: number) {
    super(`event type ${type} in version ${schemaVersion} is not declared by this service: see defineEvents`)
    this.name = 'UnknownEvent'
  }
}
