import { isConnectionLost, isRetriable } from '@ziv/postgres'
import type { Texts } from '../language.ts'
import { unstorable } from '../server/refuse-unstorable.ts'
import { InputError, issuesOf } from './input-error.ts'
import { badRequest, ProblemError, problem } from './problem-error.ts'

interface Coded {
  readonly code?: unknown
  readonly statusCode?: unknown
  readonly cause?: unknown
}

const malformed: Texts = {
  nl: 'de inhoud kan niet gelezen worden: verwacht wordt één JSON-object in UTF-8 met de juiste Content-Length',
  fr: 'le contenu est illisible: un seul objet JSON en UTF-8 avec le bon Content-Length est attendu',
  de: 'der Inhalt ist nicht lesbar: erwartet wird ein JSON-Objekt in UTF-8 mit richtiger Content-Length',
  en: 'the content cannot be read: one JSON object in UTF-8 with the right Content-Length is expected',
}
const badUrl: Texts = {
  nl: 'het adres kan niet gelezen worden: kijk de %-codering na',
  fr: "l'adresse est illisible: vérifiez l'encodage %",
  de: 'die Adresse ist nicht lesbar: prüfen Sie die %-Kodierung',
  en: 'the address cannot be read: check its percent-encoding',
}

/** Reasons of PostgreSQL, beside a lost connection, for which asking again later may help. */
const passing = new Set(['53300', '53400', '57014', '55P03'])
/** Text that the database cannot store: it came in by a place that no rule of ours looked at. */
const notStorable = new Set(['22021', '22P05'])

/** Any error as the problem that the client gets. What we did not foresee is a 500 that tells nothing of the inside. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof InputError) return badRequest(...issuesOf(error))
  if (isConnectionLost(error)) return unavailable(error)
  if (isRetriable(error)) return problem('conflict', 409, { cause: error })
  const { code, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as Coded
  if (typeof code === 'string') {
    if (passing.has(code)) return unavailable(error)
    if (notStorable.has(code)) return badRequest({ type: 'schemaViolation', in: 'body', detail: unstorable })
    if (code === 'FST_ERR_BAD_URL') return badRequest({ type: 'schemaViolation', in: 'path', detail: badUrl })
    // only what the server itself refused has a status to believe: an error of any other origin is our defect
    if (code.startsWith('FST_') && typeof statusCode === 'number') return ofStatus(statusCode, error)
  }
  return problem('internalServerError', 500, { cause: error })
}

function ofStatus(status: number, cause: unknown): ProblemError {
  if (status === 413) return problem('payloadTooLarge')
  if (status === 414) return badRequest({ type: 'schemaViolation', in: 'path', detail: badUrl })
  if (status === 415) return problem('unsupportedMediaType')
  if (status === 429) return problem('tooManyRequests')
  if (status === 503) return unavailable(cause)
  if (status === 404) return problem('resourceNotFound')
  if (status >= 400 && status < 500) return badRequest({ type: 'schemaViolation', in: 'body', detail: malformed })
  return problem('internalServerError', 500, { cause })
}

const unavailable = (cause: unknown): ProblemError =>
  problem('serviceUnavailable', 503, { cause, headers: { 'Retry-After': '5' } })
