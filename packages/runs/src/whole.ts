import { randomUUID } from 'node:crypto'
import type { Runs } from './runs.ts'
import type { Run } from './types.ts'

/**
 * Takes a run without parameters to its end for somebody who takes its end for the truth, a rebuild above all. Throws an Error when it
 * failed, or when a key did: what could not be made again is the old one still.
 */
export async function runWhole(
  runs: Pick<Runs, 'run'>,
  kind: string,
  actor: string,
  onProgress?: (run: Run) => void,
): Promise<Run> {
  const run = await runs.run(kind, {}, { actor, correlationId: randomUUID() }, onProgress)
  if (run.state === 'done' && run.failed === 0) return run
  const why = run.problem ?? 'see the failures of its task'
  throw new Error(`${kind} ${run.runId} is ${run.state}, ${run.failed} keys failed: ${why}`)
}
