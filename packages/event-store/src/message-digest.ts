import { hash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'
import type { OutboxDraft } from './types.ts'

/** What of a public message its digest covers; the payload as the text that is stored and sent. */
export interface DigestedMessage extends Omit<OutboxDraft, 'payload'> {
  readonly payload: string
}

/** 132 bits: who looks for another message with the same one tries 2^132 of them. */
const CHARACTERS = 22

/**
 * The digest of a public message that the events it was stored with carry in their metadata, and so in their hash chain. The
 * writer and the proof both ask this function. Sequence and epoch are not covered: the store gives them after the hash is made.
 */
export function messageDigest({ eventId, topic, key, type, attributes, payload }: DigestedMessage): string {
  // canonical text ends where its bracket closes: nothing of it can pass for payload
  const text = canonicalJson([topic, key, type, eventId, attributes]) + payload
  return hash('sha256', text, 'base64url').slice(0, CHARACTERS)
}

/** Digests of the messages of an append, in their order. */
export const digestsOf = (outbox: readonly OutboxDraft[]): readonly string[] =>
  outbox.map((draft) => messageDigest({ ...draft, payload: JSON.stringify(draft.payload) }))
