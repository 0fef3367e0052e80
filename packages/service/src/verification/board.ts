import type { RangeResult } from '../proofs/proof.ts'
import { keysOf, type Outcome, type ProofPlan, type Task, tasksOf } from './plan.ts'

/** How far a verification is. */
export interface Progress {
  readonly ranges: number
  readonly rangesDone: number
  /** Keys (streams, persons, returns) of this run and of those it goes on from. */
  readonly keys: number
  readonly keysDone: number
  /** Keys that this run proved, and in how many seconds. */
  readonly keysNow: number
  readonly seconds: number
  /** Threads at work, this one among them. */
  readonly threads: number
}

/** The ranges that are open, those that somebody works on, and what became of the others. */
export class Board {
  readonly #plans: readonly ProofPlan[]
  readonly #open: Task[]
  readonly #outcomes: (Outcome | undefined)[][]
  readonly #missing: number[]
  readonly #proved: readonly PromiseWithResolvers<void>[]
  #stopped: boolean
  #atWork = 0
  #changed = Promise.withResolvers<void>()
  readonly #keys: number
  #keysDone = 0
  #keysNow = 0
  #rangesDone = 0
  readonly #ranges: number
  readonly #began = performance.now()
  threads = 1

  constructor(plans: readonly ProofPlan[], known: ReadonlyMap<string, RangeResult>, signal?: AbortSignal) {
    this.#plans = plans
    this.#stopped = signal?.aborted ?? false
    const all = tasksOf(plans)
    this.#outcomes = plans.map(() => [])
    this.#missing = plans.map((_, at) => all.filter(({ proof }) => proof === at).length)
    this.#proved = plans.map(() => Promise.withResolvers<void>())
    this.#ranges = all.length
    this.#keys = all.reduce((sum, task) => sum + keysOf(plans, task), 0)
    this.#open = all.filter((task) => !known.has(Board.nameOf(task)))
    for (const task of all.filter((one) => known.has(Board.nameOf(one)))) {
      this.#note(task, { result: known.get(Board.nameOf(task)) })
    }
    for (const [at, missing] of this.#missing.entries()) if (missing === 0) this.#proved[at]!.resolve()
    signal?.addEventListener('abort', () => this.stop(), { once: true })
  }

  static nameOf({ proof, range }: Task): string {
    return `${proof}/${range}`
  }

  /** The next range, once there is one: a range that somebody gives back is given out again. Null: nothing is left to do. */
  async take(): Promise<Task | null> {
    for (;;) {
      if (this.#stopped) return null
      const task = this.#open.shift()
      if (task !== undefined) {
        this.#atWork += 1
        return task
      }
      if (this.#atWork === 0) return null
      await this.#changed.promise
    }
  }

  put(task: Task, outcome: Outcome): void {
    this.#atWork -= 1
    this.#keysNow += keysOf(this.#plans, task)
    this.#note(task, outcome)
    this.#wake()
  }

  /** Whoever had the range cannot prove it. */
  giveBack(task: Task): void {
    this.#atWork -= 1
    this.#open.unshift(task)
    this.#wake()
  }

  /** Gives out nothing more: whoever works ends after the range it has. */
  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  /** Resolves when every range of the proof has its outcome. */
  proved(proof: number): Promise<void> {
    return this.#proved[proof]!.promise
  }

  /** The results of a proof in order; what it fails by when one of its ranges did. Null: not all of them are there. */
  outcomeOf(proof: number): { readonly results: readonly RangeResult[] } | { readonly failed: string } | null {
    const { failed } = this.#plans[proof]!
    if (failed !== undefined) return { failed }
    if (this.#missing[proof] !== 0) return null
    const results: RangeResult[] = []
    for (const outcome of this.#outcomes[proof]!) {
      if ('failed' in outcome!) return outcome
      results.push(outcome!.result)
    }
    return { results }
  }

  get progress(): Progress {
    return {
      ...{ ranges: this.#ranges, rangesDone: this.#rangesDone, keys: this.#keys, keysDone: this.#keysDone },
      ...{ keysNow: this.#keysNow, seconds: (performance.now() - this.#began) / 1_000, threads: this.threads },
    }
  }

  #note(task: Task, outcome: Outcome): void {
    this.#outcomes[task.proof]![task.range] = outcome
    this.#missing[task.proof]! -= 1
    this.#rangesDone += 1
    this.#keysDone += keysOf(this.#plans, task)
    if (this.#missing[task.proof] === 0) this.#proved[task.proof]!.resolve()
  }

  #wake(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}

/** Proves what the board gives out, some ranges at a time, until nothing is left. */
export async function workOff(
  board: Board,
  atOnce: number,
  prove: (task: Task) => Promise<Outcome | null>,
): Promise<void> {
  const work = async (): Promise<void> => {
    for (let task = await board.take(); task !== null; task = await board.take()) {
      const outcome = await prove(task)
      // whoever cannot prove any more takes nothing more
      if (outcome === null) return board.giveBack(task)
      board.put(task, outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
