import { randomBytes } from 'node:crypto'
import type { Queryable } from '@ziv/postgres'
import { decrypt, type Encrypted, encrypt } from './cipher.ts'
import type { SubjectKey } from './key-cache.ts'
import type { MasterKeys } from './master-keys.ts'

interface KeyRow {
  readonly subject_id: string
  readonly key_id: string
  readonly wrapped: Buffer | null
}

const binding = (subjectId: string, keyId: string): string => `ziv.privacy.key\n${subjectId}\n${keyId}`

/** Keys of the persons asked for that exist, in one query; a destroyed one comes as null. */
export async function loadKeys(
  q: Queryable,
  masterKeys: MasterKeys,
  subjectIds: readonly string[],
): Promise<Map<string, SubjectKey>> {
  const found = await q.query<KeyRow>({
    name: 'privacy-load-keys',
    text: 'select subject_id, key_id, wrapped from privacy.keys where subject_id = any($1::text[])',
    values: [subjectIds],
  })
  const keys = new Map<string, SubjectKey>()
  for (const row of found.rows) keys.set(row.subject_id, await unwrap(masterKeys, row))
  return keys
}

/** Makes keys for persons without one, in one query. Those that another process made meanwhile are not in the answer. */
export async function makeKeys(
  q: Queryable,
  masterKeys: MasterKeys,
  subjectIds: readonly string[],
): Promise<Map<string, SubjectKey>> {
  const masterKey = await masterKeys.current()
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

const partsOf = (wrapped: Buffer): Encrypted => ({ nonce: wrapped.subarray(0, 12), body: wrapped.subarray(12) })

async function unwrap(masterKeys: MasterKeys, row: KeyRow): Promise<SubjectKey> {
  if (row.wrapped === null) return { keyId: row.key_id, key: null }
  const key = await masterKeys.open(partsOf(row.wrapped), binding(row.subject_id, row.key_id))
  if (key === null) {
    throw new Error(`key of ${row.subject_id} does not unwrap: the master key is not the one it was wrapped with`)
  }
  return { keyId: row.key_id, key }
}

/** Master keys while one takes the place of others. */
export interface Turning {
  readonly masterKey: Buffer
  readonly previous: readonly Buffer[]
}

/**
 * Wraps a page of keys anew that an earlier master key wraps: how many, and the last person looked at, null behind the last
 * page. A row that changed meanwhile (an erasure) is left as it is. Throws when a key opens with none of them.
 */
export async function rewrapKeys(
  q: Queryable,
  { masterKey, previous }: Turning,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly moved: number; readonly last: string | null }> {
  const { rows } = await q.query<KeyRow & { readonly wrapped: Buffer }>({
    name: 'privacy-rewrap-page',
    text: `select subject_id, key_id, wrapped from privacy.keys
            where subject_id > $1 and wrapped is not null order by subject_id limit $2`,
    values: [after, limit],
  })
  const moved = rows.flatMap((row) => {
    const additional = binding(row.subject_id, row.key_id)
    const parts = partsOf(row.wrapped)
    if (decrypt(masterKey, parts, additional) !== null) return []
    const key = previous.map((earlier) => decrypt(earlier, parts, additional)).find((opened) => opened !== null)
    if (key === undefined) throw new Error(`key of ${row.subject_id} does not unwrap with any master key of the file`)
    const { nonce, body } = encrypt(masterKey, key, additional)
    return [{ ...row, anew: Buffer.concat([nonce, body]) }]
  })
  const written = await q.query({
    name: 'privacy-rewrap',
    text: `update privacy.keys k set wrapped = n.anew
             from unnest($1::text[], $2::bytea[], $3::bytea[]) n (subject_id, wrapped, anew)
            where k.subject_id = n.subject_id and k.wrapped = n.wrapped`,
    values: [moved.map((row) => row.subject_id), moved.map((row) => row.wrapped), moved.map((row) => row.anew)],
  })
  return { moved: written.rowCount ?? 0, last: rows.length < limit ? null : (rows.at(-1)?.subject_id ?? null) }
}
