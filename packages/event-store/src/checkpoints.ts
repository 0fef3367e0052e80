import type { Queryable } from '@ziv/postgres'
import { LeaseLost } from './errors.ts'
import { START } from './read.ts'
import type { TailPosition } from './types.ts'

/** The right to move one processor's checkpoint, until it runs out or another holder's higher term ends it. */
export interface Lease {
  readonly processor: string
  readonly holder: string
  /** Rises with every acquisition: a paused old holder can no longer write. */
  readonly term: number
  /** Where to read on. */
  readonly position: TailPosition
}

export interface LeaseRequest {
  readonly processor: string
  /** Unique per process run, for instance a UUID: a restarted process is a new holder. */
  readonly holder: string
  readonly leaseMs: number
}

interface LeaseRow {
  term: string
  epoch: number
  tx: string
  position: string
}

// the lease is a matter of machines, so it runs on the server's clock and not on the business clock
const ACQUIRE = `
  insert into es.checkpoints as c (processor, term, holder, lease_until)
  values ($1, 1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  on conflict (processor) do update
    set term = c.term + 1, holder = excluded.holder, lease_until = excluded.lease_until, updated_at = clock_timestamp()
    where c.lease_until < clock_timestamp() or c.holder = excluded.holder
  returning term, epoch, tx, position`

/** Takes the lease when it is free, has run out, or is already this holder's. Null: someone else holds it; try later. */
export async function acquireLease(q: Queryable, request: LeaseRequest): Promise<Lease | null> {
  const { processor, holder, leaseMs } = request
  const { rows } = await q.query<LeaseRow>({ name: 'es_acquire', text: ACQUIRE, values: [processor, holder, leaseMs] })
  const row = rows[0]
  if (row === undefined) return null
  return {
    processor,
    holder,
    term: Number(row.term),
    position: { epoch: row.epoch, tx: row.tx, position: row.position },
  }
}

/** Makes the lease last `leaseMs` from now. Throws `LeaseLost` when another holder has it. */
export async function renewLease(q: Queryable, lease: Lease, leaseMs: number): Promise<void> {
  const { rowCount } = await q.query({
    name: 'es_renew',
    text: `update es.checkpoints set lease_until = clock_timestamp() + $3 * interval '1 millisecond', updated_at = clock_timestamp()
      where processor = $1 and term = $2`,
    values: [lease.processor, lease.term, leaseMs],
  })
  if (rowCount !== 1) throw new LeaseLost(lease.processor, lease.term)
}

/**
 * Moves the checkpoint from the lease's position to `to`: compare-and-set on both the position and the term. Run it in
 * the transaction that holds what was done with the events. Returns the lease to go on with; throws `LeaseLost`.
 */
export async function saveCheckpoint(q: Queryable, lease: Lease, to: TailPosition, leaseMs?: number): Promise<Lease> {
  const { processor, term, position: from } = lease
  const { rowCount } = await q.query({
    name: 'es_save_checkpoint',
    text: `update es.checkpoints set epoch = $3, tx = $4::xid8, position = $5, updated_at = clock_timestamp(),
        lease_until = greatest(lease_until, clock_timestamp() + $9 * interval '1 millisecond')
      where processor = $1 and term = $2 and epoch = $6 and tx = $7::xid8 and position = $8`,
    values: [processor, term, to.epoch, to.tx, to.position, from.epoch, from.tx, from.position, leaseMs ?? 0],
  })
  if (rowCount !== 1) throw new LeaseLost(processor, term)
  return { ...lease, position: { epoch: to.epoch, tx: to.tx, position: to.position } }
}

/** Gives the lease back at a graceful stop, so that another process need not wait. A lost lease is left alone. */
export async function releaseLease(q: Queryable, lease: Lease): Promise<void> {
  await q.query("update es.checkpoints set lease_until = '-infinity' where processor = $1 and term = $2", [
    lease.processor,
    lease.term,
  ])
}

/** The checkpoint of a processor, the start when it never ran. */
export async function readCheckpoint(q: Queryable, processor: string): Promise<TailPosition> {
  const { rows } = await q.query<TailPosition>('select epoch, tx, position from es.checkpoints where processor = $1', [
    processor,
  ])
  return rows[0] ?? START
}
