import type { Origin } from '@ziv/event-store'
import type { FileIssue, Files } from '@ziv/intake'
import { uuidV7 } from '@ziv/kernel'
import type { Context } from '../context.ts'
import type { TariffFileFacts } from './stage-fees.ts'
import { TARIFF_IMPORT, type TariffImport, tariffImportOf } from './tariff-file.ts'

export interface ImportTariffsOptions {
  readonly origin?: Origin
}

/** A file that cannot be read as a whole changes nothing. */
export type ImportTariffsResult =
  | { readonly ok: true; readonly import: TariffImport; readonly alreadyKnown: boolean }
  | { readonly ok: false; readonly issues: readonly FileIssue[] }

/** Imports a list of tariffs; resolves when its rows are in force. The same file twice changes nothing, unless another came in between. */
export async function importTariffs(
  { files, clock }: Pick<Context, 'clock'> & { readonly files: Files },
  source: AsyncIterable<Uint8Array>,
  { origin }: ImportTariffsOptions = {},
): Promise<ImportTariffsResult> {
  const received = await files.receive<TariffFileFacts>(TARIFF_IMPORT, source, {
    ...{ origin: origin ?? { actor: 'reimbursement', correlationId: uuidV7(clock) }, format: 'nomensoft' },
  })
  if (!received.ok) return received
  return { ...received, import: tariffImportOf(await files.process(received.file)) }
}
