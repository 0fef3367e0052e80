export { findServer, type TestServer } from './postgres/server.ts'
export {
  type NamedStatement,
  recordStatements,
  type StatementRecorder,
  tablesReadWhole,
} from './postgres/statements.ts'
export { createTestCluster } from './postgres/test-cluster.ts'
export {
  createMigrated,
  createTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
} from './postgres/test-database.ts'
