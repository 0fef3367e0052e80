import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** Nonce and, behind it, ciphertext with its tag. */
export interface Encrypted {
  readonly nonce: Buffer
  readonly body: Buffer
}

/** AES-256-GCM under a fresh random nonce; `additional` is bound in and has to be the same on opening. */
export function encrypt(key: Buffer, plaintext: Buffer | string, additional: string): Encrypted {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(additional, 'utf8'))
  const head = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext)
  return { nonce, body: Buffer.concat([head, cipher.final(), cipher.getAuthTag()]) }
}

/** The inverse; null when anything was changed. */
export function decrypt(key: Buffer, { nonce, body }: Encrypted, additional: string): Buffer | null {
  if (nonce.length !== nonceLength || body.length < tagLength) return null
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(additional, 'utf8'))
  decipher.setAuthTag(body.subarray(body.length - tagLength))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, body.length - tagLength)), decipher.final()])
  } catch {
    return null
  }
}
