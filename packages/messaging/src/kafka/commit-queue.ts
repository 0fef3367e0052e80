import type { OffsetsByTopicPartition } from 'kafkajs'

export interface Handled {
  readonly topic: string
  readonly partition: number
  /** The next offset to read. */
  readonly offset: string
}

type SendCommit = (offsets: OffsetsByTopicPartition) => Promise<void>

interface Waiting extends Handled {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const byTopic = (entries: readonly Handled[]): OffsetsByTopicPartition => {
  const topics = new Map<string, { partition: number; offset: string }[]>()
  for (const { topic, partition, offset } of entries) {
    const list = topics.get(topic) ?? []
    list.push({ partition, offset })
    topics.set(topic, list)
  }
  return { topics: [...topics].map(([topic, partitions]) => ({ topic, partitions })) }
}

/** One commit request for all partitions that were handled at the same moment, one request at a time. */
export class CommitQueue {
  #waiting: Waiting[] = []
  #busy = false

  /** Resolves when the offset is committed. `send` is the client's function, as the batch at hand received it. */
  commit(handled: Handled, send: SendCommit): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ ...handled, resolve, reject })
    if (!this.#busy) {
      this.#busy = true
      setImmediate(() => void this.#drain(send))
    }
    return promise
  }

  async #drain(send: SendCommit): Promise<void> {
    while (this.#waiting.length > 0) {
      const taken = this.#waiting
      this.#waiting = []
      try {
        await send(byTopic(taken))
        for (const waiting of taken) waiting.resolve()
      } catch (error) {
        for (const waiting of taken) waiting.reject(error)
      }
    }
    this.#busy = false
  }
}
