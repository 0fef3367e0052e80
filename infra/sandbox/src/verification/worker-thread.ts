import { Worker } from 'node:worker_threads'
import type { OpenedData } from '../sandbox.ts'
import { Board, workOff } from './board.ts'
import type { Answer, Order } from './orders.ts'
import { type Outcome, type ProofPlan, rangeOf, type Task } from './plan.ts'

/** A thread of its own that takes ranges from the board. */
export interface WorkerThread {
  /** Resolves when it takes nothing any more: nothing was left, or it died and gave its ranges back. */
  readonly worked: Promise<void>
  end(): Promise<void>
}

interface Given {
  readonly board: Board
  readonly plans: readonly ProofPlan[]
  readonly opened: OpenedData
  readonly atOnce: number
  /** Keeps the outcome of a range before it counts. */
  readonly keep: (task: Task, outcome: Outcome) => Promise<void>
  /** For specs: another program in the place of the worker's own. */
  readonly program?: URL | undefined
}

/** Starts a thread beside this one. It is given nothing until it has opened the data. */
export function startWorker({ board, plans, opened, atOnce, keep, program }: Given): WorkerThread {
  const worker = new Worker(program ?? new URL('./worker.ts', import.meta.url), { workerData: opened })
  const waiting = new Map<string, (outcome: Outcome | null) => void>()
  const ended = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<boolean>()
  const send = (order: Order): void => worker.postMessage(order)
  worker.on('message', (answer: Answer) => {
    if (answer.what === 'opened') return ready.resolve(true)
    waiting.get(Board.nameOf(answer.task))?.(answer.outcome)
  })
  // its end is told by its exit: whatever it had is proved by somebody else
  worker.on('error', () => undefined)
  worker.on('exit', () => {
    ready.resolve(false)
    for (const answer of waiting.values()) answer(null)
    ended.resolve()
  })
  const prove = async (task: Task): Promise<Outcome | null> => {
    const { promise, resolve } = Promise.withResolvers<Outcome | null>()
    waiting.set(Board.nameOf(task), resolve)
    send({ what: 'prove', task, range: rangeOf(plans, task) })
    const outcome = await promise
    waiting.delete(Board.nameOf(task))
    if (outcome !== null) await keep(task, outcome)
    return outcome
  }
  const work = async (): Promise<void> => {
    if (!(await ready.promise)) return
    board.threads += 1
    await workOff(board, atOnce, prove)
  }
  let over = false
  void ended.promise.then(() => {
    over = true
  })
  return {
    worked: work(),
    end: async () => {
      if (!over) send({ what: 'end' })
      await ended.promise
    },
  }
}
