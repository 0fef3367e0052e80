import { recordOnce } from '@ziv/event-store'
import type { IsoDate } from '@ziv/kernel'
import { uuidV5 } from '@ziv/kernel'
import { copyIn, copyRow, type Transaction } from '@ziv/postgres'
import type { ServiceContext } from '@ziv/service'
import { type RecordedTariff, TariffTable } from '../domain/tariff-table.ts'
import { storedLists } from '../intake/rows-digest.ts'
import { type NewTariff, seedTariffs } from './seed-tariffs.ts'

interface TariffRowOfTable {
  readonly tariff_id: string
  readonly code: string
  readonly valid_from: IsoDate
  readonly valid_to: IsoDate | null
  readonly reliable_to: IsoDate | null
  readonly profession: RecordedTariff['profession']
  readonly fee_cents: string
  readonly amounts: RecordedTariff['amounts']
  readonly patient_share_parameter: string | null
  readonly referral_reduces: boolean
  readonly source: string
  readonly confidence: RecordedTariff['confidence']
  readonly recorded_at: RecordedTariff['recordedAt']
}

const recordedOf = (row: TariffRowOfTable): RecordedTariff => ({
  tariffId: Number(row.tariff_id),
  code: row.code,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  reliableTo: row.reliable_to,
  profession: row.profession,
  feeCents: Number(row.fee_cents),
  amounts: row.amounts,
  patientShareParameter: row.patient_share_parameter,
  referralReduces: row.referral_reduces,
  source: row.source,
  confidence: row.confidence,
  recordedAt: row.recorded_at,
})

/** The tariffs in memory, brought up to date before each piece of work; the table only grows, so that costs one index look-up. */
export class Tariffs {
  readonly #context: ServiceContext
  readonly #table = new TariffTable()
  #seeded = false

  constructor(context: ServiceContext) {
    this.#context = context
  }

  /** The table as it stands now. The first call records the tariffs that come with the service. */
  async current(): Promise<TariffTable> {
    if (!this.#seeded) {
      await recordSeed(this.#context)
      this.#seeded = true
    }
    const { rows } = await this.#context.database.query<TariffRowOfTable>({
      name: 'reimbursement-new-tariffs',
      text: `select tariff_id, code, valid_from, valid_to, reliable_to, profession, fee_cents, amounts,
                    patient_share_parameter, referral_reduces, source, confidence, recorded_at
               from app.tariffs where tariff_id > $1 order by tariff_id`,
      values: [this.#table.lastId],
    })
    for (const row of rows) if (Number(row.tariff_id) > this.#table.lastId) this.#table.add(recordedOf(row))
    return this.#table
  }
}

async function recordSeed({ database, store, clock, law }: ServiceContext): Promise<void> {
  const { hash, tariffs } = seedTariffs()
  const importId = uuidV5(`tariffs\n${hash.toString('hex')}`)
  await database.transaction(async (tx) => {
    await lockTariffs(tx)
    const importedAt = clock.now()
    const { rowCount } = await tx.query(
      `insert into app.tariff_imports (import_id, file_hash, origin, rows_added, imported_at)
       values ($1, $2, 'seed', $3, $4) on conflict do nothing`,
      [importId, hash, tariffs.length, importedAt],
    )
    if (rowCount !== 1) return
    await insertTariffs(tx, importId, importedAt, tariffs)
    const [list] = await Array.fromAsync(storedLists(tx, importId))
    const { origin: _, ...data } = list!
    await recordOnce(tx, store, () => importedAt, {
      streamId: `tariffImport-${importId}`,
      event: { type: 'TariffsSeeded', version: 1, data },
      metadata: { actor: 'reimbursement', correlationId: importId, law: law.version },
    })
  })
}

/** One writer of tariffs at a time: readers follow the ids, which must become visible in order. */
export async function lockTariffs(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('reimbursement.tariffs', 0))`)
}

export async function insertTariffs(
  tx: Transaction,
  importId: string,
  recordedAt: string,
  tariffs: readonly NewTariff[],
): Promise<void> {
  await copyIn(
    tx,
    `copy app.tariffs (code, valid_from, valid_to, reliable_to, profession, fee_cents, amounts, patient_share_parameter,
       referral_reduces, source, confidence, recorded_at, import_id) from stdin (format text)`,
    tariffs.map((row) =>
      copyRow([
        row.code,
        row.validFrom,
        row.validTo,
        row.reliableTo,
        row.profession,
        row.feeCents,
        row.amounts,
        row.patientShareParameter,
        row.referralReduces,
        row.source,
        row.confidence,
        recordedAt,
        importId,
      ]),
    ),
  )
}
