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

/** An event has a type or a version that its service does not declare: an older program met events of a newer one, or a defect. */
export class UnknownEvent extends Error {
  readonly code = 'EVENT_STORE_UNKNOWN_EVENT'
  readonly retriable = false
  constructor(type: string, schemaVersion: number) {
    super(`event type ${type} in version ${schemaVersion} is not declared by this service: see defineEvents`)
    this.name = 'UnknownEvent'
  }
}
