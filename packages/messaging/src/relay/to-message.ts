import type { OutboxRow } from '@ziv/event-store'
import type { OutgoingMessage } from '../types.ts'

/** One outbox row on the wire: CloudEvents 1.0 in binary mode, attributes as `ce_` headers, JSON value. */
export function toMessage(row: OutboxRow): OutgoingMessage {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  for (const [name, value] of Object.entries(row.attributes)) headers[`ce_${name}`] = value
  headers.ce_specversion = '1.0'
  headers.ce_id = row.eventId
  headers.ce_type = row.type
  headers.ce_epoch = String(row.epoch)
  headers.ce_sequence = String(row.sequence)
  return { topic: row.topic, key: row.key, headers, value: row.payload }
}
