import type { Queryable } from '@ziv/postgres'

/** Whether rows were removed from an outbox, or of the rows that a condition chooses: more numbers were given than there are rows. */
const prunedSql = (where = ''): string =>
  `(select coalesce(sum(sequence), 0) from es.topic_keys ${where}) > (select count(*) from es.outbox ${where})`

/** The same of the whole outbox, as a condition of a query. */
export const PRUNED_SQL = prunedSql()

/** Whether upkeep removed rows of an outbox, of one topic when one is given: their numbers were given, and they are gone. */
export async function wasPruned(q: Queryable, topic?: string): Promise<boolean> {
  const pruned = topic === undefined ? PRUNED_SQL : prunedSql('where topic = $1')
  const { rows } = await q.query<{ pruned: boolean }>(`select ${pruned} as pruned`, topic === undefined ? [] : [topic])
  return rows[0]!.pruned
}
