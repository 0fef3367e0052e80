import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findServer } from '../postgres/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL, as a role that may create databases and roles. */
    zivPostgresUrl: string
  }
}

/** One PostgreSQL for the whole run: `DATABASE_URL`, else an embedded one in a temporary folder, else one in Docker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-test-'))
  const server = await findServer(join(folder, 'postgres'))
  project.provide('zivPostgresUrl', server.url)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
