import type { Files, IntakeFile } from '@ziv/intake'
import { type Clock, uuidV7 } from '@ziv/kernel'
import { SLIP_INTAKE } from './slip-file.ts'
import { type ImportOptions, type ImportResult, type SlipFileFacts, slipIntakeOf } from './types.ts'

/** Reads a file and records its slips; resolves when all is stored and in the outbox. For the command line and the demo. */
export async function importSlipFile(
  { files, clock }: { readonly files: Files; readonly clock: Clock },
  source: AsyncIterable<Uint8Array>,
  { format, fileName, origin, onProgress }: ImportOptions,
): Promise<ImportResult> {
  const received = await files.receive<SlipFileFacts>(SLIP_INTAKE, source, {
    ...{ format, origin: origin ?? { actor: 'contributions', correlationId: uuidV7(clock) } },
    ...(fileName === undefined ? {} : { fileName }),
  })
  if (!received.ok) return received
  const total = slipsOf(received.file)
  const told =
    onProgress &&
    (({ counts: { recorded = 0, unchanged = 0, waiting = 0 } }: { counts: Readonly<Record<string, number>> }) => {
      const done = recorded + unchanged + waiting
      onProgress({ done, total: Math.max(done, total) })
    })
  return { ...received, intake: slipIntakeOf(await files.process(received.file, told)) }
}

const slipsOf = ({ facts: { records, withoutSlip, refused } }: IntakeFile<SlipFileFacts>): number =>
  records - withoutSlip - refused
