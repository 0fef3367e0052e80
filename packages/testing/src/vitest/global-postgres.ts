import type { TestProject } from 'vitest/node'
import { createTestCluster } from '../postgres/test-cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's PostgreSQL, as a role that may create databases and roles. */
    zivPostgresUrl: string
  }
}

/**
 * One PostgreSQL for the whole run: `DATABASE_URL`, else an embedded one in a temporary folder, else one in Docker.
 * @public called by vitest
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await createTestCluster()
  project.provide('zivPostgresUrl', server.url)
  return server.stop
}
