import type { Instant, IsoDate } from '@ziv/kernel'
import type { Queryable, Transaction } from '@ziv/postgres'

/** What a chunk did, by name: added up over the run (`{ examined: 500, granted: 480 }`). */
export type Counts = Readonly<Record<string, number>>

/** Who asked for a run. */
export interface RunOrigin {
  readonly actor: string
  readonly correlationId: string
}

/** A run as it stands. `P`: what it was asked to do, a JSON object. */
export interface Run<P = unknown> extends RunOrigin {
  readonly runId: string
  readonly kind: string
  readonly params: P
  /** The states of the guide's task resource. */
  readonly state: 'processing' | 'failed' | 'done'
  readonly phase: number
  /** Keys in all phases planned so far; null when they were not counted. */
  readonly total: number | null
  /** Keys worked through, failed ones included. */
  readonly done: number
  /** Keys whose work failed when tried alone; see `Runs.failures`. */
  readonly failed: number
  readonly counts: Counts
  /** Business date of the start: a run decides as of it, also when it is taken up again later. */
  readonly businessDate: IsoDate
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
  /** Why a run failed as a whole. */
  readonly problem: string | null
}

/** A range of keys in order: after one, up to one (null: to the end), at most so many. */
export interface RunRange {
  readonly after: string | null
  readonly through: string | null
  readonly limit: number
}

/** What was read of a range: the items in key order and the last key, which may lie behind the last item. */
export interface Read<I> {
  readonly items: readonly I[]
  readonly last: string
}

/** How a phase is divided: the keys that end its parts, in order (the last part is open), and how many keys there are. */
export interface Plan {
  readonly bounds: readonly string[]
  readonly total: number | null
}

/**
 * `together`: chunks before and behind are on their way. `alone`: nothing else of this part is, after a conflict or a
 * failure; a kind may then decide in its careful way.
 */
export type ChunkMode = 'together' | 'alone'

/**
 * Waits until the chunk before is committed: for whoever takes a lock in the middle of a chunk that the one before may need.
 * Throws when that takes too long, and the chunk is rolled back and done again.
 */
export type Turn = () => Promise<void>

/** One kind of long work. Everything it writes, it writes in the transaction it is given, which also moves the cursor. */
export interface RunKind<P, I, R extends Read<I> = Read<I>> {
  /** Lower case name, for instance `renewal`. */
  readonly kind: string
  /** The text that tells two runs of this kind apart. Same key: same run while it is at work; with `once`, for ever. */
  readonly keyOf: (params: P, businessDate: IsoDate) => string
  readonly once?: boolean
  /** Address of what a run came to, by its id; absent: there is nothing to read beside the run. */
  readonly resultOf?: (runId: string) => string
  /** The run works on a file, which is the task that people follow. */
  readonly ofFile?: true
  /** Phases follow one another: the second begins when every part of the first is done. Default 1. */
  readonly phases?: number
  /** Keys per transaction. */
  readonly chunkSize: number
  /** Chunks on their way at a time in one process. Default 3: one is decided while PostgreSQL stores the others. */
  readonly inFlight?: number
  /** Divides a phase for the replicas; absent: one part. `keysOfParts` makes it from a query. */
  readonly plan?: (q: Queryable, run: Run<P>, phase: number) => Promise<Plan>
  /** Reads the next items, locking what `store` will change; null when the range holds none. */
  readonly read: (tx: Transaction, range: RunRange, run: Run<P>) => Promise<R | null>
  /** Decides and stores. A throw rolls the chunk back; it is tried alone, then in halves down to the item that fails. */
  readonly store: (tx: Transaction, read: R, run: Run<P>, mode: ChunkMode, turn: Turn) => Promise<Counts>
  /** What a key counts for that was given up, in the transaction that writes it down. */
  readonly givenUp?: (tx: Transaction, read: R, run: Run<P>) => Promise<Counts>
  /** No key is ever given up: what it throws ends the run as failed, and asked for again, with `once`, it goes on there. */
  readonly whole?: boolean
  /** The key of an item, as the cursor compares it; names the item that failed. */
  readonly itemKey: (item: I) => string
  /** Before the first chunk that this process works on, outside any transaction. What it throws ends the run as failed, like the work itself. */
  readonly prepare?: (run: Run<P>) => Promise<void>
  /** After every commit of this process, outside any transaction. */
  readonly afterCommit?: (run: Run<P>) => Promise<void>
  /** After the last phase, in the transaction that ends the run. */
  readonly finish?: (tx: Transaction, run: Run<P>) => Promise<void>
  /** After that transaction, outside any: removes what only the work needed. Lost when the process dies between the two. */
  readonly ended?: (run: Run<P>) => Promise<void>
}

/** One key that could not be worked on. The detail names no person. */
export interface RunFailure {
  readonly key: string
  readonly phase: number
  readonly code: string
  readonly detail: string
}
