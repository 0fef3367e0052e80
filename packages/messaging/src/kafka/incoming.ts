import { decodeUtf8 } from '@ziv/kernel'
import type { Batch } from 'kafkajs'
import type { IncomingMessage } from '../types.ts'

const nothing = Buffer.alloc(0)

/** Key and headers as text. Bytes that are no text leave the mark that tells so, and a reader refuses it. */
const label = (value: Buffer | string | undefined | null): string => (value == null ? '' : value.toString())

/** The messages of a fetch. A value in wrong bytes is kept as it came: what is made of it would not be what its sender said. */
export function incoming({
  topic,
  partition,
  messages,
}: Pick<Batch, 'topic' | 'partition' | 'messages'>): IncomingMessage[] {
  return messages.map((message) => {
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(message.headers ?? {})) {
      headers[name] = Array.isArray(value) ? value.map(label).join() : label(value)
    }
    const bytes = message.value ?? nothing
    const value = decodeUtf8(bytes)
    const place = { topic, partition, offset: message.offset, key: label(message.key), headers }
    return value === null ? { ...place, value: '', bytes } : { ...place, value }
  })
}
