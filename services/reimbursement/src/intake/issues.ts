import type { FormatIssue } from '@ziv/formats'
import type { FileIssue } from '@ziv/intake'
import type { IsoDate } from '@ziv/kernel'
import type { AssessedLine } from '../domain/claim-input.ts'
import { controls } from '../domain/control-codes.ts'
import { inLanguages } from '../projections/refusals/case.ts'
import { type CaseFacts, tellCode, textOf } from '../projections/refusals/case-of.ts'
import type { ControlledInvoice } from './control-chunk.ts'

/** An issue of form as the list of a file shows it. */
export function formIssue(issue: FormatIssue, sequence: number, number: number, destination: string): FileIssue {
  const { code, officialCode, letter, nl, fr, de, en, place } = issue
  const record = place.record ?? 0
  return {
    ...{ line: record, number, place: placeOf(record), code: officialCode ?? code, destination },
    detail: { invoice: sequence, ...(letter === undefined ? {} : { letter }) },
    ...{ nl, fr, de, en },
  }
}

/** Everything that was found on one invoice: of its form, then of its content. */
export function issuesOfInvoice(
  { invoice, read, verdict }: ControlledInvoice,
  sequence: number,
  receivedOn: IsoDate,
): FileIssue[] {
  const { codes, lines, ziekenfonds } = verdict.assessment
  if (invoice.issues.length === 0 && codes.length === 0 && lines.every((line) => line.codes.length === 0)) return []
  const { destination = '' } = read.claim
  const told = new Set(invoice.issues.map((issue) => `${issue.officialCode}@${issue.place.record}`))
  const about = { receivedOn, member: ziekenfonds !== undefined }
  const lineAt = (record: number | undefined) => lines[verdict.places.indexOf((record ?? 0) - invoice.header.index)]
  const issues = invoice.issues.map((issue, index) => {
    const found = formIssue(issue, sequence, index + 1, destination)
    return refuses(issue) ? withFlip(found, about, lineAt(issue.place.record)) : found
  })
  const add = (code: string, place: number, facts: CaseFacts): void => {
    // codes of form were told by the reader, with its words
    if (!(code in controls)) return
    const record = invoice.header.index + place
    if (told.has(`${code}@${record}`)) return
    issues.push(controlIssue(code, { sequence, number: issues.length + 1, destination }, record, facts))
  }
  for (const code of codes) add(code, 0, about)
  lines.forEach((line, index) => {
    for (const code of line.codes) add(code, verdict.places[index]!, { ...about, line })
  })
  return ziekenfonds === undefined ? issues : issues.map((issue) => ({ ...issue, ziekenfonds }))
}

/** Whether the reading found something that refuses an invoice or a line: what blocks the file is told with the file. */
const refuses = ({ officialCode, letter }: FormatIssue): boolean =>
  officialCode !== undefined && (letter === 'F' || letter === 'R')

/** The words of the reader, and what would change the answer, as REST says it. */
function withFlip(issue: FileIssue, about: CaseFacts, line: AssessedLine | undefined): FileIssue {
  const { flip } = tellCode(issue.code, line === undefined ? about : { ...about, line })
  return { ...issue, ...inLanguages((language) => `${issue[language]} ${flip[language]}`) }
}

/** What a control found, in the words that REST tells it in. */
export function controlIssue(
  code: string,
  { sequence, ...at }: Pick<FileIssue, 'number' | 'destination' | 'ziekenfonds'> & { readonly sequence: number },
  record: number,
  facts: CaseFacts,
): FileIssue {
  const told = tellCode(code, facts)
  const serviceLine = facts.line?.number
  const place = serviceLine === undefined ? placeOf(record) : `${placeOf(record)}, line ${serviceLine}`
  const detail = { invoice: sequence, letter: told.letter, ...(serviceLine === undefined ? {} : { serviceLine }) }
  return { ...at, line: record, place, code, detail, ...textOf(told) }
}

const placeOf = (record: number): string => (record === 0 ? 'file' : `record ${record}`)
