import { expect, it } from 'vitest'
import { lasting, type Moving } from './look-again.ts'

/** A system with one relay and one consumer: what is told, sent and taken in are counts. */
function systemOf(
  told: number,
  { sent = told, taken = told, moves = true }: { sent?: number; taken?: number; moves?: boolean } = {},
) {
  const state = { told, sent, taken }
  const step = (): void => {
    if (!moves) return
    if (state.taken < state.sent) state.taken += 1
    if (state.sent < state.told) state.sent += 1
  }
  const pending = async (): Promise<number> => {
    step()
    return state.told - state.sent
  }
  const moving: Moving = {
    databases: { rights: { query: async () => ({ rows: [{ told: state.told }] }) as never } },
    relays: [{ service: 'rights', pending, wake: () => undefined }],
    consumers: [
      {
        name: 'reader',
        lag: async () => {
          step()
          const lag = state.sent - state.taken
          return [
            { topic: 't', partition: 0, start: '0', committed: String(state.taken), end: String(state.sent), lag },
          ]
        },
      },
    ],
  }
  return { state, moving }
}
const about = (...keys: readonly string[]) => keys.map((key) => ({ key, what: `${key} differs` }))

it('names nobody whose message was on its way, and still names who really differs', async () => {
  const { state, moving } = systemOf(5, { sent: 3, taken: 2 })
  const again = async () => (state.taken < 5 ? about('lost', 'late') : about('lost'))
  expect(await lasting(about('late', 'lost'), { moving, again })).toEqual(about('lost'))
})

it('waits for what was told by then, not for what is told meanwhile', async () => {
  const { state, moving } = systemOf(1, { sent: 0, taken: 0 })
  // somebody writes on and on: about another person at each look, and about one of them again after a while
  const written = [['b'], ['a', 'c'], ['d'], ['e'], ['f']]
  const again = async () => {
    state.told += 3
    return about(...(written.shift() ?? []))
  }
  expect(await lasting(about('a', 'b'), { moving, again })).toEqual([])
})

it('looks no second time when nothing differs, and names in a system that stands still what differs', async () => {
  let looked = 0
  const { moving } = systemOf(5, { sent: 3, taken: 3, moves: false })
  const again = async () => {
    looked += 1
    return about('lost')
  }
  expect(await lasting([], { moving, again })).toEqual([])
  expect(looked).toBe(0)
  expect(await lasting(about('lost'), { moving, again, waitMs: 30 })).toEqual(about('lost'))
  expect(looked).toBe(1)
})

it('looks twice more where nothing moves', async () => {
  let looked = 0
  const { moving } = systemOf(5)
  const again = async () => {
    looked += 1
    return about('lost', 'another')
  }
  expect(await lasting(about('lost'), { moving, again })).toEqual(about('lost'))
  expect(looked).toBe(2)
})
