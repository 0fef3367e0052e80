export { announcedAsUtf8 } from './decode.ts'
export { readDmfa, readDmfaPieces } from './dmfa/reader.ts'
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
export { readEfactAnswer } from './efact/answer-reader.ts'
export { writeEfactAnswer } from './efact/answer-writer.ts'
export { recordCheck, twoDigits, withRecordCheck } from './efact/check-digits.ts'
export { composeRecord, type ZoneValues } from './efact/compose.ts'
export { controlCodes } from './efact/controls.ts'
export { headerOf } from './efact/header.ts'
export { type InvoiceSecret, type MaskedRecords, maskRecords, unmaskRecords } from './efact/mask.ts'
export { readEfact } from './efact/reader.ts'
export { routingOf } from './efact/routing.ts'
export type * from './efact/types.ts'
export { writeEfact } from './efact/writer.ts'
export { patientOf, zone, zoneCents, zoneDate, zoneNumber, zoneText } from './efact/zones.ts'
export type { ErrorLetter, FormatIssue, IssueOptions, IssuePlace, IssueTotals, Severity } from './issue.ts'
export { readNomensoft } from './nomensoft/reader.ts'
export type * from './nomensoft/types.ts'
export { writeNomensoft } from './nomensoft/writer.ts'
export {
  readSlipsCsv,
  readSlipsCsvPieces,
  readSlipsJsonLines,
  readSlipsJsonLinesPieces,
} from './slips/reader.ts'
export type * from './slips/types.ts'
export { slipExample, writeSlipsCsv, writeSlipsJsonLines } from './slips/writer.ts'
