import type { FormatIssue, IssuePlace, Severity } from '../issue.ts'
import type { Unreadable } from '../unreadable.ts'
import type { XmlPosition } from '../xml/parse.ts'
import { dmfaMessages, type MessageParams } from './messages.ts'
import type { OpenPerson } from './person.ts'

/** Zone of the official glossary, with the anomalies that it lists. */
export interface Official {
  readonly zone: string
  readonly anomalies: ReadonlySet<string>
}

/** An issue in words, with the official code where the glossary lists the anomaly for the zone. */
export function issueOf(
  code: string,
  severity: Severity,
  params: MessageParams,
  { serial, official }: { readonly serial: string; readonly official: Official | null },
  place: IssuePlace,
): FormatIssue {
  const officialCode = official?.anomalies.has(serial) ? `${official.zone}-${serial}` : null
  return { code, ...(officialCode === null ? {} : { officialCode }), severity, ...dmfaMessages[code]!(params), place }
}

/** The reason why reading stopped, as a fatal issue. */
export function fatalOf(reason: Unreadable, at: IssuePlace): FormatIssue {
  const official = reason.officialSerial === undefined ? {} : { officialCode: reason.officialSerial }
  const code = reason.reason.startsWith('DMFA-') ? reason.reason : `DMFA-${reason.reason}`
  return { code, ...official, severity: 'fatal', ...reason.words, place: { ...at, ...reason.place } }
}

/** Where the reading stands: the open elements, and which form, person and record they belong to. */
export function placeOf(
  names: readonly string[],
  at: XmlPosition | null,
  { forms, persons }: { readonly forms: number; readonly persons: number },
  { sequence, records }: Pick<OpenPerson, 'sequence' | 'records'>,
): IssuePlace {
  const inPerson = names.includes('NaturalPerson')
  return {
    ...(at === null ? {} : { line: at.line, column: at.column }),
    ...(names.length === 0 ? {} : { path: names.join('/') }),
    ...(forms === 0 ? {} : { form: forms }),
    ...(inPerson ? { person: sequence ?? persons } : {}),
    ...(inPerson && records > 0 ? { workerRecord: records } : {}),
  }
}
