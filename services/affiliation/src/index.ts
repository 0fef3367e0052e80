import type { ImportOptions, ImportResult } from './intake/import-members.ts'
import type { MemberImportRow } from './intake/import-row.ts'
import type { AffiliationModule } from './service.ts'

export type { ImportOptions, ImportResult } from './intake/import-members.ts'
export {
  type MemberImportRow,
  personIdOfRow,
} from './intake/import-row.ts'
export { type AffiliationModule, affiliation } from './service.ts'

/** Bulk import by the in-process module, for the composition root and the command line. */
export const importMembers = (
  module: AffiliationModule,
  rows: AsyncIterable<MemberImportRow>,
  options?: ImportOptions,
): Promise<ImportResult> => module.importMembers(rows, options)
