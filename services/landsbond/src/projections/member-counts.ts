import type { IsoDate } from '@ziv/kernel'
import type { Database, Queryable, Transaction } from '@ziv/postgres'
import type { CountChange } from '../domain/count-changes.ts'

/**
 * Holds the partitions of a batch until it commits. A person has the same partition number in all topics; on a broker that
 * gives the partitions of two topics to two processes this is what keeps one person in one place at a time.
 */
export async function lockPartitions(tx: Transaction, partitions: Iterable<number>): Promise<void> {
  await tx.query({
    name: 'landsbond_lock_partitions',
    text: 'select pg_advisory_xact_lock(71231, p) from unnest($1::int[]) as p',
    values: [[...new Set(partitions)].sort((a, b) => a - b)],
  })
}

/**
 * The day the counts are about, held until the transaction ends; moved to `today` first when `move` says so. Batches share
 * the lock, who moves the day is alone. The day is read by a statement of its own: it must not be older than the lock.
 */
export async function holdBusinessDay(tx: Transaction, today: IsoDate, move: boolean): Promise<IsoDate> {
  await tx.query(`select pg_advisory_xact_lock${move ? '' : '_shared'}(71230, 0)`)
  const day = await businessDay(tx)
  if (!move || day >= today) return day
  await tx.query('update app.business_day set day = $1', [today])
  await tx.query(
    `with due as (delete from app.member_changes_to_come where day <= $1 returning *)
     insert into app.member_counts as c (insurer, ziekenfonds, capacity, partition, members, insured)
     select insurer, ziekenfonds, capacity, partition, sum(members), sum(insured) from due group by 1, 2, 3, 4
     on conflict (insurer, ziekenfonds, capacity, partition) do update
       set members = c.members + excluded.members, insured = c.insured + excluded.insured,
           changed_tx = excluded.changed_tx`,
    [today],
  )
  return today
}

export async function businessDay(q: Queryable): Promise<IsoDate> {
  const { rows } = await q.query<{ day: IsoDate }>('select day from app.business_day')
  return rows[0]!.day
}

/** Brings the counts to today. Cheap when they are there already. */
export async function moveBusinessDay(database: Database, today: IsoDate): Promise<void> {
  if ((await businessDay(database)) >= today) return
  await database.transaction((tx) => holdBusinessDay(tx, today, true))
}

/** Adds changes up to the business day to the counts, keeps the later ones for their day. */
export async function applyChanges(tx: Transaction, changes: readonly CountChange[], day: IsoDate): Promise<void> {
  if (changes.length === 0) return
  await tx.query({
    name: 'landsbond_apply_changes',
    text: `with change as (
             select * from unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[])
               as v(day, insurer, ziekenfonds, capacity, partition, members, insured)
           ), later as (
             insert into app.member_changes_to_come as t (day, insurer, ziekenfonds, capacity, partition, members, insured)
             select * from change where day > $8
             on conflict (day, insurer, ziekenfonds, capacity, partition) do update
               set members = t.members + excluded.members, insured = t.insured + excluded.insured
           )
           insert into app.member_counts as c (insurer, ziekenfonds, capacity, partition, members, insured)
           select insurer, ziekenfonds, capacity, partition, sum(members), sum(insured) from change where day <= $8
           group by 1, 2, 3, 4
           on conflict (insurer, ziekenfonds, capacity, partition) do update
             set members = c.members + excluded.members, insured = c.insured + excluded.insured,
                 changed_tx = excluded.changed_tx`,
    values: [
      changes.map((change) => change.day),
      changes.map((change) => change.insurer),
      changes.map((change) => change.ziekenfonds),
      changes.map((change) => change.capacity),
      changes.map((change) => change.partition),
      changes.map((change) => change.members),
      changes.map((change) => change.insured),
      day,
    ],
  })
}
