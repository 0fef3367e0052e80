export { announcedAsUtf8 } from './decode.ts'
export { readDmfaPieces } from './dmfa/reader.ts'
export type {
  DmfaFormInput,
  DmfaItem,
  DmfaPersonInput,
} from './dmfa/types.ts'
export { writeDmfa } from './dmfa/writer.ts'
export { readEfactAnswer } from './efact/answer-reader.ts'
export { writeEfactAnswer } from './efact/answer-writer.ts'
export { controlCodes, formControl } from './efact/controls.ts'
export { headerOf } from './efact/header.ts'
export { type InvoiceSecret, maskRecords, unmaskRecords } from './efact/mask.ts'
export { readEfact } from './efact/reader.ts'
export { routingOf } from './efact/routing.ts'
export type * from './efact/types.ts'
export { writeEfact } from './efact/writer.ts'
export { patientOf, zone, zoneCents, zoneDate, zoneNumber, zoneText } from './efact/zones.ts'
export type { ErrorLetter, FormatIssue, IssuePlace } from './issue.ts'
export { readNomensoft } from './nomensoft/reader.ts'
export type * from './nomensoft/types.ts'
export { writeNomensoft } from './nomensoft/writer.ts'
export { columns as slipColumns } from './slips/columns.ts'
export {
  readSlipsCsvPieces,
  readSlipsJsonLinesPieces,
} from './slips/reader.ts'
export type * from './slips/types.ts'
export { slipExample } from './slips/writer.ts'
