import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { badRequest, type IssueIn } from '../problems/problem-error.ts'
import { isStorable } from './well-formed.ts'

/** Why text with such characters is refused. */
export const unstorable = {
  nl: 'bevat een NUL-teken, een half surrogaatpaar of is te diep genest',
  fr: 'contient un caractère NUL, une demi-paire de substitution ou est trop imbriqué',
  de: 'enthält ein NUL-Zeichen, ein halbes Surrogatpaar oder ist zu tief verschachtelt',
  en: 'contains a NUL character, half a surrogate pair, or is nested too deeply',
} as const

/** Text that no database can store is refused before validation, for every route at once. */
export function refuseUnstorable(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    const body = request.body instanceof Readable ? undefined : request.body
    // all at once: hardly any request has such a part to look for
    if (isStorable([request.params, request.query, body])) return done()
    const parts: readonly (readonly [IssueIn, unknown])[] = [
      ['path', request.params],
      ['query', request.query],
      ['body', body],
    ]
    const bad = parts.filter(([, value]) => value !== undefined && !isStorable(value)).map(([place]) => place)
    if (bad.length === 0) return done()
    done(badRequest(...bad.map((place) => ({ type: 'schemaViolation' as const, in: place, detail: unstorable }))))
  })
}
