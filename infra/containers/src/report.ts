/** Something that is needed to try a part is not on this machine. */
export class CannotTry extends Error {
  readonly code = 'CANNOT_TRY'
}

type Outcome = 'passed' | 'failed' | 'missing' | 'skipped'

/** Tries part after part, tells how each ended in one line, and counts. */
export class Report {
  readonly #outcomes = new Map<string, Outcome>()
  readonly #tell: (line: string) => void
  #cut = false

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /**
   * Tries one part, unless a part that it stands on did not pass. `attempt` answers in words what was seen; it throws
   * `CannotTry` when this machine lacks something, and anything else when the part does not do what it should.
   */
  async part(name: string, needs: readonly string[], attempt: () => Promise<string>): Promise<void> {
    if (this.#cut) return
    const lacking = needs.filter((need) => this.#outcomes.get(need) !== 'passed')
    if (lacking.length > 0) {
      this.#note(name, 'skipped', `skipped, because ${lacking.join(' and ')} did not pass`)
      return
    }
    const startedMs = performance.now()
    try {
      const seen = await attempt()
      const took = ((performance.now() - startedMs) / 1_000).toFixed(1)
      this.#note(name, 'passed', `passed in ${took} s: ${seen}`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      if (error instanceof CannotTry) this.#note(name, 'missing', `could not be tried, because ${why}`)
      else this.#note(name, 'failed', `failed: ${why}`)
    }
  }

  /** From here on no part begins, and how the one that runs ends says nothing any more. */
  cutShort(): void {
    this.#cut = true
  }

  #note(name: string, outcome: Outcome, text: string): void {
    if (this.#cut) return
    this.#outcomes.set(name, outcome)
    this.#tell(`${name}: ${text}`)
  }

  #count(outcome: Outcome): number {
    return [...this.#outcomes.values()].filter((one) => one === outcome).length
  }

  /** `9 parts: 9 passed, 0 failed, 0 could not be tried, 0 skipped`. */
  get summary(): string {
    const counts = `${this.#count('passed')} passed, ${this.#count('failed')} failed`
    return `${this.#outcomes.size} parts: ${counts}, ${this.#count('missing')} could not be tried, ${this.#count('skipped')} skipped`
  }

  /** Whether the command may end with 0: nothing failed, and nothing was missing unless that is allowed. */
  isFine(allowMissing: boolean): boolean {
    return this.#count('failed') === 0 && (allowMissing || this.#count('missing') === 0)
  }
}
