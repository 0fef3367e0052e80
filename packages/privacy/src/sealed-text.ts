import type { Encrypted } from './cipher.ts'
import type { Sealed } from './types.ts'

export interface SealedParts extends Encrypted {
  readonly keyId: string
}

const pattern = /^v1:([A-Za-z0-9_-]+):([A-Za-z0-9_-]{16}):([A-Za-z0-9_-]+)$/

/** Writes `v1:<key id>:<nonce>:<ciphertext>`, the binary parts in base64url. */
export function formatSealed({ keyId, nonce, body }: SealedParts): Sealed {
  return { $sealed: `v1:${keyId}:${nonce.toString('base64url')}:${body.toString('base64url')}` }
}

/** The parts of a sealed value; null when it has not the form of one. */
export function parseSealed(sealed: Sealed): SealedParts | null {
  const match = pattern.exec(sealed.$sealed)
  if (match === null) return null
  return {
    keyId: match[1]!,
    nonce: Buffer.from(match[2]!, 'base64url'),
    body: Buffer.from(match[3]!, 'base64url'),
  }
}
