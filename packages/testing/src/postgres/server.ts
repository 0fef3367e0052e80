import { chmod } from 'node:fs/promises'
import { dirname } from 'node:path'
import { startEmbeddedPostgres } from '@ziv/local-postgres'
import { databaseUrlFromEnvironment } from '../config.ts'

/** A PostgreSQL for specs, where it came from, and how to end it. */
export interface TestServer {
  readonly url: string
  readonly kind: 'given' | 'embedded' | 'docker'
  stop(): Promise<void>
}

// a test database need not survive a power cut
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'on',
  max_connections: 400,
  // where the run lies in memory its log does too
  max_wal_size: '512MB',
}

async function startDocker(reason: unknown): Promise<TestServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql')
  try {
    const container = await new PostgreSqlContainer('postgres:18').withCommand(['-c', 'fsync=off']).start()
    return {
      url: container.getConnectionUri(),
      kind: 'docker',
      stop: async () => {
        await container.stop()
      },
    }
  } catch (cause) {
    throw new Error(
      `no PostgreSQL for the specs: DATABASE_URL is not set, the embedded one failed (${String(reason)}) and Docker did not answer`,
      { cause },
    )
  }
}

/** In this order: DATABASE_URL, then embedded PostgreSQL in `dataDir`, then a container. */
export async function findServer(dataDir: string): Promise<TestServer> {
  const given = databaseUrlFromEnvironment()
  if (given !== undefined) return { url: given, kind: 'given', stop: async () => undefined }
  try {
    await chmod(dirname(dataDir), 0o711)
    const server = await startEmbeddedPostgres({ dataDir, settings: FAST })
    return { url: server.url, kind: 'embedded', stop: server.stop }
  } catch (error) {
    return await startDocker(error)
  }
}
