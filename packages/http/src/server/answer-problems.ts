import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { negotiateLanguage } from '../language.ts'
import { problemOf } from '../problems/from-error.ts'
import { problem } from '../problems/problem-error.ts'
import { renderProblem } from '../problems/render.ts'
import { sayLanguage } from './answer-language.ts'
import { methodsFor } from './route-inventory.ts'
import { safeError } from './safe-error.ts'

const apiOf = (path: string): string | undefined => /^\/([a-z][A-Za-z0-9]*)\/v\d+(?:\/|\?|$)/.exec(path)?.[1]

/** Every error of this server becomes a problem document; what is our own defect is logged with its cause. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answer(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsFor(app, pathOf(request))
    if (allowed.length === 0 || allowed.includes(request.method))
      return answer(problem('resourceNotFound'), request, reply)
    return answer(problem('methodNotAllowed', 405, { headers: { Allow: allowed.join(', ') } }), request, reply)
  })
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? ''

function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // a request whose address cannot be read comes before the getter
  const language = request.language ?? negotiateLanguage(request.headers['accept-language'])
  const found = problemOf(error)
  if (found.statusCode >= 500) {
    // the one place where the inside is told, and only to the log
    request.log.error(
      { error: safeError(found.options.cause ?? error), route: request.routeOptions?.url, method: request.method },
      'request failed',
    )
  }
  sayLanguage(reply, language)
  const document = renderProblem(found, language, apiOf(pathOf(request)))
  return reply
    .code(found.statusCode)
    .headers({ ...found.options.headers, 'Cache-Control': 'no-store' })
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(document)
}
