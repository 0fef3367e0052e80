import type { EventStore } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import type { Finding } from '@ziv/service'
import { rowsDigest, storedRowsDigest, type TariffRow } from '../intake/rows-digest.ts'
import { seedTariffs } from '../projections/seed-tariffs.ts'

/** The rows of every list of fees are those that were recorded with it: by its event, or by the list that comes with the service. */
export async function tariffsEqualImports(tx: Transaction, store: EventStore): Promise<Finding> {
  const recorded = new Map<string, string>()
  for await (const { events } of store.streams(tx, 'tariffImport')) {
    for (const { data } of events) recorded.set(String(data.importId), String(data.rowsDigest))
  }
  const seed = seedTariffs()
  const { rows: imports } = await tx.query<{ import_id: string; file_hash: Buffer; origin: string }>(
    'select import_id, file_hash, origin from app.tariff_imports order by import_id',
  )
  const wrong: string[] = []
  let examined = 0
  for (const { import_id: id, file_hash: hash, origin } of imports) {
    const stored = await storedRowsDigest(tx, id)
    examined += stored.rows
    const expected = origin === 'seed' && seed.hash.equals(hash) ? digestOf(seed.tariffs) : recorded.get(id)
    if (stored.digest !== expected) wrong.push(id)
  }
  const { rows } = await tx.query<{ n: number }>(
    'select count(*)::int as n from app.tariffs t where not exists (select from app.tariff_imports i where i.import_id = t.import_id)',
  )
  const extra = rows[0]?.n ?? 0
  const ok = wrong.length === 0 && extra === 0
  return {
    check: 'reimbursement: fees equal what was recorded with their list',
    ok,
    examined,
    detail: ok
      ? `${examined} rows of ${imports.length} lists`
      : `lists that differ: ${wrong.join(', ')}; ${extra} rows without a list`,
  }
}

function digestOf(tariffs: readonly TariffRow[]): string {
  const digest = rowsDigest()
  for (const row of tariffs) digest.add(row)
  return digest.value()
}
