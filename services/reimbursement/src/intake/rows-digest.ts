import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '@ziv/event-store'
import type { NewTariff } from '../projections/seed-tariffs.ts'

/** A row of a list of fees as it is recorded. */
export type TariffRow = NewTariff

/** SHA-256 over rows in their order, one at a time: what a list of fees says, in 32 bytes. */
export function rowsDigest(): { readonly add: (row: TariffRow) => void; readonly value: () => string } {
  const hash = createHash('sha256')
  return {
    add: ({ code, validFrom, validTo, reliableTo, profession, feeCents, amounts, ...rest }) => {
      const { patientShareParameter, referralReduces, source, confidence } = rest
      const row = {
        ...{ code, validFrom, validTo, reliableTo, profession, feeCents, amounts },
        ...{ patientShareParameter, referralReduces, source, confidence },
      }
      hash.update(canonicalJson(row as unknown as JsonObject))
    },
    value: () => hash.digest('hex'),
  }
}
