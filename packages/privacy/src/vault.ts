import type { Database } from '@ziv/postgres'
import { blindIndexOf } from './blind-index.ts'
import { decrypt, encrypt } from './cipher.ts'
import { SubjectErasedError, TamperedError } from './errors.ts'
import type { SubjectKey } from './key-cache.ts'
import { createKeyRing } from './key-ring.ts'
import { destroyKey } from './key-store.ts'
import { fixedMasterKey, type MasterKeys } from './master-keys.ts'
import { formatSealed, parseSealed } from './sealed-text.ts'
import { ERASED, type Erased, type Sealed, type SealRequest, type Vault } from './types.ts'

export interface VaultOptions {
  /** The key database (`ziv_privacy`), migrated with `privacyMigrations`. */
  readonly database: Database
  /** 32 bytes, or keys that can be turned (`masterKeysOf`): wraps the keys of persons. */
  readonly masterKey: Buffer | MasterKeys
  /** 32 bytes, another key: it makes the blind index and is never rotated without re-indexing. */
  readonly indexKey: Buffer
  /** Keys held in memory. Default 20,000 (about 4 MB). */
  readonly cacheSize?: number
  /** How long a key in memory is believed, in ms: the longest an erasure by another process goes unseen. Default 30 s. */
  readonly cacheMaxAgeMs?: number
}

const bind = (subjectId: string, keyId: string, context: string): string => `${subjectId}\n${keyId}\n${context}`

/** The vault over one key database. `close` forgets the keys in memory; the database belongs to the caller. */
export function createVault(options: VaultOptions): Vault {
  const { database, masterKey, indexKey, cacheSize = 20_000, cacheMaxAgeMs = 30_000 } = options
  if (indexKey.length !== 32) throw new RangeError('a vault key has 32 bytes')
  if (Buffer.isBuffer(masterKey)) {
    if (masterKey.length !== 32) throw new RangeError('a vault key has 32 bytes')
    if (masterKey.equals(indexKey)) throw new RangeError('masterKey and indexKey have to differ')
  }
  const masterKeys = Buffer.isBuffer(masterKey) ? fixedMasterKey(masterKey) : masterKey
  const ring = createKeyRing({ database, masterKeys, cacheSize, cacheMaxAgeMs })
  return {
    async seal(requests: readonly SealRequest[]) {
      const keys = await ring.keysOf(new Set(requests.map((request) => request.subjectId)), true)
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
      const keys = await ring.keysOf(new Set(requests.map((request) => request.subjectId)), false)
      return requests.map((request) => openOne(keys.get(request.subjectId), request))
    },
    async erase(subjectId) {
      const existed = await destroyKey(database, subjectId)
      ring.forget(subjectId)
      return existed
    },
    forget: (subjectId) => ring.forget(subjectId),
    blindIndex: (kind, value) => blindIndexOf(indexKey, kind, value),
    async close() {
      ring.clear()
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
