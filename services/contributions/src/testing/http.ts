import { buildServer } from '@ziv/http'
import { registerService } from '@ziv/service'
import type { Harness } from './harness.ts'

/** The service behind the real server, with its own guard, problems and validation. */
export async function serverOf(harness: Harness) {
  const { logger, auth, environment } = harness.deps
  const app = await buildServer({ logger, auth, environment, eventLoopDelayMaxMs: 0 })
  await registerService(app, harness.service, harness.deps)
  await app.ready()
  return app
}
