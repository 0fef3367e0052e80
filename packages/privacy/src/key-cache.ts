/** A person's key in the clear, in memory only; null when it was destroyed. */
export interface SubjectKey {
  readonly keyId: string
  readonly key: Buffer | null
}

export interface KeyCache {
  get(subjectId: string): SubjectKey | undefined
  set(subjectId: string, key: SubjectKey): void
  forget(subjectId: string): void
  clear(): void
}

/**
 * Least recently used keys, at most `size`. An entry is believed for `maxAgeMs` only, so that an erasure done by another
 * process is seen here too. Keys that leave are overwritten.
 */
export function createKeyCache(size: number, maxAgeMs: number, monotonicMs: () => number): KeyCache {
  const entries = new Map<string, { readonly value: SubjectKey; readonly until: number }>()
  const forget = (subjectId: string): void => {
    entries.get(subjectId)?.value.key?.fill(0)
    entries.delete(subjectId)
  }
  return {
    get(subjectId) {
      const entry = entries.get(subjectId)
      if (entry === undefined) return undefined
      if (entry.until <= monotonicMs()) {
        forget(subjectId)
        return undefined
      }
      entries.delete(subjectId)
      entries.set(subjectId, entry)
      return entry.value
    },
    set(subjectId, value) {
      forget(subjectId)
      entries.set(subjectId, { value, until: monotonicMs() + maxAgeMs })
      if (entries.size <= size) return
      const oldest = entries.keys().next()
      if (!oldest.done) forget(oldest.value)
    },
    forget,
    clear() {
      for (const subjectId of [...entries.keys()]) forget(subjectId)
    },
  }
}
