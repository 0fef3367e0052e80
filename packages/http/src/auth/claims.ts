import { ziekenfonds } from '@ziv/kernel/schemas'
import type { JWTPayload } from 'jose'
import { z } from 'zod'
import { personIdInput, providerNumberInput } from '../input/vocabulary.ts'
import { type Caller, roles } from '../types.ts'

const known = new Set<string>(roles)

/** Claims of a token as Keycloak and our own issuer write them. Unknown roles are ignored, wrong shapes refused. */
export const callerClaims = z.object({
  sub: z.string().min(1).max(200),
  roles: z.array(z.string()).optional(),
  realm_access: z.object({ roles: z.array(z.string()) }).optional(),
  insurer: z
    .string()
    .regex(/^[1-9]00$/)
    .optional(),
  ziekenfonds: ziekenfonds.optional(),
  personId: personIdInput.optional(),
  // with the qualification, as every claim and file of a provider is kept
  providerNumber: providerNumberInput.optional(),
})

/** The caller a verified token speaks of; null when its claims make no sense. */
export function callerOf(payload: JWTPayload): Caller | null {
  const parsed = callerClaims.safeParse(payload)
  if (!parsed.success) return null
  const { sub, roles: own, realm_access: realm, ...rest } = parsed.data
  const given = new Set([...(own ?? []), ...(realm?.roles ?? [])].filter((role) => known.has(role)))
  return { ...rest, subject: sub, roles: roles.filter((role) => given.has(role)) } as Caller
}
