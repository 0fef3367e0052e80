import type { Logger } from 'pino'

/** Work that goes on after its request was answered: started once per id, awaited at stop. */
export class Background {
  readonly #running = new Map<string, Promise<void>>()
  readonly #logger: Logger
  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Starts the work unless work with this id is running. A failure is logged; the work is taken up again at the next start. */
  run(id: string, work: () => Promise<unknown>): void {
    if (this.#running.has(id)) return
    const promise = work()
      .then(() => undefined)
      .catch((error: unknown) => {
        this.#logger.error({ err: error, work: id }, 'background work stopped; it goes on at the next start')
      })
      .finally(() => this.#running.delete(id))
    this.#running.set(id, promise)
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }
}
