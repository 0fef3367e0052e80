import { expect, test } from 'vitest'
import type { Runs } from './runs.ts'
import { runWhole } from './whole.ts'

const ending = (end: object): Pick<Runs, 'run'> =>
  ({ run: async () => ({ runId: 'r', state: 'done', failed: 0, done: 7, ...end }) }) as never

test('a run that ended whole is given back', async () => {
  expect(await runWhole(ending({}), 'rebuild', 'rights')).toMatchObject({ done: 7 })
})

test('a run that failed, or left a key out, is no end to rely on', async () => {
  await expect(runWhole(ending({ state: 'failed', problem: 'no room' }), 'rebuild', 'rights')).rejects.toThrow(
    'rebuild r is failed, 0 keys failed: no room',
  )
  await expect(runWhole(ending({ failed: 1 }), 'rebuild', 'rights')).rejects.toThrow('1 keys failed: see the failures')
})
