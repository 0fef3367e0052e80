import type { Database, Transaction } from '@ziv/postgres'
import type { MessagingLogger } from './logger.ts'

/** Kafka binding of CloudEvents, binary mode: attributes in `ce_` headers, JSON value. */
export interface OutgoingMessage {
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

/** A message as a reader gets it, with its place in the log. */
export interface IncomingMessage extends OutgoingMessage {
  readonly partition: number
  readonly offset: string
  /** The value as it came, only when it is not UTF-8; then `value` is empty. */
  readonly bytes?: Uint8Array
}

export interface TopicSpec {
  readonly name: string
  /** A power of two; a contract: it cannot grow without reordering keys. */
  readonly partitions: number
  readonly retentionDays?: number
}

export interface MessageProducer {
  /** Resolves when every message is durable (acks all). Keeps the order of the array per key. */
  send(messages: readonly OutgoingMessage[]): Promise<void>
  close(): Promise<void>
}

export interface Subscription {
  /** Stops fetching, lets open handlers finish, commits, leaves the group. */
  stop(): Promise<void>
}

/** Takes in messages of one or more partitions, each in order. */
export type OnBatch = (messages: readonly IncomingMessage[]) => Promise<void>

export interface SubscribeOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /**
   * Called with messages of one partition, in order (of several partitions, each in order, with `mergePartitions`).
   * Resolve = commit these offsets. Reject = deliver again.
   */
  readonly onBatch: OnBatch
  /** At most this many messages per call. Default 500. */
  readonly batchSizeMax?: number
  /** Partitions handled at the same time. Default 2. */
  readonly concurrency?: number
  /**
   * True: one call may hold messages of several partitions. With many topics and few messages in each it saves most of
   * the transactions. Partitions with the same number always share a lane, so one key never runs twice at a time.
   */
  readonly mergePartitions?: boolean
}

/** How far a group is behind in one partition, in messages. */
export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  /** The first message that the partition still holds. */
  readonly start: string
  readonly committed: string
  readonly end: string
  readonly lag: number
}

/** The offset at which a group goes on in one partition. */
export interface GroupPlace {
  readonly topic: string
  readonly partition: number
  readonly offset: string
}

/** The port. Two implementations: kafka and embedded, under one contract suite. */
export interface MessagingDriver {
  readonly kind: 'kafka' | 'embedded'
  ensureTopics(specs: readonly TopicSpec[]): Promise<void>
  producer(name: string): Promise<MessageProducer>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  /**
   * Reads what a topic holds now, from its first message to its last, and is done. `group` names who reads, for the access list;
   * nothing is committed and nobody else's reading is touched. What `onBatch` throws ends the reading.
   */
  read(from: { readonly topic: string; readonly group: string }, onBatch: OnBatch): Promise<void>
  /**
   * Sets committed offsets of a group back to these, which are lower; its next member begins there. Throws `GroupInUse` while the
   * group has members: they would commit over it.
   */
  setBack(groupId: string, places: readonly GroupPlace[]): Promise<void>
  /** Committed offset against the end, per partition of the group's topics. */
  lag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  close(): Promise<void>
}

/** One integration event as a handler sees it: attributes checked, data parsed with the contract's schema. */
export interface ReceivedEvent<T = unknown> {
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly key: string
  readonly id: string
  readonly type: string
  readonly epoch: number
  readonly sequence: number
  /** The moment the owner of the fact recorded it (ce_time): what `knownAt` compares with. */
  readonly recordedAt: string
  readonly actor: string
  readonly correlationId: string
  readonly causationId?: string
  readonly insurer?: string
  readonly ziekenfonds?: string
  readonly data: T
}

export interface ConsumerDefinition {
  /** Unique per service, also the group id: `rights.facts`. */
  readonly name: string
  readonly topics: readonly string[]
  /**
   * Called with new events (duplicates dropped, gap-free and in order per topic and key; of one or more partitions)
   * inside one transaction that also holds the per-key (epoch, sequence). When it throws, the runtime retries event by event and parks the
   * key of the one that fails for a reason that is not transient.
   */
  readonly handle: (tx: Transaction, events: readonly ReceivedEvent[]) => Promise<void>
  /** Default 500. */
  readonly batchSizeMax?: number
  /** Lanes of partitions handled at the same time. Default 2. */
  readonly concurrency?: number
  /**
   * Topics whose old messages are deleted: the first event seen of a key may have any sequence. Default: it must be 1,
   * anything else is a gap.
   */
  readonly joinMidway?: boolean
}

/** Totals since the start of the process, for metrics. */
export interface ConsumerCounters {
  readonly handled: number
  readonly duplicates: number
  readonly unknownTypes: number
  readonly parked: number
  readonly gaps: number
  readonly retries: number
}

/** A key stands still: somebody must look. */
export interface ConsumerAlarm {
  readonly consumer: string
  readonly topic: string
  readonly key: string
  readonly epoch: number
  readonly sequence: number
  readonly reason: 'gap' | 'epoch' | 'schema' | 'handler' | 'envelope'
  readonly detail: string
}

export interface UnparkResult {
  readonly replayed: number
  readonly remaining: number
  /** Why it stopped again; absent when the key runs. */
  readonly problem?: string
}

export interface RunningConsumer {
  readonly name: string
  readonly topics: readonly string[]
  counters(): ConsumerCounters
  /** What the consumer's database took in against the end, per partition. */
  lag(): Promise<readonly PartitionLag[]>
  /** Replays the parked messages of a key through the handler, recorded with the operator's name. */
  unpark(request: UnparkRequest): Promise<UnparkResult>
  stop(): Promise<void>
}

export interface UnparkRequest {
  readonly topic: string
  readonly key: string
  /** The person who decides it. */
  readonly operator: string
  /** Go on although messages are missing: only when their content arrived by another way. */
  readonly acceptGap?: boolean
}

export interface RelayOptions {
  readonly service: string
  readonly database: Database
  readonly driver: MessagingDriver
  readonly logger?: MessagingLogger
  /** Rows per send. Default 1000. */
  readonly batchSize?: number
  /** A leader that is silent for so long is replaced. Default 10 000 ms. */
  readonly leaseMs?: number
  /** How often an idle relay looks for what other processes wrote: commits of its own process wake it. Default 250 ms. */
  readonly pollIdleMs?: number
}

export interface RunningRelay {
  readonly service: string
  /** Rows not yet relayed, also those that the horizon still hides. */
  pending(): Promise<number>
  /** Looks at once, for rows of another process. Never inside a transaction. */
  wake(): void
  stop(): Promise<void>
}
