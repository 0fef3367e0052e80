import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { traceOf } from './trace.ts'

/**
 * Trace identifiers of every request, and one log line per answer. The line holds the template of the
 * route, never the address, query or body: those can hold what identifies a person.
 */
export function traceAndLog(app: FastifyInstance): void {
  app.decorateRequest('trace', null as never)
  app.addHook('onRequest', (request, reply, done) => {
    request.trace = traceOf(request.id, request.headers)
    reply.header('BelGov-Trace-Id', request.trace.id)
    if (request.trace.relatedId !== undefined) reply.header('BelGov-Related-Trace-Id', request.trace.relatedId)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'debug'
    // most answers are written nowhere
    if (!isEnabled(request.log, level)) return done()
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      roles: request.caller?.roles,
      relatedTraceId: request.trace?.relatedId,
    }
    request.log[level](line, 'answered')
    done()
  })
}

const isEnabled = (log: FastifyBaseLogger, level: 'warn' | 'debug'): boolean => (log as Logger).isLevelEnabled(level)
