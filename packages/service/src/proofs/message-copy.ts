import { createHash } from 'node:crypto'
import type { ReceivedEvent } from '@ziv/messaging'

/** What a service keeps of messages of another, to be held to what was sent: a row of each of them, or the newest of a person. */
export interface MessageCopy {
  /** It has the columns `person_id` and `recorded_at`. */
  readonly table: string
  /** The messages, of the topics `ziv.<insurer>.<context>.v1`. */
  readonly context: 'affiliation' | 'contributions' | 'rights' | 'reimbursement'
  /** One row a person. */
  readonly newestOnly?: boolean
  /** What is compared of a row as one text, in SQL. */
  readonly row: string
  /** The same text of a message, translated as the consumer does; null where nothing is kept of it. */
  readonly wanted: (event: ReceivedEvent) => string | null
}

/** The moment a row was recorded, as messages write it, in SQL. */
export const MOMENT_SQL = `to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A digest in the place of a long text: those of many persons are held in memory at once. */
export const textDigest = (text: string): string => createHash('sha256').update(text).digest('base64')

/** The same digest of an expression of type text, in SQL. */
export const textDigestSql = (expression: string): string =>
  `encode(sha256(convert_to(${expression}, 'UTF8')), 'base64')`
