export {
  type MemberImportRow,
  personIdOfRow,
} from './intake/import-row.ts'
export { type AffiliationModule, affiliation } from './service.ts'
