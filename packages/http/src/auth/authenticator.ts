import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { badRequest, problem } from '../problems/problem-error.ts'
import { unstorable } from '../server/refuse-unstorable.ts'
import { isStorable } from '../server/well-formed.ts'
import type { Authenticator, Caller } from '../types.ts'
import { callerOf } from './claims.ts'

export interface AuthenticatorOptions {
  readonly issuer: string
  readonly audience: string
  /** Address of the key set of the issuer, or the public key itself. */
  readonly keys: URL | CryptoKey
  /** Verified tokens remembered, so that a busy client costs one verification. Default 10,000; 0 remembers none. */
  readonly cacheSize?: number
}

const algorithms = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA']
/** A token is believed from memory for this long at most; a withdrawn signing key is noticed after it. */
const believedMs = 60_000
const toleranceSeconds = 5

const challenge = { 'WWW-Authenticate': 'Bearer realm="ziv", error="invalid_token"' }

/** Verifies bearer tokens: signature, issuer, audience, expiry, claims. Never a token without expiry. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { keys, issuer, audience, cacheSize = 10_000 } = options
  const fixed = keys instanceof URL ? null : keys
  const remote = keys instanceof URL ? createRemoteJWKSet(keys, { timeoutDuration: 5_000 }) : null
  const keyFor: JWTVerifyGetKey = async (header, token) => fixed ?? (await remote!(header, token))
  const believed = new Map<string, { readonly caller: Caller; readonly untilMs: number }>()

  const verifyAnew = async (token: string): Promise<Caller> => {
    const { caller, expiresMs } = await check(token, keyFor, issuer, audience)
    if (cacheSize > 0) {
      believed.set(token, { caller, untilMs: Math.min(expiresMs, Date.now() + believedMs) })
      if (believed.size > cacheSize) believed.delete(believed.keys().next().value!)
    }
    return { ...caller }
  }
  return {
    verify(token) {
      const remembered = believed.get(token)
      if (remembered !== undefined && remembered.untilMs > Date.now()) return { ...remembered.caller }
      believed.delete(token)
      return verifyAnew(token)
    },
  }
}

async function check(
  token: string,
  keyFor: JWTVerifyGetKey,
  issuer: string,
  audience: string,
): Promise<{ readonly caller: Caller; readonly expiresMs: number }> {
  try {
    const { payload } = await jwtVerify(token, keyFor, {
      issuer,
      audience,
      algorithms,
      clockTolerance: toleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    })
    const caller = callerOf(payload)
    if (caller === null) throw problem('invalidAccessToken', 401, { headers: challenge })
    // it goes into every log of who looked at whom: what no database can store is refused at the door
    if (!isStorable(caller))
      throw badRequest({ type: 'invalidInput', in: 'header', name: 'Authorization', detail: unstorable })
    const expiresMs = payload.exp! * 1_000
    return { caller: { ...caller, expiresMs }, expiresMs }
  } catch (error) {
    throw refusalOf(error)
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return problem('expiredAccessToken', 401, { headers: challenge })
  // the key set could not be fetched: that is our trouble, not a fault of the token
  const fetchFailed =
    error instanceof errors.JWKSTimeout || (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  if (fetchFailed || error instanceof TypeError)
    return problem('serviceUnavailable', 503, { cause: error, headers: { 'Retry-After': '5' } })
  if (error instanceof errors.JOSEError) return problem('invalidAccessToken', 401, { headers: challenge })
  return error
}
