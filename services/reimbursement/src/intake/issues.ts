import type { FormatIssue } from '@ziv/formats'
import { type ControlCode, controls } from '../domain/control-codes.ts'
import type { ControlledInvoice } from './control-chunk.ts'
import type { InvoiceIssue } from './types.ts'

/** An issue of form as the list of a file shows it. */
export function formIssue(issue: FormatIssue, sequence: number, number: number, destination: string): InvoiceIssue {
  const { code, officialCode, letter, nl, fr, de, en, place } = issue
  return {
    sequence,
    number,
    destination,
    record: place.record ?? 0,
    code: officialCode ?? code,
    ...(letter === undefined ? {} : { letter }),
    nl,
    fr,
    de,
    en,
  }
}

/** Everything that was found on one invoice: of its form, then of its content. */
export function issuesOfInvoice(controlled: ControlledInvoice, sequence: number): InvoiceIssue[] {
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
  at: Pick<InvoiceIssue, 'sequence' | 'number' | 'destination' | 'ziekenfonds'>,
  record: number,
  line?: number,
): InvoiceIssue {
  const control = controls[code as ControlCode]
  return { ...at, record, ...(line === undefined ? {} : { line }), code, ...control }
}
