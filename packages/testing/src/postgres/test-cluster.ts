import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findServer, type TestServer } from './server.ts'

/**
 * A PostgreSQL server of its own for one spec file. For specs that hold a writing transaction open: it would delay the
 * tails of every other database of a shared server. Pass its `url` to `createTestDatabase`. With DATABASE_URL set it is
 * that server, and such specs should then run alone.
 */
export async function createTestCluster(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-test-'))
  const server = await findServer(join(folder, 'postgres'))
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
