import { hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import { digestsOf } from './message-digest.ts'
import type { JsonObject, NewEvent, StreamAppend, StreamHead } from './types.ts'

/** The hash before the first event of a stream. */
export const GENESIS_HASH: Buffer = Buffer.alloc(32)

const MILLISECOND_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
let scratch = Buffer.allocUnsafe(16 * 1024)

/** An instant as the store keeps and hashes it: UTC with milliseconds. Throws RangeError on anything else. */
function storedInstant(text: string): string {
  return MILLISECOND_INSTANT.test(text) ? text : new Date(text).toISOString()
}

/** SHA-256 over the 32 bytes of the previous hash and the UTF-8 text after it; both hashes in hex. */
export function chainHash(previousHex: string, canonical: string): string {
  if (scratch.length < 32 + canonical.length * 3) scratch = Buffer.allocUnsafe(64 + canonical.length * 3)
  scratch.write(previousHex, 0, 32, 'hex')
  const length = scratch.write(canonical, 32, 'utf8')
  return hash('sha256', scratch.subarray(0, 32 + length), 'hex')
}

/** The text that is hashed for one event: `[stream_id, version, event_id, type, schema_version, recorded_at, data, metadata]`. */
export function chainText(
  streamId: string,
  version: number,
  event: Pick<NewEvent, 'eventId' | 'type' | 'schemaVersion'>,
  recordedAt: string,
  data: string,
  metadata: string,
): string {
  const { eventId, type, schemaVersion } = event
  return `[${canonicalJson(streamId)},${version},"${eventId}",${canonicalJson(type)},${schemaVersion},"${recordedAt}",${data},${metadata}]`
}

export interface ChainedEvent {
  readonly event: NewEvent
  readonly version: number
  /** Canonical JSON, reused as the text that is stored. */
  readonly data: string
  /** In hex. */
  readonly hash: string
}

export interface ChainedAppend {
  readonly append: StreamAppend
  readonly recordedAt: string
  readonly metadata: string
  readonly events: readonly ChainedEvent[]
  readonly headHash: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const GENESIS_HEX = GENESIS_HASH.toString('hex')

/** Metadata as they are stored: with the digests of the messages of this append, and of no other. */
const canonicalMetadata = ({ metadata, outbox = [] }: StreamAppend): string =>
  canonicalJson({ ...metadata, messages: outbox.length === 0 ? undefined : digestsOf(outbox) } as JsonObject)

/** Chains many appends; what those without messages were all decided with is made into text once. */
export function chainAll(appends: readonly StreamAppend[]): ChainedAppend[] {
  let last: StreamAppend['metadata'] | undefined
  let text = ''
  return appends.map((append) => {
    if ((append.outbox?.length ?? 0) > 0) return chain(append)
    if (append.metadata !== last) {
      last = append.metadata
      text = canonicalMetadata(append)
    }
    return chain(append, text)
  })
}

/** Chains the events of one append onto the head its caller decided on. Throws when the append cannot be stored at all. */
export function chain(append: StreamAppend, metadata: string = canonicalMetadata(append)): ChainedAppend {
  if (append.events.length === 0) throw new RangeError(`append to stream ${append.streamId} has no events`)
  const recordedAt = storedInstant(append.recordedAt)
  const { hash } = append.expected
  let previous = hash === GENESIS_HASH ? GENESIS_HEX : hash.toString('hex')
  const events = append.events.map((event, index): ChainedEvent => {
    if (!UUID.test(event.eventId)) {
      throw new RangeError(`event id ${event.eventId} of stream ${append.streamId} is not a UUID in lower case`)
    }
    const version = append.expected.version + index + 1
    const data = canonicalJson(event.data)
    previous = chainHash(previous, chainText(append.streamId, version, event, recordedAt, data, metadata))
    return { event, version, data, hash: previous }
  })
  return { append, recordedAt, metadata, events, headHash: previous }
}

/** The head of the stream once the append is stored. */
export function headOf({ append, events, headHash }: ChainedAppend): StreamHead {
  return { version: append.expected.version + events.length, hash: Buffer.from(headHash, 'hex') }
}
