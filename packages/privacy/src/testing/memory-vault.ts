import { createHmac } from 'node:crypto'
import { SubjectErasedError, TamperedError } from '../errors.ts'
import { ERASED, type Sealed, type Vault } from '../types.ts'

const text = (value: string): string => Buffer.from(value).toString('base64url')

/**
 * A vault in memory for specs of services: what it seals opens under the same subject and context only, and no more after an
 * erasure. It hides nothing. `indexOf` is its blind index, for specs that make events.
 */
export function createMemoryVault(): Vault & { readonly indexOf: (value: string) => string } {
  const erased = new Set<string>()
  const indexOf = (value: string): string => createHmac('sha256', 'specs').update(value).digest('base64url')
  const placeOf = (subjectId: string, context: string): string => `v1:${text(subjectId)}:${text(context)}:`
  return {
    seal: async (requests) =>
      requests.map(({ subjectId, context, plaintext }): Sealed => {
        if (erased.has(subjectId)) throw new SubjectErasedError(subjectId)
        return { $sealed: `${placeOf(subjectId, context)}${text(plaintext)}` }
      }),
    open: async (requests) =>
      requests.map(({ subjectId, context, sealed }) => {
        const place = placeOf(subjectId, context)
        if (!sealed.$sealed.startsWith(place)) throw new TamperedError(subjectId, context, 'it was sealed elsewhere')
        if (erased.has(subjectId)) return ERASED
        return Buffer.from(sealed.$sealed.slice(place.length), 'base64url').toString()
      }),
    erase: async (subjectId) => {
      const existed = !erased.has(subjectId)
      erased.add(subjectId)
      return existed
    },
    forget: () => undefined,
    blindIndex: (_kind, value) => indexOf(value),
    indexOf,
    close: async () => undefined,
  }
}
