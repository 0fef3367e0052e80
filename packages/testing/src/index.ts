export { findServer, type TestServer } from './postgres/server.ts'
export { createTestCluster } from './postgres/test-cluster.ts'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './postgres/test-database.ts'
