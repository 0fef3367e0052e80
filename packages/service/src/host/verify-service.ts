import { proveAll, type RangedProof, stoppedProof } from '../proofs/proof.ts'
import type { Finding } from '../types.ts'
import { type HostConfig, readHostConfig } from './config.ts'
import { type HostedService, openService } from './open-service.ts'
import { serviceNotesProofs } from './service-notes.ts'

async function* findingsOf(proofs: readonly RangedProof[]): AsyncGenerator<Finding> {
  for (const proof of proofs) {
    try {
      yield* proveAll([proof])
    } catch (error) {
      yield stoppedProof(proof.name, error instanceof Error ? error.message : String(error))
    }
  }
}

/**
 * Proves a service that runs as a process of its own, beside it: its notes where it keeps some, then everything that it proves of
 * itself, range by range. Findings are log lines; answers whether all hold.
 */
export async function verifyService(
  service: HostedService,
  config: HostConfig = readHostConfig(),
): Promise<readonly Finding[]> {
  await using held = new AsyncDisposableStack()
  const { deps, module, logger, noted } = await openService(held, service, config, false)
  const notes = noted === null ? [] : await serviceNotesProofs(noted)
  if (noted === null) logger.warn('no notes of the log are compared: ZIV_NOTES_FOLDER is not set')
  const began = performance.now()
  const findings: Finding[] = []
  for await (const finding of findingsOf([...notes, ...module.proofs])) {
    findings.push(finding)
    const { check, ok, examined, detail } = finding
    logger[ok ? 'info' : 'error']({ check, ok, examined }, detail)
  }
  const examined = findings.reduce((sum, finding) => sum + finding.examined, 0)
  const seconds = (performance.now() - began) / 1_000
  logger.info(
    { businessDate: deps.clock.today(), examined, perSecond: Math.round(examined / seconds) },
    'verification ended',
  )
  return findings
}
