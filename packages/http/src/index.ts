export { type AccessScope, claimsOfRole, type RouteAccess } from './auth/access.ts'
export { createAuthenticator } from './auth/authenticator.ts'
export { type CallerLimit, defaultCallerLimit } from './auth/caller-limit.ts'
export { callerClaims } from './auth/claims.ts'
export { type SandboxIssuer, sandboxIssuer } from './auth/sandbox-issuer.ts'
export * from './auth/tenancy.ts'
export { type ApiServer, buildServer, type ServerOptions, withZod } from './build-server.ts'
export { knownAtOf, settledKnownAt } from './input/known-at.ts'
export { onePersonOf } from './input/one-person.ts'
export { inputTexts } from './input/texts.ts'
export * from './input/vocabulary.ts'
export { fillText, languages, negotiateLanguage } from './language.ts'
export { httpMigrations } from './migrations.ts'
export { type InputFault, inputFaults, refusal } from './problems/input-error.ts'
export { objectExpected } from './problems/object-expected.ts'
export * from './problems/problem-error.ts'
export { problemTypeOfCode, rejectionToProblem } from './problems/rejection.ts'
export type { ProblemDocument } from './problems/render.ts'
export { standardProblems } from './problems/standard.ts'
export { type AccessLog, createAccessLog, purgeAccessLog } from './routes/access-log.ts'
export { accessLogRoute } from './routes/access-log-route.ts'
export { assertVersion, ifMatch, setVersion } from './routes/etag.ts'
export { type StreamedEvent, streamEvents } from './routes/event-stream.ts'
export { healthRoute } from './routes/health.ts'
export {
  type Answer,
  commandId,
  idempotent,
  purgeIdempotency,
  requestDigest,
} from './routes/idempotency.ts'
export {
  collectionOf,
  cursorPageOf,
  cursorQuery,
  fromCursor,
  pageOf,
  pageQuery,
  toCursor,
} from './routes/paging.ts'
export { codeListRoute, problemTypesRoute } from './routes/ref-data.ts'
export { accepted, answerTask, type TaskStatus, taskItem, taskState } from './routes/tasks.ts'
export { versionedWriteHeaders, writeHeaders } from './routes/write-headers.ts'
export { charsetOf } from './server/charset.ts'
export { mediaTypeOf } from './server/media-type.ts'
export { acceptStreams } from './server/parse-body.ts'
export { unstorable } from './server/refuse-unstorable.ts'
export { noBody, routeTable } from './server/route-inventory.ts'
export { isStorable } from './server/well-formed.ts'
export * from './types.ts'
