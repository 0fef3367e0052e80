/** `{ "$sealed": "v1:<key id>:<nonce>:<ciphertext>" }`: the only form in which personal data rests in events and tables. */
export interface Sealed {
  readonly $sealed: string
}

/** What reading a field gives after its subject was erased. */
export const ERASED = Symbol.for('ziv.erased')
export type Erased = typeof ERASED

export interface SealRequest {
  readonly subjectId: string
  /** Bound into the ciphertext (additional data): event or row id plus field path, so that it cannot be moved. */
  readonly context: string
  readonly plaintext: string
}

export interface Vault {
  /** Seals many values with one key look-up; keys of new subjects are created. */
  seal(requests: readonly SealRequest[]): Promise<readonly Sealed[]>
  /** Same order as asked. A destroyed key gives ERASED; a value that was tampered with throws. */
  open(
    requests: readonly { readonly subjectId: string; readonly context: string; readonly sealed: Sealed }[],
  ): Promise<readonly (string | Erased)[]>
  /** Destroys the key of a subject for good. Idempotent; true when there was one. */
  erase(subjectId: string): Promise<boolean>
  /** Drops the key of a subject from memory: for a process that hears of an erasure done elsewhere. */
  forget(subjectId: string): void
  /** Keyed hash (HMAC-SHA-256, base64url) of a normalised INSZ or other identifier, for look-up. */
  blindIndex(kind: 'insz' | 'iban', value: string): string
  close(): Promise<void>
}
