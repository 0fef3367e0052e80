import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject } from '@ziv/event-store'
import { streamRows, type Transaction } from '@ziv/postgres'
import type { NewTariff } from '../projections/seed-tariffs.ts'

/** A row of a list of fees as it is recorded. */
type TariffRow = NewTariff

/** SHA-256 over rows in their order, one at a time: what a list of fees says, in 32 bytes. */
function rowsDigest(): { readonly add: (row: TariffRow) => void; readonly value: () => string } {
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

interface StoredList {
  readonly importId: string
  readonly fileHash: string
  readonly rowsAdded: number
  readonly rowsDigest: string
  readonly importedAt: string
  readonly origin: string
}

/** What is stored of the lists of fees, with the digest of their rows in the order in which they were added. */
export async function* storedLists(tx: Transaction, importId: string | null): AsyncGenerator<StoredList> {
  const { rows: lists } = await tx.query<Omit<StoredList, 'rowsDigest'>>(
    `select import_id as "importId", encode(file_hash, 'hex') as "fileHash", rows_added as "rowsAdded", imported_at as "importedAt", origin
       from app.tariff_imports where $1::uuid is null or import_id = $1 order by import_id`,
    [importId],
  )
  for (const list of lists) {
    const digest = rowsDigest()
    for await (const row of streamRows<TariffRow>(tx, STORED, [list.importId])) digest.add(row)
    yield { ...list, rowsDigest: digest.value() }
  }
}
