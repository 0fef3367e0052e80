import type { Queryable, Transaction } from '@ziv/postgres'
import { type FactPlace, isNewer } from '../facts.ts'

/** Which person a keyed hash of a number leads to, and the event that tells it. */
export interface Identifier extends FactPlace {
  readonly inszIndex: string
  readonly personId: string
}

/** Adds identifiers; the ones a person had stay valid. Of two persons with one number the one told last has it. */
export async function addIdentifiers(tx: Transaction, identifiers: readonly Identifier[]): Promise<void> {
  const newest = new Map<string, Identifier>()
  for (const item of identifiers) {
    const known = newest.get(item.inszIndex)
    if (known === undefined || isNewer(item, known)) newest.set(item.inszIndex, item)
  }
  if (newest.size === 0) return
  // one order for all transactions, so that two of them cannot deadlock
  const list = [...newest.values()].sort((a, b) => (a.inszIndex < b.inszIndex ? -1 : 1))
  await tx.query({
    name: 'members-add-identifiers',
    text: `insert into app_members.identifiers as known (insz_index, person_id, recorded_at, sequence, event_id)
           select * from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::bigint[], $5::uuid[])
           on conflict (insz_index) do update
             set person_id = excluded.person_id, recorded_at = excluded.recorded_at, sequence = excluded.sequence,
                 event_id = excluded.event_id
             where (known.recorded_at, known.sequence, known.event_id)
                 < (excluded.recorded_at, excluded.sequence, excluded.event_id)`,
    values: [
      list.map((item) => item.inszIndex),
      list.map((item) => item.personId),
      list.map((item) => item.recordedAt),
      list.map((item) => item.sequence),
      list.map((item) => item.id),
    ],
  })
}

/** The indexes that lead to some persons. */
export async function indexesOfPersons(
  q: Queryable,
  personIds: readonly string[],
): Promise<readonly { readonly inszIndex: string; readonly personId: string }[]> {
  const { rows } = await q.query<{ inszIndex: string; personId: string }>({
    name: 'members-indexes',
    text: `select insz_index as "inszIndex", person_id as "personId" from app_members.identifiers
            where person_id = any ($1::uuid[])`,
    values: [personIds],
  })
  return rows
}

/** After an erasure no number leads to the person any more; answers with the indexes that did. */
export async function dropIdentifiers(tx: Transaction, personIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ insz_index: string }>(
    'delete from app_members.identifiers where person_id = any ($1::uuid[]) returning insz_index',
    [personIds],
  )
  return rows.map((row) => row.insz_index)
}
