import type { Files, IntakeFile } from '@ziv/intake'
import { uuidV7 } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { SLIP_INTAKE } from './slip-file.ts'
import { type ImportOptions, type ImportResult, type SlipFileFacts, slipIntakeOf } from './types.ts'

/** Reads a file and records its slips; resolves when all is stored and in the outbox. For the command line and the demo. */
export async function importSlipFile(
  { files, clock }: Pick<Context, 'clock'> & { readonly files: Files },
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
