export { readDmfa } from './dmfa/reader.ts'
export type {
  DmfaContribution,
  DmfaEnd,
  DmfaForm,
  DmfaFormInput,
  DmfaItem,
  DmfaOccupation,
  DmfaOccupationInput,
  DmfaOptions,
  DmfaPersonInput,
  DmfaRemuneration,
  DmfaService,
  DmfaWorkerRecord,
  DmfaWorkerRecordInput,
  WorkerCategory,
  WorkerRecordContent,
} from './dmfa/types.ts'
export { writeDmfa } from './dmfa/writer.ts'
export { readEfact } from './efact/reader.ts'
export { routingOf } from './efact/routing.ts'
export type * from './efact/types.ts'
export { patientOf, zone, zoneCents, zoneDate, zoneNumber, zoneText } from './efact/zones.ts'
export type { ErrorLetter, FormatIssue, IssueOptions, IssuePlace, IssueTotals, Severity } from './issue.ts'
export type * from './nomensoft/types.ts'
export { readSlipsCsv, readSlipsJsonLines } from './slips/reader.ts'
export type * from './slips/types.ts'
export { slipExample, writeSlipsCsv, writeSlipsJsonLines } from './slips/writer.ts'
