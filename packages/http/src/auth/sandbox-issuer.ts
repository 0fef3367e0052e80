import { createPublicKey, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, importSPKI, type JWK, SignJWT } from 'jose'

import type { Authenticator, Caller, Environment } from '../types.ts'
import { createAuthenticator } from './authenticator.ts'

export interface SandboxIssuerOptions {
  /** PKCS#8 file of the signing key, made on first use with mode 0600: `ziv token` and a running sandbox share it. */
  readonly keyFile: string
  readonly environment: Environment
}

export interface SandboxIssuer {
  readonly issuer: string
  readonly audience: string
  readonly publicKey: JWK
  /** A token for this caller, valid for an hour unless said otherwise. */
  token(caller: Caller, options?: { readonly expiresInSeconds?: number }): Promise<string>
  /** Believes tokens of this issuer. */
  readonly authenticator: Authenticator
}

const issuer = 'urn:ziv:sandbox'
const audience = 'ziv'
const algorithm = 'ES256'

/** The built-in issuer of tokens. For the sandbox only: it throws when the environment is production. */
export async function sandboxIssuer({ keyFile, environment }: SandboxIssuerOptions): Promise<SandboxIssuer> {
  if (environment !== 'sandbox') {
    throw new Error(
      'the built-in issuer of tokens exists in the sandbox only: configure the issuer of your organisation',
    )
  }
  const pem = await readOrCreate(keyFile)
  const privateKey = await importPKCS8(pem, algorithm)
  const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  const publicKey = await importSPKI(publicPem, algorithm, { extractable: true })
  return {
    issuer,
    audience,
    publicKey: { ...(await exportJWK(publicKey)), alg: algorithm, use: 'sig' },
    authenticator: createAuthenticator({ issuer, audience, keys: publicKey }),
    token: ({ subject, ...claims }, { expiresInSeconds = 3_600 } = {}) =>
      new SignJWT({ ...claims, roles: [...claims.roles] })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setJti(randomUUID())
        .setExpirationTime(Math.floor(Date.now() / 1_000) + expiresInSeconds)
        .sign(privateKey),
  }
}

async function readOrCreate(file: string): Promise<string> {
  const present = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (present === null) await create(file)
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0) throw new Error(`${file} signs tokens and can be read by others: chmod 600 ${file}`)
  return present ?? readFile(file, 'utf8')
}

async function create(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, await exportPKCS8(privateKey), { mode: 0o600, flag: 'wx', flush: true })
  try {
    // link fails when the file is there already: the first of two processes wins, and no one ever reads half a file
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}
