import type { DigestedMessage, OutboxRow } from '@ziv/event-store'
import type { OutgoingMessage } from '../types.ts'

// the same dozen names for every message: made once
const headerNames = new Map<string, string>()
const NAMES_MAX = 1_000
const ours = new Set(['specversion', 'id', 'type', 'epoch', 'sequence'])

function headerName(attribute: string): string {
  const known = headerNames.get(attribute)
  if (known !== undefined) return known
  const name = `ce_${attribute}`
  if (headerNames.size < NAMES_MAX) headerNames.set(attribute, name)
  return name
}

/** What of an outbox row travels. */
type Travelling = Omit<OutboxRow, 'tx' | 'position'>

/** One outbox row on the wire: CloudEvents 1.0 in binary mode, attributes as `ce_` headers, JSON value. */
export function toMessage(row: Travelling): OutgoingMessage {
  // most names are written out: an object that gets a dozen by computed names becomes a slow and large one
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: row.eventId,
    ce_type: row.type,
    ce_epoch: String(row.epoch),
    ce_sequence: String(row.sequence),
  }
  for (const name in row.attributes) if (!ours.has(name)) headers[headerName(name)] = row.attributes[name]!
  return { topic: row.topic, key: row.key, headers, value: row.payload }
}

const constant: Readonly<Record<string, string>> = { 'content-type': 'application/json', ce_specversion: '1.0' }
const given = new Set(['ce_id', 'ce_type', 'ce_epoch', 'ce_sequence'])

/** What the digest of a message covers, read back from the wire; a header that no relay gives counts as an attribute. */
export function digestedOf({ topic, key, headers, value }: OutgoingMessage): DigestedMessage {
  const attributes: Record<string, string> = {}
  for (const [name, text] of Object.entries(headers)) {
    if (given.has(name) || constant[name] === text) continue
    attributes[name.startsWith('ce_') && !(name in constant) ? name.slice(3) : name] = text
  }
  return { eventId: headers.ce_id ?? '', topic, key, type: headers.ce_type ?? '', payload: value, attributes }
}
