export { type OpenapiDocument, problemTypesOf } from './doc/document.ts'
export { collectRoutes, serveContract } from './doc/serve.ts'
export { lintOpenapi } from './lint/lint-openapi.ts'
export type { ApiDescription } from './types.ts'
