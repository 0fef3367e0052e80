import type { HostedService } from './open-service.ts'
import { runService } from './run-service.ts'
import { verifyService } from './verify-service.ts'

/** What a service process does: it runs, or with the word `verify` it proves the service and ends, with 1 when something does not hold. */
export async function hostMain(
  service: HostedService,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const [word] = words
  if (word === undefined) {
    await runService(service)
    return
  }
  if (word !== 'verify') throw new Error(`"${word}" is nothing that a service does: give no word to run it, or verify`)
  const findings = await verifyService(service)
  // clients of Kafka may keep the process
  process.exit(findings.every(({ ok }) => ok) ? 0 : 1)
}
