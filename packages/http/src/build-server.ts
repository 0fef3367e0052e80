import { randomUUID } from 'node:crypto'
import { createSerializerCompiler, type ZodTypeProvider } from '@fastify/type-provider-zod'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import { guardAccess } from './auth/access.ts'
import { type CallerLimit, createCallerLimit, defaultCallerLimit } from './auth/caller-limit.ts'
import { measure } from './routes/metrics.ts'
import { keepStreams, type StreamLimits } from './routes/open-streams.ts'
import { answerInLanguage } from './server/answer-language.ts'
import { answerProblems } from './server/answer-problems.ts'
import { answerClientError } from './server/client-error.ts'
import { negotiateContent } from './server/content-negotiation.ts'
import { letGoOfRefusedUploads } from './server/let-go.ts'
import { parseJsonStrictly } from './server/parse-body.ts'
import { queueWrites } from './server/queue-writes.ts'
import { refuseUnstorable } from './server/refuse-unstorable.ts'
import { traceAndLog } from './server/request-log.ts'
import { inventoryRoutes } from './server/route-inventory.ts'
import { sendSecurityHeaders } from './server/security-headers.ts'
import { validateWithZod } from './server/validate.ts'
import type { Authenticator, Environment } from './types.ts'

export interface ServerOptions {
  readonly logger: Logger
  readonly auth: Authenticator
  readonly environment: Environment
  /** Largest JSON body in bytes. Default 1 MiB; routes that take files set their own. */
  readonly bodyLimitBytes?: number
  /** Longest time to receive one whole request. Default 120 s: files are uploaded too. */
  readonly requestTimeoutMs?: number
  /** Above this delay of the event loop new requests get 503. Default 2 s; 0 switches it off. */
  readonly eventLoopDelayMaxMs?: number
  /** What one person may ask; default `defaultCallerLimit`. The gateway in front limits addresses. */
  readonly callerLimit?: CallerLimit
  /** Open event streams at a time, per caller and in all. Default 5 and 250. */
  readonly streams?: StreamLimits
  /** Believe X-Forwarded-For of the proxy in front. Default false. */
  readonly trustProxy?: boolean
}

/** A Fastify instance whose routes are typed by their zod schemas. */
export type ApiServer = FastifyInstance

/** The same scope, typed by zod: `const app = withZod(scope)` in a service's `routes`. */
export const withZod = (app: FastifyInstance) => app.withTypeProvider<ZodTypeProvider>()

/**
 * The server all services are mounted on: limits, time-outs, security headers, trace identifiers, problem documents,
 * strict input, and one guard that knows for every route who may call it.
 */
export async function buildServer(options: ServerOptions): Promise<ApiServer> {
  const { environment, requestTimeoutMs = 120_000, eventLoopDelayMaxMs = 2_000 } = options
  const app = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    // the framework's own lines hold addresses with their query: ours are in request-log.ts
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    genReqId: () => randomUUID(),
    bodyLimit: options.bodyLimitBytes ?? 1_048_576,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: 65_000,
    connectionTimeout: 0,
    trustProxy: options.trustProxy ?? false,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false, caseSensitive: true },
    http: { headersTimeout: 30_000, maxHeaderSize: 16_384 },
    frameworkErrors: (error, request, reply) => {
      app.errorHandler(error, request, reply as never)
    },
  })
  app.setValidatorCompiler(validateWithZod)
  app.setSerializerCompiler(createSerializerCompiler({}))
  parseJsonStrictly(app)
  inventoryRoutes(app)
  traceAndLog(app)
  answerInLanguage(app)
  answerProblems(app)
  await sendSecurityHeaders(app, environment)
  await app.register(underPressure, { maxEventLoopDelay: eventLoopDelayMaxMs, retryAfter: 5 })
  guardAccess(app, options.auth, createCallerLimit(options.callerLimit ?? defaultCallerLimit))
  refuseUnstorable(app)
  negotiateContent(app)
  queueWrites(app)
  keepStreams(app, options.streams)
  letGoOfRefusedUploads(app)
  measure(app)
  return app
}
