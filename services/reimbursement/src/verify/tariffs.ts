import { canonicalJson, type EventStore, type JsonObject } from '@ziv/event-store'
import type { Transaction } from '@ziv/postgres'
import { type Finding, namesOf, naming, told } from '@ziv/service'
import { storedLists } from '../intake/rows-digest.ts'

/** The rows of every list of fees, and since when they are known, are what was recorded with it. */
export async function tariffsEqualImports(tx: Transaction, store: EventStore): Promise<Finding> {
  const recorded = new Map<string, string>()
  for await (const { events } of store.streams(tx, 'tariffImport')) {
    for (const { type, data } of events) {
      // of a list that was withdrawn nothing is stored
      if (type === 'TariffsWithdrawn') continue
      recorded.set(String(data.importId), textOf({ ...data, origin: type === 'TariffsSeeded' ? 'seed' : 'nomensoft' }))
    }
  }
  const wrong: string[] = []
  let lists = 0
  for await (const list of storedLists(tx, null)) {
    lists += 1
    if (recorded.get(list.importId) !== textOf({ ...list })) wrong.push(list.importId)
    recorded.delete(list.importId)
  }
  wrong.push(...recorded.keys())
  const { rows } = await tx.query<{ fees: number; extra: number }>(
    `select count(*)::int as fees, count(*) filter (where not exists (
       select from app.tariff_imports i where i.import_id = t.import_id and i.imported_at = t.recorded_at))::int as extra
     from app.tariffs t`,
  )
  const { fees, extra } = rows[0]!
  const found = namesOf(wrong)
  const ok = wrong.length === 0 && extra === 0
  return {
    check: 'reimbursement: fees equal what was recorded with their list',
    ok,
    examined: fees,
    detail: ok
      ? `${fees} rows of ${lists} lists`
      : `lists that differ: ${told(found)}; ${extra} rows without a list of their moment`,
    ...naming(found),
  }
}

/** What is recorded of a list and stored of it. */
const textOf = ({ importId, origin, fileHash, rowsAdded, rowsDigest, importedAt }: JsonObject): string =>
  canonicalJson({ importId, origin, fileHash, rowsAdded, rowsDigest, importedAt } as JsonObject)
