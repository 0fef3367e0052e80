import { z } from 'zod'

// what they look like is told in the contract and checked where they are read, with words in four languages
const key = z
  .string()
  .optional()
  .describe('Names this request: sent again with it, it is carried out once and answered as the first time')
  .meta({ minLength: 8, maxLength: 128, example: '0198c1a2-7f00-7000-8000-0000000000aa' })
const match = z
  .string()
  .optional()
  .describe('ETag of what was read: the request is refused with 412 when it has changed since')
  .meta({ example: '"7"' })

/** Headers of a write that is carried out once per Idempotency-Key. */
export const writeHeaders = z.object({ 'idempotency-key': key })

/** Headers of a write on something that has a version, too. */
export const versionedWriteHeaders = z.object({ 'idempotency-key': key, 'if-match': match })
