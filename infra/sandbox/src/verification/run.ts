import { join } from 'node:path'
import { anchorKey, type Finding, type RangedProof, stoppedProof } from '@ziv/service'
import type { Sandbox } from '../sandbox.ts'
import { anchorKeyFile } from '../watch-logs.ts'
import { Board, type Progress, workOff } from './board.ts'
import { type Begun, Journal, readEarlier, refusal } from './journal.ts'
import { fingerprintOf, type Outcome, outcomeOf, planAll, rangeOf, type Task } from './plan.ts'
import { startWorker } from './worker-thread.ts'

/** How a verification is made. */
export interface VerifyOptions {
  /** Threads in all, this one among them. Default 1. */
  readonly threads?: number
  /** Keeps the results of finished ranges in the data folder, and goes on from those of a run that did not end; `anew`: it does not. */
  readonly keep?: 'resume' | 'anew'
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (progress: Progress) => void
  /** In words: whether it goes on from an earlier run, or why not. */
  readonly onBegin?: (words: string) => void
  /** For specs: what runs in the other threads. */
  readonly workerProgram?: URL
}

/** Where the results of finished ranges stand. */
const fileName = 'verification.jsonl'
/** While one range waits for PostgreSQL, another one is folded. */
const AT_ONCE = 2

interface Kept {
  readonly begun: Begun
  readonly results: ReadonlyMap<string, unknown>
  readonly journal: Journal | null
  readonly words: string
}

/** Plans the ranges, or takes the plan and the results of a run that was broken off. */
async function begin(sandbox: Sandbox, proofs: readonly RangedProof[], keep: VerifyOptions['keep']): Promise<Kept> {
  const about = {
    begunAt: new Date().toISOString(),
    businessDate: sandbox.clock.today(),
    fingerprint: fingerprintOf(proofs),
  }
  const none = new Map<string, unknown>()
  if (keep === undefined) {
    return { begun: { ...about, plans: await planAll(proofs) }, results: none, journal: null, words: '' }
  }
  const file = join(sandbox.dataDir, fileName)
  const key = await anchorKey(anchorKeyFile(sandbox.dataDir))
  const earlier = keep === 'anew' ? null : await readEarlier(file, key)
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
 * Makes proofs range by range, on this thread and on as many more as are asked for. Findings come in the order of the proofs and
 * say the same whoever proved the ranges, in whatever order and in how many runs.
 */
export async function* verifyInRanges(
  sandbox: Sandbox,
  proofs: readonly RangedProof[],
  options: VerifyOptions,
): AsyncGenerator<Finding> {
  const { threads = 1, keep, signal, onProgress, onBegin } = options
  const { begun, results, journal, words } = await begin(sandbox, proofs, keep)
  if (words !== '') onBegin?.(words)
  const { plans } = begun
  const board = new Board(plans, results, signal)
  const keepOne = async (task: Task, outcome: Outcome): Promise<void> => {
    // what could not be proved is tried again by the next run
    if ('result' in outcome) await journal?.done(Board.nameOf(task), outcome.result)
    onProgress?.(board.progress)
  }
  const given = { board, plans, opened: sandbox.opened, atOnce: AT_ONCE, keep: keepOne, program: options.workerProgram }
  const workers = Array.from({ length: threads - 1 }, () => startWorker(given))
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
      else yield* proof.conclude(outcome.results)
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
