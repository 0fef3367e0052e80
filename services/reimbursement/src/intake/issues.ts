import type { FormatIssue } from '@ziv/formats'
import type { FileIssue } from '@ziv/intake'
import { type ControlCode, controls } from '../domain/control-codes.ts'
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
export function issuesOfInvoice(controlled: ControlledInvoice, sequence: number): FileIssue[] {
  const { invoice, read, verdict } = controlled
  const { codes, lines } = verdict.assessment
  if (invoice.issues.length === 0 && codes.length === 0 && lines.every((line) => line.codes.length === 0)) return []
  const { destination = '' } = read.claim
  const issues = invoice.issues.map((issue, index) => formIssue(issue, sequence, index + 1, destination))
  const told = new Set(invoice.issues.map((issue) => `${issue.officialCode}@${issue.place.record}`))
  const add = (code: string, place: number, line?: number): void => {
    // codes of form were told by the reader, with its words
    if (!(code in controls)) return
    if (told.has(`${code}@${invoice.header.index + place}`)) return
    issues.push(
      controlIssue(code, { sequence, number: issues.length + 1, destination }, invoice.header.index + place, line),
    )
  }
  for (const code of verdict.assessment.codes) add(code, 0)
  verdict.assessment.lines.forEach((line, index) => {
    for (const code of line.codes) add(code, verdict.places[index]!, line.number)
  })
  const { ziekenfonds } = verdict.assessment
  return ziekenfonds === undefined ? issues : issues.map((issue) => ({ ...issue, ziekenfonds }))
}

export function controlIssue(
  code: string,
  { sequence, ...at }: Pick<FileIssue, 'number' | 'destination' | 'ziekenfonds'> & { readonly sequence: number },
  record: number,
  serviceLine?: number,
): FileIssue {
  const { letter, ...words } = controls[code as ControlCode]
  const place = serviceLine === undefined ? placeOf(record) : `${placeOf(record)}, line ${serviceLine}`
  const detail = { invoice: sequence, letter, ...(serviceLine === undefined ? {} : { serviceLine }) }
  return { ...at, line: record, place, code, detail, ...words }
}

const placeOf = (record: number): string => (record === 0 ? 'file' : `record ${record}`)
