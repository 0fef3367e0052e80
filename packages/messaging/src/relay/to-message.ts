import type { OutboxRow } from '@ziv/event-store'
import type { OutgoingMessage } from '../types.ts'

// the same dozen names for every message: made once
const headerNames = new Map<string, string>()
const NAMES_MAX = 1_000

function headerName(attribute: string): string {
  const known = headerNames.get(attribute)
  if (known !== undefined) return known
  const name = `ce_${attribute}`
  if (headerNames.size < NAMES_MAX) headerNames.set(attribute, name)
  return name
}

/** One outbox row on the wire: CloudEvents 1.0 in binary mode, attributes as `ce_` headers, JSON value. */
export function toMessage(row: OutboxRow): OutgoingMessage {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (const name in row.attributes) headers[headerName(name)] = row.attributes[name]!
  headers.ce_specversion = '1.0'
  headers.ce_id = row.eventId
  headers.ce_type = row.type
  headers.ce_epoch = String(row.epoch)
  headers.ce_sequence = String(row.sequence)
  return { topic: row.topic, key: row.key, headers, value: row.payload }
}
