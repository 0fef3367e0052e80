import { join } from 'node:path'
import { provedNow, type RangedProof } from '../proofs/proof.ts'
import type { Finding } from '../types.ts'
import { proveInRanges, RESULTS_FILE, type RunOptions } from '../verification/run.ts'
import { type HostConfig, readHostConfig } from './config.ts'
import { type HostedService, type OpenedService, openService } from './open-service.ts'
import { serviceNotesProofs } from './service-notes.ts'

/** How a service is proved. */
export interface VerifyServiceOptions extends Pick<RunOptions, 'signal' | 'onProgress'> {
  /** Does not go on from a run that was broken off. Default false. */
  readonly anew?: boolean
}

async function* findingsOf(
  { deps, module, logger, noted }: OpenedService,
  { anew = false, ...run }: VerifyServiceOptions,
): AsyncGenerator<Finding> {
  const notes = noted === null ? null : await serviceNotesProofs(noted)
  if (notes === null) {
    logger.warn('no notes of the log are compared, and no results are kept: ZIV_NOTES_FOLDER is not set')
  } else yield await provedNow('notes in the topic', notes.topic)
  const proofs: readonly RangedProof[] = [...(notes === null ? [] : [notes.logs]), ...module.proofs]
  yield* proveInRanges(proofs, {
    ...run,
    businessDate: deps.clock.today(),
    kept: notes === null ? undefined : { file: join(notes.folder, RESULTS_FILE), key: notes.key, anew },
    onBegin: (words) => logger.info(`verification ${words}`),
  })
}

/**
 * Proves a service that runs as a process of its own, beside it: its notes where it keeps some, then everything that it proves of
 * itself, range by range. Findings are log lines. Where it keeps notes, results of finished ranges stand beside them, and a run that
 * was broken off (after `signal` it ends at the next range) is gone on from.
 */
export async function verifyService(
  service: HostedService,
  config: HostConfig = readHostConfig(),
  options: VerifyServiceOptions = {},
): Promise<readonly Finding[]> {
  await using held = new AsyncDisposableStack()
  const opened = await openService(held, service, config, false)
  const { deps, logger } = opened
  const began = performance.now()
  const findings: Finding[] = []
  for await (const finding of findingsOf(opened, options)) {
    findings.push(finding)
    const { detail, ...told } = finding
    logger[finding.ok ? 'info' : 'error'](told, detail)
  }
  const examined = findings.reduce((sum, finding) => sum + finding.examined, 0)
  const seconds = (performance.now() - began) / 1_000
  const ended = options.signal?.aborted === true ? 'verification broken off' : 'verification ended'
  logger.info({ businessDate: deps.clock.today(), examined, perSecond: Math.round(examined / seconds) }, ended)
  return findings
}
