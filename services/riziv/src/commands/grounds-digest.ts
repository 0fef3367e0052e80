import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '@ziv/event-store'

/** SHA-256 (hex) over grounds as they are kept and told: by it the event holds what rests beside the log. */
export function groundsDigest(grounds: readonly unknown[]): string {
  // as they come back from the table: without members that are not there
  const told = JSON.parse(JSON.stringify({ grounds })) as JsonObject
  return createHash('sha256').update(canonicalJson(told)).digest('hex')
}
