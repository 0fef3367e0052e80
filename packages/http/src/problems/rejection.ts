import type { Rejection, RejectionCatalog } from '@ziv/kernel'
import type { Texts } from '../language.ts'
import { ProblemError } from './problem-error.ts'

/** `AFFILIATION_OVERLAPS`, `affiliation-overlaps` and `affiliationOverlaps` all give `affiliationOverlaps`. */
export function problemTypeOfCode(code: string): string {
  const words = code
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
  return words.map((word, index) => (index === 0 ? word : word[0]!.toUpperCase() + word.slice(1))).join('')
}

/**
 * The problem of a coded refusal of the domain: status, texts and legal basis from the catalog of the service, type
 * `urn:problem-type:ziv:<api>:<code>`. A code that the catalog does not know is a defect and throws as one. `words`: what the sentences
 * say for a coded param.
 */
export function rejectionToProblem(
  catalog: RejectionCatalog,
  rejection: Rejection,
  words?: Readonly<Record<string, Texts>>,
): ProblemError {
  const text = catalog[rejection.code]
  if (text === undefined) throw new Error(`rejection ${rejection.code} is not in the catalog: add its texts`)
  const texts = { nl: text.nl, fr: text.fr, de: text.de, en: text.en }
  return new ProblemError(problemTypeOfCode(rejection.code), text.status, {
    title: texts,
    detail: texts,
    ...(rejection.params === undefined ? {} : { params: rejection.params }),
    ...(words === undefined ? {} : { words }),
    ...(text.law === undefined ? {} : { legalBasis: text.law }),
  })
}
