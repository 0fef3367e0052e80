import { Board, type Outcome, type Task, workOff } from '@ziv/service'
import { expect, it } from 'vitest'
import { startWorker } from './worker-thread.ts'

const plans = [{ bounds: ['b', 'd', 'f'], total: 4 }]

/** A board, a thread with this program beside it, and what became of every range. */
async function workedBy(program: string): Promise<{ readonly by: ReadonlyMap<string, string>; readonly board: Board }> {
  const board = new Board(plans, new Map())
  const by = new Map<string, string>()
  const keep = async (task: Task, outcome: Outcome): Promise<void> => {
    by.set(Board.nameOf(task), 'result' in outcome ? String(outcome.result) : outcome.failed)
  }
  const code = `import { parentPort as port } from 'node:worker_threads'\n${program}`
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`)
  const worker = startWorker({ board, plans, opened: { dataDir: 'none' }, atOnce: 1, keep, program: url })
  await worker.worked
  await workOff(board, 1, async (task) => {
    await keep(task, { result: 'here' })
    return { result: 'here' }
  })
  await worker.end()
  return { by, board }
}

const answering = `port.on('message', ({ what, task }) => what === 'end' ? port.close() : port.postMessage({ what: 'proved', task, outcome: { result: 'there' } }))`

it('a thread proves what it is given once it has opened the data', async () => {
  const { by, board } = await workedBy(`${answering}\nport.postMessage({ what: 'opened' })`)
  expect([...by]).toEqual(['0/0', '0/1', '0/2', '0/3'].map((name) => [name, 'there']))
  expect(board.outcomeOf(0)).toEqual({ results: ['there', 'there', 'there', 'there'] })
})

it('a thread that dies gives its range back, and the others prove it', async () => {
  const { by, board } = await workedBy(
    `port.on('message', () => process.exit(1))\nport.postMessage({ what: 'opened' })`,
  )
  expect([...by.values()]).toEqual(['here', 'here', 'here', 'here'])
  expect(board.progress).toMatchObject({ ranges: 4, rangesDone: 4, keysDone: 4 })
})

it('a thread that never opens the data is given nothing', async () => {
  const { by } = await workedBy(`throw new Error('no database')`)
  expect([...by.values()]).toEqual(['here', 'here', 'here', 'here'])
})

it('nothing is given out after a stop', async () => {
  const ended = new AbortController()
  const board = new Board(plans, new Map(), ended.signal)
  await workOff(board, 2, async () => {
    ended.abort()
    return { result: 1 }
  })
  expect(board.progress.rangesDone).toBe(2)
  expect(board.outcomeOf(0)).toBeNull()
})
