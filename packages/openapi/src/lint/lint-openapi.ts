import type { OpenapiDocument } from '../doc/document.ts'
import { nameChecks } from './names.ts'
import { operationChecks } from './operations.ts'
import { schemaChecks } from './schemas.ts'
import type { Violation } from './walk.ts'

/**
 * What a contract breaks of the Belgian REST guide (its rule ids), as far as a document can show it. An API's spec
 * expects an empty list: `expect(lintOpenapi(await openapiOf(module))).toEqual([])`. A place that leaves a rule on purpose
 * says so itself, with its reason, in `x-ignore-rules`, and is not listed.
 */
export function lintOpenapi(document: OpenapiDocument): readonly Violation[] {
  return [...nameChecks, ...operationChecks, ...schemaChecks]
    .flatMap((check) => check(document))
    .filter(({ rule, where }) => !ignoredAt(document, rule, where))
}

function ignoredAt(document: OpenapiDocument, rule: string, where: string): boolean {
  const reasons = document.paths[where.split(' ')[1] ?? '']?.['x-ignore-rules']
  return typeof reasons?.[rule] === 'string'
}
