import type { FastifyReply, FastifyRequest } from 'fastify'
import { badRequest, problem } from '../problems/problem-error.ts'

const unreadable = {
  nl: 'If-Match is een ETag zoals "7", of *',
  fr: 'If-Match est un ETag comme "7", ou *',
  de: 'If-Match ist ein ETag wie "7", oder *',
  en: 'If-Match is an ETag such as "7", or *',
} as const

/** Sets the ETag of a resource: the version of its stream. */
export function setVersion(reply: FastifyReply, version: number): void {
  reply.header('ETag', `"${version}"`)
}

/**
 * Versions that If-Match accepts; null when the header is absent or `*`. Malformed: 400. A proxy that compresses an answer makes
 * its tag weak; ours is the version of a stream, which is the same whatever the bytes, so a weak one is compared as well.
 */
export function ifMatch(request: FastifyRequest): readonly number[] | null {
  const header = request.headers['if-match']
  if (header === undefined || header.trim() === '*') return null
  const tags = header.split(',').map((tag) => /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(tag)?.[1])
  if (tags.some((tag) => tag === undefined)) {
    throw badRequest({ type: 'schemaViolation', in: 'header', name: 'If-Match', detail: unreadable })
  }
  return tags.map(Number)
}

/**
 * Compares If-Match with the version that was loaded: 412 when the client decided on an older one. With `required` a
 * missing header is 428. The append with its expected version still guards what happens after the load.
 */
export function assertVersion(
  request: FastifyRequest,
  version: number,
  options: { readonly required?: boolean } = {},
): void {
  if (options.required === true && request.headers['if-match'] === undefined) throw problem('preconditionRequired')
  const wanted = ifMatch(request)
  if (wanted !== null && !wanted.includes(version)) {
    throw problem('preconditionFailed', 412, { headers: { ETag: `"${version}"` } })
  }
}
