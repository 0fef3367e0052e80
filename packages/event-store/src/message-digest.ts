import { canonicalJson } from './canonical-json.ts'
import { sha256 } from './sha256.ts'
import type { OutboxDraft } from './types.ts'

/** What of a public message its digest covers; the payload as the text that is stored and sent. */
export interface DigestedMessage extends Omit<OutboxDraft, 'payload'> {
  readonly payload: string
}

/** 132 bits: who looks for another message with the same one tries 2^132 of them. */
const CHARACTERS = 22

/** A message as it is written: its payload and its attributes as the texts that are stored. */
export interface WrittenMessage {
  readonly draft: OutboxDraft
  readonly payload: string
  readonly attributes: string
}

/** The texts of a message, made once for its digest and its row. Throws `NotCanonical` for attributes that are no JSON. */
export const written = (draft: OutboxDraft): WrittenMessage => ({
  draft,
  payload: JSON.stringify(draft.payload),
  attributes: attributesText(draft.attributes),
})

/** Canonical JSON of attributes, which are texts. Whoever gives them in the order of their keys gets it from the engine's own JSON. */
function attributesText(attributes: OutboxDraft['attributes']): string {
  const keys = Object.keys(attributes)
  for (let at = 1; at < keys.length; at++) {
    if (keys[at - 1]! > keys[at]!) return canonicalJson(attributes)
  }
  const text = JSON.stringify(attributes)
  // half a surrogate pair, or a NUL character, is refused with words
  return text.includes('\\u') ? canonicalJson(attributes) : text
}

/**
 * The digest of a public message that the events it was stored with carry in their metadata, and so in their hash chain. The
 * writer and the proof both ask this function. Sequence and epoch are not covered: the store gives them after the hash is made.
 */
export const messageDigest = (message: DigestedMessage): string =>
  digestOf(message, attributesText(message.attributes), message.payload)

/** Digests of the messages of an append, in their order. */
export const digestsOf = (messages: readonly WrittenMessage[]): readonly string[] =>
  messages.map(({ draft, attributes, payload }) => digestOf(draft, attributes, payload))

function digestOf(
  { topic, key, type, eventId }: Omit<OutboxDraft, 'payload' | 'attributes'>,
  attributes: string,
  payload: string,
): string {
  // canonical text ends where its bracket closes: nothing of it can pass for payload
  const rest = `[${canonicalJson(topic)},${canonicalJson(key)},${canonicalJson(type)},${canonicalJson(eventId)},${attributes}]`
  return sha256('', rest, payload, 'base64url').slice(0, CHARACTERS)
}
