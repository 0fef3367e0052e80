import { type EventMetadata, type JsonObject, recordOnce } from '@ziv/event-store'
import type { Instant } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { type Basis, type BasisPlace, basisOf, basisStream, basisTree, part } from '../domain/basis.ts'
import type { RightDecision } from '../domain/decision.ts'

/** What the bases are stored with. */
interface Recording extends Pick<Context, 'store'> {
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

/**
 * Keeps what thousands of decisions share once, as the only event of a stream of its own, so that the event of a decision
 * holds its own values and the name of its basis. A decision whose basis is not stored yet is kept whole: nobody waits.
 */
export interface Bases {
  /** A decision as its event holds it. */
  stored(decision: RightDecision): JsonObject
  /** Stores the bases met since the last time, in transactions of their own. */
  record(database: Database, recording: Recording): Promise<void>
}

/** A basis that is met once in a chunk of a thousand would be stored for itself alone: no more than these are kept. */
const BASES_MAX = 5_000

/** Remembers which bases are stored, for one database. */
export function createBases(): Bases {
  const tree = basisTree()
  const ids = new Map<BasisPlace, string>()
  const met = new Map<BasisPlace, Basis>()

  return {
    stored(decision) {
      const { place, values } = part(decision, tree)
      const basis = ids.get(place)
      if (basis !== undefined) return { basis, values }
      if (!met.has(place) && ids.size + met.size < BASES_MAX) met.set(place, basisOf(decision))
      return { ...decision } as unknown as JsonObject
    },
    async record(database, { store, recordedAt, metadata }) {
      for (const [place, { id, shared }] of [...met]) {
        const event = { type: 'BasisStated', version: 1, data: { shared } }
        await recordOnce(database, store, () => recordedAt, { streamId: basisStream(id), event, metadata })
        ids.set(place, id)
        met.delete(place)
      }
    },
  }
}
