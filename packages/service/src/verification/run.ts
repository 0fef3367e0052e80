import type { KeyObject } from 'node:crypto'
import type { IsoDate } from '@ziv/kernel'
import { concluded, type RangedProof, stoppedProof } from '../proofs/proof.ts'
import type { Finding } from '../types.ts'
import { Board, type Progress, workOff } from './board.ts'
import { type Begun, Journal, readEarlier, refusal } from './journal.ts'
import {
  fingerprintOf,
  type Outcome,
  outcomeOf,
  type ProofPlan,
  planAll,
  rangeOf,
  reasonOf,
  type Task,
} from './plan.ts'

/** Where results of finished ranges stand, in no database, and whether to go on from those of a run that did not end. */
export interface KeptResults {
  readonly file: string
  /** That of the notes: whoever may change every row cannot make a range proved. */
  readonly key: KeyObject
  readonly anew: boolean
}

/** What somebody who works beside this thread is given. */
export interface SharedWork {
  readonly board: Board
  readonly plans: readonly ProofPlan[]
  readonly atOnce: number
  /** Keeps the outcome of a range before it counts. */
  readonly keep: (task: Task, outcome: Outcome) => Promise<void>
}

/** Somebody who takes ranges from the board. */
export interface Worker {
  /** Resolves when it takes nothing any more: nothing was left, or it died and gave its ranges back. */
  readonly worked: Promise<void>
  end(): Promise<void>
}

/** What is told while a verification goes on, and how it is broken off. */
export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (progress: Progress) => void
  /** In words: whether it goes on from an earlier run, or why not. */
  readonly onBegin?: (words: string) => void
}

/** How a verification is made. */
interface RangesOptions extends RunOptions {
  readonly businessDate: IsoDate
  /** Absent: nothing is kept, and nothing goes on. */
  readonly kept?: KeptResults | undefined
  /** Starts whoever works beside this thread. Default nobody. */
  readonly beside?: (work: SharedWork) => readonly Worker[]
}

/** Name of the file where the results of finished ranges stand. */
export const RESULTS_FILE = 'verification.jsonl'
/** While one range waits for PostgreSQL, another one is folded. */
const AT_ONCE = 2

interface Begin {
  readonly begun: Begun
  readonly results: ReadonlyMap<string, unknown>
  readonly journal: Journal | null
  readonly words: string
}

/** Plans the ranges, or takes the plan and the results of a run that was broken off. */
async function begin(proofs: readonly RangedProof[], { businessDate, kept }: RangesOptions): Promise<Begin> {
  const about = { begunAt: new Date().toISOString(), businessDate, fingerprint: fingerprintOf(proofs) }
  const none = new Map<string, unknown>()
  if (kept === undefined) {
    return { begun: { ...about, plans: await planAll(proofs) }, results: none, journal: null, words: '' }
  }
  const { file, key, anew } = kept
  const earlier = anew ? null : await readEarlier(file, key)
  const why = earlier === null ? null : refusal({ ...earlier.begun, ended: earlier.ended }, about)
  if (earlier !== null && why === null) {
    const { begun, results, problem } = earlier
    const words = `goes on from the run of ${begun.begunAt}: ${results.size} ranges are proved`
    const journal = await Journal.goOn(file, key, earlier)
    return { begun, results, journal, words: problem === null ? words : `${problem}; ${words}` }
  }
  const begun = { ...about, plans: await planAll(proofs) }
  const words = why === null ? 'begins' : `begins anew: ${why}`
  return { begun, results: none, journal: await Journal.begin(file, key, begun), words }
}

/**
 * Makes proofs range by range, on this thread and by whoever works beside it. Findings come in the order of the proofs and say the
 * same whoever proved the ranges, in whatever order and in how many runs. After `signal` it ends at the next range.
 */
export async function* proveInRanges(proofs: readonly RangedProof[], options: RangesOptions): AsyncGenerator<Finding> {
  const { signal, onProgress, onBegin, beside } = options
  const { begun, results, journal, words } = await begin(proofs, options)
  if (words !== '') onBegin?.(words)
  const { plans } = begun
  const board = new Board(plans, results, signal)
  const keepOne = async (task: Task, outcome: Outcome): Promise<void> => {
    // what could not be proved is tried again by the next run
    if ('result' in outcome) await journal?.done(Board.nameOf(task), outcome.result)
    onProgress?.(board.progress)
  }
  const workers = beside?.({ board, plans, atOnce: AT_ONCE, keep: keepOne }) ?? []
  const here = workOff(board, AT_ONCE, async (task) => {
    const outcome = await outcomeOf(proofs[task.proof]!, rangeOf(plans, task))
    await keepOne(task, outcome)
    return outcome
  })
  const worked = Promise.all([here, ...workers.map(({ worked: done }) => done)])
  try {
    for (const [at, proof] of proofs.entries()) {
      await Promise.race([board.proved(at), worked])
      const outcome = board.outcomeOf(at)
      if (outcome === null) return
      if ('failed' in outcome) yield stoppedProof(proof.name, outcome.failed)
      else
        yield* await concluded(proof, outcome.results).catch((error: unknown) => [
          stoppedProof(proof.name, reasonOf(error)),
        ])
    }
    await worked
    onProgress?.(board.progress)
    await journal?.ended(new Date().toISOString())
  } finally {
    // a loop that is left early leaves the ranges to the next run
    board.stop()
    await worked.catch(() => undefined)
    await Promise.all(workers.map((worker) => worker.end()))
    await journal?.close()
  }
}
