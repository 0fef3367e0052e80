import type { Database } from '@ziv/postgres'
import { createKeyCache, type SubjectKey } from './key-cache.ts'
import { loadKeys, makeKeys } from './key-store.ts'
import type { MasterKeys } from './master-keys.ts'

/** Persons per key query: a longer list is asked in parts. */
const chunkSize = 5_000

export interface KeyRing {
  /** Keys of these persons, in one query for all that are not in memory. Those without one are absent, or made. */
  keysOf(subjectIds: ReadonlySet<string>, make: boolean): Promise<Map<string, SubjectKey>>
  forget(subjectId: string): void
  clear(): void
}

/** Keys of persons in front of the key database, the recently used ones in memory. */
export function createKeyRing(options: {
  readonly database: Database
  readonly masterKeys: MasterKeys
  readonly cacheSize: number
  readonly cacheMaxAgeMs: number
}): KeyRing {
  const { database, masterKeys } = options
  const cache = createKeyCache(options.cacheSize, options.cacheMaxAgeMs, () => performance.now())
  // counts what was forgotten: an answer of the database that was on its way meanwhile is used but not kept
  let forgotten = 0

  async function fetchKeys(subjectIds: readonly string[], make: boolean): Promise<Map<string, SubjectKey>> {
    const found = await loadKeys(database, masterKeys, subjectIds)
    if (!make) return found
    const missing = subjectIds.filter((subjectId) => !found.has(subjectId))
    if (missing.length === 0) return found
    const made = await makeKeys(database, masterKeys, missing)
    const raced = missing.filter((subjectId) => !made.has(subjectId))
    const others = raced.length === 0 ? [] : await loadKeys(database, masterKeys, raced)
    return new Map([...found, ...made, ...others])
  }

  return {
    async keysOf(subjectIds, make) {
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
        for (const [subjectId, key] of await fetchKeys(unknown.slice(start, start + chunkSize), make)) {
          keys.set(subjectId, key)
          if (key.key === null || before !== forgotten) continue
          cache.set(subjectId, { keyId: key.keyId, key: Buffer.from(key.key) })
        }
      }
      return keys
    },
    forget(subjectId) {
      forgotten += 1
      cache.forget(subjectId)
    },
    clear: () => cache.clear(),
  }
}
