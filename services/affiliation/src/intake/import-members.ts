import type { Files, LineFacts, Received } from '@ziv/intake'
import { uuidV7 } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { MEMBER_IMPORT } from './member-file.ts'

export interface ImportOptions {
  /** Who imports; goes into the metadata of every event. Default `affiliation`. */
  readonly actor?: string
  /** Called after each transaction with the lines handled so far. */
  readonly onProgress?: (handled: number) => void
}

export type ImportResult = Received<LineFacts>

/**
 * Takes a file of members in for every ziekenfonds, as the operator may; resolves when all of it is stored and in the outbox. What was
 * refused is an issue of the file.
 */
export function importMembers(
  { files, clock }: Pick<Context, 'clock'> & { readonly files: Files },
  source: AsyncIterable<Uint8Array>,
  { actor = 'affiliation', onProgress }: ImportOptions = {},
): Promise<ImportResult> {
  const head = { origin: { actor, correlationId: uuidV7(clock) }, format: 'jsonl' }
  return files.import<LineFacts>(MEMBER_IMPORT, source, head, onProgress && (({ done }) => onProgress(done)))
}
