import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endEmbeddedPostgres } from '@ziv/local-postgres'
import { findServer, type TestServer } from './server.ts'

const PREFIX = 'ziv-test-'
const OWNER_FILE = 'owner'

/**
 * A PostgreSQL server of its own for one spec file. For specs that hold a writing transaction open: it would delay the
 * tails of every other database of a shared server. Pass its `url` to `createTestDatabase`. With DATABASE_URL set it is
 * that server, and such specs should then run alone.
 */
export async function createTestCluster(): Promise<TestServer> {
  await sweep()
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  await writeFile(join(folder, OWNER_FILE), String(process.pid))
  const server = await findServer(join(folder, 'postgres'))
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Ends servers of runs that were killed before they could: a server outlives the process that started it. */
async function sweep(): Promise<void> {
  const names = await readdir(tmpdir())
  for (const name of names.filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const owner = await readFile(join(folder, OWNER_FILE), 'utf8').catch(() => undefined)
    if (owner === undefined || isAlive(Number(owner))) continue
    await endEmbeddedPostgres(join(folder, 'postgres')).catch(() => undefined)
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}
