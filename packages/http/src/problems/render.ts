import { randomUUID } from 'node:crypto'
import { paramInWords, renderArticle } from '@ziv/kernel'
import { fillText, type Language, type Texts } from '../language.ts'
import { type InputIssue, issueTypes, type ProblemError } from './problem-error.ts'

/** One issue of a problem document, as it goes over the wire. */
export interface IssueDocument {
  readonly type: string
  readonly in: string
  readonly name?: string
  readonly value?: string | number | boolean
  readonly title: string
  readonly detail: string
}

/** A problem document (RFC 9457) as it goes over the wire. */
export interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly legalBasis?: string
  readonly issues?: readonly IssueDocument[]
  readonly [parameter: string]: unknown
}

const reserved = new Set(['type', 'title', 'status', 'detail', 'instance', 'href', 'issues', 'legalBasis'])

const issueTitles: Texts = {
  nl: 'Ongeldige invoer',
  fr: 'Entrée non valable',
  de: 'Ungültige Eingabe',
  en: 'Invalid input',
}

/** Title of a refusal of the domain: its text says it all, so the title is the first sentence. French sets a space before its colon. */
const firstSentence = (text: string): string => /^.*?(?=\s*[.:;](\s|$))/.exec(text)?.[0] ?? text

/** The document of a problem in one language. `api` completes a type of our own. */
export function renderProblem(error: ProblemError, language: Language, api?: string): ProblemDocument {
  const { title, detail, params = {}, words = {}, issues, legalBasis } = error.options
  const said = {
    ...params,
    ...Object.fromEntries(Object.entries(words).map(([name, texts]) => [name, texts[language]])),
  }
  const forPeople = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, paramInWords(name, value, language)]),
  )
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => !reserved.has(name)))
  const sentences = detail?.[language] ?? title?.[language] ?? error.type
  // cut before it is filled: a day or a quarter in German has full stops of its own
  const heading = title === undefined || title === detail ? firstSentence(sentences) : title[language]
  return {
    type: error.type.startsWith('urn:')
      ? error.type
      : `urn:problem-type:ziv:${api === undefined ? '' : `${api}:`}${error.type}`,
    title: fillText(heading, forPeople),
    status: error.statusCode,
    detail: fillText(sentences, forPeople),
    instance: `urn:uuid:${randomUUID()}`,
    ...(legalBasis === undefined ? {} : { legalBasis: renderArticle(legalBasis, language) }),
    ...(issues === undefined ? {} : { issues: issues.map((issue) => renderIssue(issue, language)) }),
    ...own,
  }
}

function renderIssue(issue: InputIssue, language: Language): IssueDocument {
  return {
    type: `urn:problem-type:${issueTypes[issue.type]}:input-validation:${issue.type}`,
    in: issue.in,
    ...(issue.name === undefined ? {} : { name: issue.name }),
    ...(issue.value === undefined ? {} : { value: issue.value }),
    title: issueTitles[language],
    detail: typeof issue.detail === 'string' ? issue.detail : issue.detail[language],
  }
}
