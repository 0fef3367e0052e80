import { randomBytes } from 'node:crypto'
import type { Queryable } from '@ziv/postgres'
import { decrypt, encrypt } from './cipher.ts'
import type { SubjectKey } from './key-cache.ts'

interface KeyRow {
  readonly subject_id: string
  readonly key_id: string
  readonly wrapped: Buffer | null
}

const binding = (subjectId: string, keyId: string): string => `ziv.privacy.key\n${subjectId}\n${keyId}`

/** Keys of the persons asked for that exist, in one query; a destroyed one comes as null. */
export async function loadKeys(
  q: Queryable,
  masterKey: Buffer,
  subjectIds: readonly string[],
): Promise<Map<string, SubjectKey>> {
  const found = await q.query<KeyRow>({
    name: 'privacy-load-keys',
    text: 'select subject_id, key_id, wrapped from privacy.keys where subject_id = any($1::text[])',
    values: [subjectIds],
  })
  return new Map(found.rows.map((row) => [row.subject_id, unwrap(masterKey, row)]))
}

/** Makes keys for persons without one, in one query. Those that another process made meanwhile are not in the answer. */
export async function makeKeys(
  q: Queryable,
  masterKey: Buffer,
  subjectIds: readonly string[],
): Promise<Map<string, SubjectKey>> {
  const drafts = new Map(subjectIds.map((subjectId) => [subjectId, draftKey(masterKey, subjectId)]))
  const list = [...drafts.values()]
  const made = await q.query<{ subject_id: string }>({
    name: 'privacy-make-keys',
    text: `insert into privacy.keys (subject_id, key_id, wrapped)
           select * from unnest($1::text[], $2::text[], $3::bytea[]) on conflict (subject_id) do nothing
           returning subject_id`,
    values: [subjectIds, list.map((draft) => draft.keyId), list.map((draft) => draft.wrapped)],
  })
  return new Map(made.rows.map((row) => [row.subject_id, drafts.get(row.subject_id)!]))
}

/** Destroys a key, or leaves a mark that no key may ever be made. True when there was a key. */
export async function destroyKey(q: Queryable, subjectId: string): Promise<boolean> {
  const destroyed = await q.query(
    `update privacy.keys set wrapped = null, destroyed_at = clock_timestamp()
      where subject_id = $1 and destroyed_at is null`,
    [subjectId],
  )
  if ((destroyed.rowCount ?? 0) > 0) return true
  const marked = await q.query(
    `insert into privacy.keys (subject_id, key_id, wrapped, destroyed_at)
     values ($1, $2, null, clock_timestamp()) on conflict (subject_id) do nothing`,
    [subjectId, newKeyId()],
  )
  if ((marked.rowCount ?? 0) > 0) return false
  // a key may have been made between the two statements: then it is destroyed now
  const late = await q.query(
    `update privacy.keys set wrapped = null, destroyed_at = clock_timestamp()
      where subject_id = $1 and destroyed_at is null`,
    [subjectId],
  )
  return (late.rowCount ?? 0) > 0
}

const newKeyId = (): string => randomBytes(12).toString('base64url')

function draftKey(masterKey: Buffer, subjectId: string): SubjectKey & { readonly wrapped: Buffer } {
  const keyId = newKeyId()
  const key = randomBytes(32)
  const { nonce, body } = encrypt(masterKey, key, binding(subjectId, keyId))
  return { keyId, key, wrapped: Buffer.concat([nonce, body]) }
}

function unwrap(masterKey: Buffer, row: KeyRow): SubjectKey {
  if (row.wrapped === null) return { keyId: row.key_id, key: null }
  const encrypted = { nonce: row.wrapped.subarray(0, 12), body: row.wrapped.subarray(12) }
  const key = decrypt(masterKey, encrypted, binding(row.subject_id, row.key_id))
  if (key === null) {
    throw new Error(`key of ${row.subject_id} does not unwrap: the master key is not the one it was wrapped with`)
  }
  return { keyId: row.key_id, key }
}
