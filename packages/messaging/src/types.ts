import type { Database, Transaction } from '@ziv/postgres'

/** Kafka binding of CloudEvents, binary mode: attributes in `ce_` headers, JSON value. */
export interface OutgoingMessage {
  readonly topic: string
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly value: string
}

export interface IncomingMessage extends OutgoingMessage {
  readonly partition: number
  readonly offset: string
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

export interface SubscribeOptions {
  readonly groupId: string
  readonly topics: readonly string[]
  /** Called with messages of one partition, in order. Resolve = commit these offsets. Reject = deliver again. */
  readonly onBatch: (messages: readonly IncomingMessage[]) => Promise<void>
  /** At most this many messages per call. Default 500. */
  readonly batchSizeMax?: number
  /** Partitions handled at the same time. Default 2. */
  readonly concurrency?: number
}

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  readonly committed: string
  readonly end: string
  readonly lag: number
}

/** The five-method port. Two implementations: kafka and embedded, under one contract suite. */
export interface MessagingDriver {
  readonly kind: 'kafka' | 'embedded'
  ensureTopics(specs: readonly TopicSpec[]): Promise<void>
  producer(name: string): Promise<MessageProducer>
  subscribe(options: SubscribeOptions): Promise<Subscription>
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
   * Called with new events (duplicates dropped, gap-free per key) of one partition in order, inside one transaction
   * that also holds the per-key (epoch, sequence). When it throws, the runtime retries event by event and parks the
   * key of the one that fails for a reason that is not transient.
   */
  readonly handle: (tx: Transaction, events: readonly ReceivedEvent[]) => Promise<void>
  readonly batchSizeMax?: number
}

export interface RunningConsumer {
  readonly name: string
  stop(): Promise<void>
}

export interface RelayOptions {
  readonly service: string
  readonly database: Database
  readonly driver: MessagingDriver
  /** Rows per send. Default 1000. */
  readonly batchSize?: number
}

export interface RunningRelay {
  /** Rows not yet relayed. */
  pending(): Promise<number>
  stop(): Promise<void>
}
