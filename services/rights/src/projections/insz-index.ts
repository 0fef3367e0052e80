import { affiliationOpened, identifierReplaced, personErased } from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'

/**
 * Which person a keyed hash of an INSZ belongs to. A replaced number keeps leading to the person; after an erasure no
 * number does.
 */
export async function indexIdentifiers(tx: Transaction, events: readonly ReceivedEvent[]): Promise<void> {
  const rows = new Map<string, string>()
  const erased = new Set<string>()
  for (const event of events) {
    if (event.type === personErased.type) erased.add(event.key)
    else if (event.type === affiliationOpened.type || event.type === identifierReplaced.type) {
      rows.set((event.data as { inszIndex: string }).inszIndex, event.key)
    }
  }
  if (rows.size > 0) {
    const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
    await tx.query(
      `insert into app.insz_index (insz_index, person_id) select * from unnest($1::text[], $2::uuid[])
       on conflict (insz_index) do update set person_id = excluded.person_id`,
      [sorted.map(([index]) => index), sorted.map(([, personId]) => personId)],
    )
  }
  if (erased.size > 0) await tx.query('delete from app.insz_index where person_id = any($1::uuid[])', [[...erased]])
}
