import { canonicalJson } from './canonical-json.ts'
import { digestsOf, type WrittenMessage, written } from './message-digest.ts'
import { sha256 } from './sha256.ts'
import type { NewEvent, StreamAppend, StreamHead } from './types.ts'

/** The hash before the first event of a stream. */
export const GENESIS_HASH: Buffer = Buffer.alloc(32)

const MILLISECOND_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** An instant as the store keeps and hashes it: UTC with milliseconds. Throws RangeError on anything else. */
function storedInstant(text: string): string {
  return MILLISECOND_INSTANT.test(text) ? text : new Date(text).toISOString()
}

/** SHA-256 over the 32 bytes of the previous hash and the UTF-8 text after it; both hashes in hex. */
export function chainHash(previousHex: string, canonical: string): string {
  return sha256(previousHex, canonical, '', 'hex')
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
  readonly messages: readonly WrittenMessage[]
  readonly headHash: string
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const GENESIS_HEX = GENESIS_HASH.toString('hex')

/** Metadata as they are stored: with the digests of the messages of this append, and of no other. */
const metadataText = ([before, after]: readonly [string, string], messages: readonly WrittenMessage[]): string =>
  messages.length === 0 ? `{${joined(before, after)}}` : `{${joined(before, digestsText(messages), after)}}`

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(',')

// digests are base64url: nothing of them is escaped
const digestsText = (messages: readonly WrittenMessage[]): string => `"messages":["${digestsOf(messages).join('","')}"]`

/** The canonical text of metadata in two parts: what comes before the digests of messages in the order of keys, and after. */
function aroundMessages(metadata: StreamAppend['metadata']): readonly [string, string] {
  const entries = Object.entries(metadata)
  const textOf = (own: typeof entries): string => canonicalJson(Object.fromEntries(own)).slice(1, -1)
  return [textOf(entries.filter(([key]) => key < 'messages')), textOf(entries.filter(([key]) => key > 'messages'))]
}

/** Chains many appends; the metadata that they were all decided with are made into text once. */
export function chainAll(appends: readonly StreamAppend[]): ChainedAppend[] {
  let last: StreamAppend['metadata'] | undefined
  let around: readonly [string, string] = ['', '']
  return appends.map((append) => {
    if (append.metadata !== last) {
      last = append.metadata
      around = aroundMessages(last)
    }
    return chain(append, around)
  })
}

/** Chains the events of one append onto the head its caller decided on. Throws when the append cannot be stored at all. */
export function chain(append: StreamAppend, around = aroundMessages(append.metadata)): ChainedAppend {
  if (append.events.length === 0) throw new RangeError(`append to stream ${append.streamId} has no events`)
  const recordedAt = storedInstant(append.recordedAt)
  const messages = (append.outbox ?? []).map(written)
  const metadata = metadataText(around, messages)
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
  return { append, recordedAt, metadata, events, messages, headHash: previous }
}

/** The head of the stream once the append is stored. */
export function headOf({ append, events, headHash }: ChainedAppend): StreamHead {
  return { version: append.expected.version + events.length, hash: Buffer.from(headHash, 'hex') }
}
