import { parseArgs } from 'node:util'
import type { HostedService } from './open-service.ts'
import { runService } from './run-service.ts'
import { verifyService } from './verify-service.ts'

/** Exit code of a process that a signal ended before its work was done, as shells give it for SIGINT. */
const INTERRUPTED = 130

/**
 * What a service process does: it runs, or with the word `verify` it proves the service and ends, with 1 when something does not
 * hold, with 130 when a signal broke it off; `verify --anew` does not go on from a run that was broken off.
 */
export async function hostMain(
  service: HostedService,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  if (words.length === 0) {
    await runService(service)
    return
  }
  const { positionals, values } = parseArgs({
    ...{ args: [...words], allowPositionals: true },
    options: { anew: { type: 'boolean', default: false } },
  })
  if (positionals.join() !== 'verify') {
    throw new Error(`"${words.join(' ')}" is nothing that a service does: give no word to run it, or verify`)
  }
  const broken = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => broken.abort())
  const findings = await verifyService(service, undefined, { signal: broken.signal, anew: values.anew })
  // clients of Kafka may keep the process
  process.exit(broken.signal.aborted ? INTERRUPTED : findings.every(({ ok }) => ok) ? 0 : 1)
}
