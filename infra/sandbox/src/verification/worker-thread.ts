import { Worker as Thread } from 'node:worker_threads'
import { Board, type Outcome, rangeOf, type SharedWork, type Task, type Worker, workOff } from '@ziv/service'
import type { OpenedData } from '../sandbox.ts'
import type { Answer, Order } from './orders.ts'

interface Given extends SharedWork {
  readonly opened: OpenedData
  /** For specs: another program in the place of the worker's own. */
  readonly program?: URL | undefined
}

/** Starts a thread beside this one. It is given nothing until it has opened the data. */
export function startWorker({ board, plans, opened, atOnce, keep, program }: Given): Worker {
  const worker = new Thread(program ?? new URL('./worker.ts', import.meta.url), { workerData: opened })
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
