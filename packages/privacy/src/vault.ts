import type { Database } from '@ziv/postgres'
import { blindIndexOf } from './blind-index.ts'
import { decrypt, encrypt } from './cipher.ts'
import { SubjectErasedError, TamperedError } from './errors.ts'
import { createKeyCache, type SubjectKey } from './key-cache.ts'
import { destroyKey, loadKeys, makeKeys } from './key-store.ts'
import { formatSealed, parseSealed } from './sealed-text.ts'
import { ERASED, type Erased, type Sealed, type SealRequest, type Vault } from './types.ts'

export interface VaultOptions {
  /** The key database (`ziv_privacy`), migrated with `privacyMigrations`. */
  readonly database: Database
  /** 32 bytes; wraps the keys of persons. */
  readonly masterKey: Buffer
  /** 32 bytes, another key: it makes the blind index and is never rotated without re-indexing. */
  readonly indexKey: Buffer
  /** Keys held in memory. Default 20,000 (about 4 MB). */
  readonly cacheSize?: number
  /** How long a key in memory is believed, in ms: the longest an erasure by another process goes unseen. Default 30 s. */
  readonly cacheMaxAgeMs?: number
}

/** Persons per key query: a longer list is asked in parts. */
const chunkSize = 5_000

const bind = (subjectId: string, keyId: string, context: string): string => `${subjectId}\n${keyId}\n${context}`

/** The vault over one key database. `close` forgets the keys in memory; the database belongs to the caller. */
export function createVault(options: VaultOptions): Vault {
  const { database, masterKey, indexKey, cacheSize = 20_000, cacheMaxAgeMs = 30_000 } = options
  for (const key of [masterKey, indexKey]) {
    if (key.length !== 32) throw new RangeError('a vault key has 32 bytes')
  }
  if (masterKey.equals(indexKey)) throw new RangeError('masterKey and indexKey have to differ')
  const cache = createKeyCache(cacheSize, cacheMaxAgeMs, () => performance.now())
  // counts what was forgotten: an answer of the database that was on its way meanwhile is used but not kept
  let forgotten = 0
  const forget = (subjectId: string): void => {
    forgotten += 1
    cache.forget(subjectId)
  }

  /** Keys of these persons; those without one are absent, or made when `make` is set. */
  async function keysOf(subjectIds: ReadonlySet<string>, make: boolean): Promise<Map<string, SubjectKey>> {
    const keys = new Map<string, SubjectKey>()
    const unknown: string[] = []
    for (const subjectId of subjectIds) {
      const cached = cache.get(subjectId)
      // a copy: an erasure or an eviction overwrites the cached key while this call may still wait for the database
      if (cached?.key) keys.set(subjectId, { keyId: cached.keyId, key: Buffer.from(cached.key) })
      else unknown.push(subjectId)
    }
    for (let start = 0; start < unknown.length; start += chunkSize) {
      const before = forgotten
      const found = await fetchKeys(unknown.slice(start, start + chunkSize), make)
      for (const [subjectId, key] of found) {
        keys.set(subjectId, key)
        if (key.key !== null && before === forgotten)
          cache.set(subjectId, { keyId: key.keyId, key: Buffer.from(key.key) })
      }
    }
    return keys
  }

  async function fetchKeys(subjectIds: readonly string[], make: boolean): Promise<Map<string, SubjectKey>> {
    const found = await loadKeys(database, masterKey, subjectIds)
    if (!make) return found
    const missing = subjectIds.filter((subjectId) => !found.has(subjectId))
    if (missing.length === 0) return found
    const made = await makeKeys(database, masterKey, missing)
    const raced = missing.filter((subjectId) => !made.has(subjectId))
    const others = raced.length === 0 ? [] : await loadKeys(database, masterKey, raced)
    return new Map([...found, ...made, ...others])
  }

  return {
    async seal(requests: readonly SealRequest[]) {
      const keys = await keysOf(new Set(requests.map((request) => request.subjectId)), true)
      return requests.map(({ subjectId, context, plaintext }) => {
        const held = keys.get(subjectId)
        if (held === undefined || held.key === null) throw new SubjectErasedError(subjectId)
        return formatSealed({
          keyId: held.keyId,
          ...encrypt(held.key, plaintext, bind(subjectId, held.keyId, context)),
        })
      })
    },
    async open(requests) {
      const keys = await keysOf(new Set(requests.map((request) => request.subjectId)), false)
      return requests.map((request) => openOne(keys.get(request.subjectId), request))
    },
    async erase(subjectId) {
      const existed = await destroyKey(database, subjectId)
      forget(subjectId)
      return existed
    },
    forget,
    blindIndex: (kind, value) => blindIndexOf(indexKey, kind, value),
    async close() {
      cache.clear()
    },
  }
}

function openOne(
  held: SubjectKey | undefined,
  { subjectId, context, sealed }: { readonly subjectId: string; readonly context: string; readonly sealed: Sealed },
): string | Erased {
  const parts = parseSealed(sealed)
  if (parts === null) throw new TamperedError(subjectId, context, 'it has not the form of a sealed value')
  if (held === undefined) throw new TamperedError(subjectId, context, 'this subject never had a key')
  if (held.keyId !== parts.keyId)
    throw new TamperedError(subjectId, context, 'it was sealed with the key of another subject')
  if (held.key === null) return ERASED
  const plaintext = decrypt(held.key, parts, bind(subjectId, held.keyId, context))
  if (plaintext === null) throw new TamperedError(subjectId, context, 'content or place was changed')
  return plaintext.toString('utf8')
}
