import type { IncomingMessage } from './types.ts'

interface Waiting {
  readonly messages: readonly IncomingMessage[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Joins what several partitions deliver at the same moment into one call, one call at a time. */
export class LaneQueue {
  readonly #handle: (messages: readonly IncomingMessage[]) => Promise<void>
  readonly #sizeMax: number
  readonly #waiting: Waiting[] = []
  #busy = false

  constructor(handle: (messages: readonly IncomingMessage[]) => Promise<void>, sizeMax: number) {
    this.#handle = handle
    this.#sizeMax = sizeMax
  }

  /** Resolves when these messages were handled, alone or together with others. */
  push(messages: readonly IncomingMessage[]): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiting.push({ messages, resolve, reject })
    if (!this.#busy) {
      this.#busy = true
      // the other partitions of the same fetch arrive in this turn of the event loop: take them along
      setImmediate(() => void this.#drain())
    }
    return promise
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const taken = this.#take()
      try {
        await this.#handle(taken.flatMap((waiting) => waiting.messages))
        for (const waiting of taken) waiting.resolve()
      } catch (error) {
        for (const waiting of taken) waiting.reject(error)
      }
    }
    this.#busy = false
  }

  #take(): Waiting[] {
    let size = 0
    let count = 0
    for (const { messages } of this.#waiting) {
      if (count > 0 && size + messages.length > this.#sizeMax) break
      size += messages.length
      count += 1
    }
    return this.#waiting.splice(0, count)
  }
}
