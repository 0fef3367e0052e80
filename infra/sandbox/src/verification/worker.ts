import { parentPort, workerData } from 'node:worker_threads'
import { outcomeOf } from '@ziv/service'
import { pino } from 'pino'
import { type OpenedData, startSandbox } from '../sandbox.ts'
import { rangedProofsOf } from '../verify.ts'
import type { Answer, Order } from './orders.ts'

// a thread beside the one that verifies: opens the data by itself, says so, and proves the ranges it is given until it is ended
const port = parentPort!
const say = (answer: Answer): void => port.postMessage(answer)
const sandbox = await startSandbox({
  ...(workerData as OpenedData),
  passive: true,
  logger: pino({ level: 'fatal' }, pino.destination(2)),
})
const proofs = rangedProofsOf(sandbox)
port.on('message', async (order: Order) => {
  if (order.what === 'end') {
    await sandbox.stop()
    port.close()
    return
  }
  const { task, range } = order
  say({ what: 'proved', task, outcome: await outcomeOf(proofs[task.proof]!, range) })
})
say({ what: 'opened' })
