import type { ErrorLetter, FormatIssue, Severity } from '../issue.ts'
import type { Zone } from './layout.ts'
import { type EfactMessageParams, efactMessages, zoneNames } from './messages.ts'
import type { EfactRecord } from './types.ts'

interface Found {
  readonly code: string
  readonly severity: Severity
  /** The official control that the rule is, when it is one. */
  readonly control: { readonly code: string; readonly letter: ErrorLetter } | null
  readonly zone: Zone | null
  readonly record: EfactRecord | null
  readonly recordType: string | null
  readonly detail: Partial<EfactMessageParams>
  readonly offset: number | undefined
}

/** An issue of a billing file in words, with its official code and its place. */
export function issueOf(rule: string, found: Found): FormatIssue {
  const { code, severity, control, zone, record, recordType, detail, offset } = found
  const unnamed = zone?.name ?? ''
  const names = zoneNames.get(unnamed) ?? { nl: unnamed, fr: unnamed, de: unnamed, en: unnamed }
  const params: EfactMessageParams = { ...names, ...(recordType === null ? {} : { record: recordType }), ...detail }
  return {
    code,
    ...(control === null ? {} : { officialCode: control.code, letter: control.letter }),
    severity,
    ...efactMessages[rule]!(params),
    place: {
      ...(offset === undefined ? {} : { offset }),
      ...(record === null ? {} : { record: record.index }),
      ...(recordType === null ? {} : { recordType }),
      ...(zone === null ? {} : { zone: zone.key, position: zone.start + 1 }),
    },
  }
}
