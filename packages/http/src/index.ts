export type { AccessScope, RouteAccess } from './auth/access.ts'
export { type AuthenticatorOptions, createAuthenticator } from './auth/authenticator.ts'
export { type CallerLimit, defaultCallerLimit } from './auth/caller-limit.ts'
export { type SandboxIssuer, type SandboxIssuerOptions, sandboxIssuer } from './auth/sandbox-issuer.ts'
export * from './auth/tenancy.ts'
export { type ApiServer, buildServer, type ServerOptions, withZod } from './build-server.ts'
export * from './input/vocabulary.ts'
export { fillText, type Language, languages, negotiateLanguage, type Texts } from './language.ts'
export { httpMigrations } from './migrations.ts'
export { refusal } from './problems/input-error.ts'
export * from './problems/problem-error.ts'
export { problemTypeOfCode, rejectionToProblem } from './problems/rejection.ts'
export { type IssueDocument, type ProblemDocument, renderProblem } from './problems/render.ts'
export { type StandardProblem, type StandardProblemName, standardProblems } from './problems/standard.ts'
export { type AccessEntry, type AccessLog, createAccessLog, purgeAccessLog } from './routes/access-log.ts'
export { accessLogRoute } from './routes/access-log-route.ts'
export { assertVersion, ifMatch, setVersion } from './routes/etag.ts'
export { type EventStreamOptions, type StreamedEvent, streamEvents } from './routes/event-stream.ts'
export { type Health, healthRoute } from './routes/health.ts'
export {
  type Answer,
  commandId,
  type IdempotencyOptions,
  idempotencyKey,
  idempotent,
  purgeIdempotency,
  requestDigest,
} from './routes/idempotency.ts'
export {
  collectionOf,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  type Page,
  pageOf,
  pageQuery,
  toCursor,
} from './routes/paging.ts'
export { codeListRoute, type ProblemType, problemTypesRoute } from './routes/ref-data.ts'
export { accepted, answerTask, type TaskStatus, taskItem, taskState, taskStatus } from './routes/tasks.ts'
export { charsetOf } from './server/charset.ts'
export { acceptStreams } from './server/parse-body.ts'
export { noBody, type RouteEntry, routeTable } from './server/route-inventory.ts'
export type { Trace } from './server/trace.ts'
export { isStorable } from './server/well-formed.ts'
export * from './types.ts'
