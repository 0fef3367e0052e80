import { join, resolve } from 'node:path'
import { startEmbeddedPostgres } from '@ziv/local-postgres'
import type { UrlOf } from './cluster.ts'

/** The PostgreSQL of a sandbox. */
export interface Server {
  readonly urlOf: UrlOf
  readonly stop: () => Promise<void>
}

/** Survives a kill of any process: what is written is in the kernel. Only a crash of the machine could lose the last moments. */
const SANDBOX_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: 200,
  shared_buffers: '256MB',
  // a story writes a few gigabytes of log in a minute: no checkpoint in the middle of it
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  // tables fill within seconds: without fresh statistics the planner takes them for empty (returns folded four times slower)
  autovacuum_naptime: '2s',
  // statements are short: compiling them costs more than it gains
  jit: 'off',
}

/** What it takes to reach it. */
interface ServerOptions {
  /** Data folder of the sandbox, whose PostgreSQL is started where it does not run. */
  readonly dataDir: string
  /** A server that is there already: nothing is started, and nothing stopped. */
  readonly postgresUrl?: string
}

/** Opens the server under the databases of a sandbox, also while its services are stopped; `stop` ends what this call started. */
export async function openServer({ postgresUrl, dataDir }: ServerOptions): Promise<Server> {
  if (postgresUrl !== undefined) {
    const urlOf: UrlOf = (name) => Object.assign(new URL(postgresUrl), { pathname: `/${name}` }).toString()
    return { urlOf, stop: () => Promise.resolve() }
  }
  const server = await startEmbeddedPostgres({
    dataDir: join(resolve(dataDir), 'postgres'),
    settings: SANDBOX_SETTINGS,
  })
  return { urlOf: (name) => server.urlOf(name), stop: () => server.stop() }
}
