export * from './population/index.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  endEmbeddedPostgres,
  startEmbeddedPostgres,
} from './postgres/embedded-postgres.ts'
export { findServer, type TestServer } from './postgres/server.ts'
export { createTestCluster } from './postgres/test-cluster.ts'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './postgres/test-database.ts'
