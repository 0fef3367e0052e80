import { randomUUID } from 'node:crypto'
import {
  acquireLease,
  countOutbox,
  type Lease,
  type OutboxRow,
  releaseLease,
  renewLease,
  saveCheckpoint,
  tailOutbox,
} from '@ziv/event-store'
import type { Database } from '@ziv/postgres'

/** The one processor name of the relay in a service's database. */
export const relayProcessor = 'relay'

/** Where a relay reads, and where it remembers how far it came. */
export interface OutboxSource {
  /** The right to relay; null while somebody else has it. */
  acquire(): Promise<Lease | null>
  renew(lease: Lease): Promise<void>
  read(lease: Lease, limit: number): Promise<readonly OutboxRow[]>
  /** Moves the checkpoint to the last row sent; throws when the lease was lost. */
  save(lease: Lease, last: OutboxRow): Promise<Lease>
  release(lease: Lease): Promise<void>
  pending(): Promise<number>
}

/** The outbox of a service's own database. Every call is a single statement: no transaction stays open while we send. */
export function outboxSource(database: Database, leaseMs: number): OutboxSource {
  const holder = randomUUID()
  return {
    acquire: () => acquireLease(database, { processor: relayProcessor, holder, leaseMs }),
    renew: (lease) => renewLease(database, lease, leaseMs),
    read: (lease, limit) => tailOutbox(database, lease.position, limit),
    save: (lease, { epoch, tx, position }) => saveCheckpoint(database, lease, { epoch, tx, position }, leaseMs),
    release: (lease) => releaseLease(database, lease),
    pending: () => countOutbox(database, relayProcessor),
  }
}
