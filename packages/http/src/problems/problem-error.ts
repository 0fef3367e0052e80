import type { Texts } from '../language.ts'
import { isStandardProblem, type StandardProblemName, standardProblems } from './standard.ts'

/** Where in the request the wrong input stands. */
export type IssueIn = 'body' | 'path' | 'query' | 'header'

/** Kinds of wrong input of the Belgian guide, with the part of the URN that differs. */
export const issueTypes = {
  schemaViolation: 'belgif',
  invalidInput: 'belgif',
  unknownInput: 'belgif',
  referencedResourceNotFound: 'belgif',
  anyOfExpected: 'belgif-ext',
  equalExpected: 'belgif-ext',
  exactlyOneOfExpected: 'belgif-ext',
  invalidPeriod: 'belgif-ext',
  invalidStructure: 'belgif-ext',
  outOfRange: 'belgif-ext',
  rejectedInput: 'belgif-ext',
  requiredInput: 'belgif-ext',
  zeroOrAllOfExpected: 'belgif-ext',
  zeroOrExactlyOneOfExpected: 'belgif-ext',
} as const
export type IssueType = keyof typeof issueTypes

/** One thing wrong with the input. `value` only for what can never be personal data. */
export interface InputIssue {
  readonly type: IssueType
  readonly in: IssueIn
  /** `lines[0].units`, a parameter or a header name; absent when the whole body is meant. */
  readonly name?: string
  readonly value?: string | number | boolean
  readonly detail: Texts | string
}

/** Values for the {braces} of the texts of a problem. */
export type ProblemParams = Readonly<Record<string, string | number | boolean>>

export interface ProblemOptions {
  /** Needed for a type of our own, ignored for a standard one. */
  readonly title?: Texts
  readonly detail?: Texts
  /** Fill the places of the texts and are members of the document. Never personal data. */
  readonly params?: ProblemParams
  /** Words that stand in the sentences in place of a coded param; the member of the document keeps the code. */
  readonly words?: Readonly<Record<string, Texts>>
  readonly issues?: readonly InputIssue[]
  readonly headers?: Readonly<Record<string, string>>
  /** Article the refusal rests on. */
  readonly legalBasis?: string
  readonly cause?: unknown
}

/** An answer that is a problem document. Thrown anywhere in a request; rendered in the language of the client. */
export class ProblemError extends Error {
  /** A full URN, or the last part of one of ours: the API that answers completes it. */
  readonly type: string
  readonly statusCode: number
  readonly options: ProblemOptions
  constructor(type: string, status: number, options: ProblemOptions = {}) {
    super(`${status} ${type}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ProblemError'
    this.type = type
    this.statusCode = status
    this.options = options
  }
}

/**
 * A problem to throw. A standard name (`resourceNotFound`, `conflict`, ...) brings its status and texts along:
 * `throw problem('resourceNotFound')`. Any other name is a type of the API that answers
 * (`urn:problem-type:ziv:<api>:<type>`) and needs a status and texts.
 */
export function problem(type: StandardProblemName, status?: number, options?: ProblemOptions): ProblemError
export function problem(
  type: string,
  status: number,
  options: ProblemOptions & { readonly title: Texts; readonly detail: Texts },
): ProblemError
export function problem(type: string, status?: number, options: ProblemOptions = {}): ProblemError {
  if (!isStandardProblem(type)) return new ProblemError(type, status!, options)
  const standard = standardProblems[type]
  return new ProblemError(standard.urn, status ?? standard.status, {
    ...options,
    title: standard.title,
    detail: options.detail ?? standard.detail,
  })
}

/** 400 with these issues. */
export function badRequest(...issues: readonly InputIssue[]): ProblemError {
  return problem('badRequest', 400, { issues })
}
