export { askBesideOpen } from './postgres/open-commit.ts'
export { lockWaits, sideBySide } from './postgres/rivals.ts'
export type { TestServer } from './postgres/server.ts'
export {
  type NamedStatement,
  recordStatements,
  tablesReadWhole,
} from './postgres/statements.ts'
export { createTestCluster } from './postgres/test-cluster.ts'
export {
  createMigrated,
  createTestDatabase,
  type TestDatabase,
} from './postgres/test-database.ts'
