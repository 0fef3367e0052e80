import { fileURLToPath } from 'node:url'
import type { ImportOptions, ImportResult } from './application/import-members.ts'
import type { MemberImportRow } from './application/import-row.ts'
import type { AffiliationModule } from './create-affiliation.ts'

export type { ImportOptions, ImportResult } from './application/import-members.ts'
export {
  type ImportCounts,
  type ImportIssue,
  type MemberImportRow,
  memberImportRow,
  personIdOfRow,
} from './application/import-row.ts'
export { type AffiliationModule, createAffiliation } from './create-affiliation.ts'
export { type Evidence, type EvidenceKind, evidenceKindsOf } from './domain/evidence.ts'

/** Folder of this service's own migrations; run those of the event store, the consumers and http before it. */
export const migrations: string = fileURLToPath(new URL('../migrations', import.meta.url))

/** Bulk import by the in-process module, for the composition root and the command line. */
export const importMembers = (
  module: AffiliationModule,
  rows: AsyncIterable<MemberImportRow>,
  options?: ImportOptions,
): Promise<ImportResult> => module.importMembers(rows, options)
