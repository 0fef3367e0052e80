import type { OpenapiDocument } from '../doc/document.ts'
import { nameChecks } from './names.ts'
import { operationChecks } from './operations.ts'
import { schemaChecks } from './schemas.ts'
import type { Violation } from './walk.ts'

/**
 * What a contract breaks of the Belgian REST guide (its rule ids), as far as a document can show it. An API's spec
 * expects an empty list: `expect(lintOpenapi(await openapiOf(module))).toEqual([])`.
 */
export function lintOpenapi(document: OpenapiDocument): readonly Violation[] {
  return [...nameChecks, ...operationChecks, ...schemaChecks].flatMap((check) => check(document))
}
