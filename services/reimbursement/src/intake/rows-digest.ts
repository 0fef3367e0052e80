import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '@ziv/event-store'
import { streamRows, type Transaction } from '@ziv/postgres'
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

const STORED = `select code, valid_from as "validFrom", valid_to as "validTo", reliable_to as "reliableTo", profession,
    fee_cents::float8 as "feeCents", amounts, patient_share_parameter as "patientShareParameter",
    referral_reduces as "referralReduces", source, confidence from app.tariffs where import_id = $1 order by tariff_id`

/** The digest of the rows that are stored of a list, in the order in which they were added, and how many they are. */
export async function storedRowsDigest(tx: Transaction, importId: string) {
  const digest = rowsDigest()
  let rows = 0
  for await (const row of streamRows<TariffRow>(tx, STORED, [importId])) {
    rows += 1
    digest.add(row)
  }
  return { rows, digest: digest.value() }
}
