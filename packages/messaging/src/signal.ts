/** A wake-up that is not lost: raised while nobody waits, the next wait returns at once. */
export class Signal {
  #raised = false
  #release: (() => void) | null = null

  raise(): void {
    this.#raised = true
    this.#release?.()
  }

  /** Resolves at the next raise, or after `timeoutMs`. One waiter at a time. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        this.#release = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#release = null
    }
    this.#raised = false
  }
}
