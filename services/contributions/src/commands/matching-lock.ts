import type { Member } from '@ziv/members'
import { changedMembers } from '@ziv/members/store'
import { Conflict, type Transaction } from '@ziv/postgres'

/** Locks persons out who would appear: from here on, an index that is not found stays unknown until we commit. */
export async function lockOutPersons(tx: Transaction): Promise<void> {
  // a chunk of a file holds the lock until it is committed: work behind it waits longer than a request would
  await tx.query(`set local lock_timeout = '60s'; lock table app.matching_lock in row exclusive mode`)
}

/** Locks contributions out that would wait: none comes to wait unseen while persons appear in our transaction. */
export async function lockOutSlips(tx: Transaction): Promise<void> {
  // a chunk of a file holds the lock until it is committed: work behind it waits longer than a request would
  await tx.query(`set local lock_timeout = '60s'; lock table app.matching_lock in share mode`)
}

/**
 * The last thing that whoever decided years does before the commit. News of a person may have come meanwhile whose consumer did
 * not see what is written here: neither would decide the year with both. Under the lock nobody's news can pass any more, so
 * either they are seen here, and the transaction is run again, or the consumer waits for us and sees what we wrote.
 */
export async function refuseStale(tx: Transaction, persons: readonly Member[]): Promise<void> {
  await lockOutPersons(tx)
  const [changed] = await changedMembers(tx, persons)
  if (changed !== undefined) throw new Conflict(`news of person ${changed} came while years were decided`)
}
