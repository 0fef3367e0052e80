import { expect, test } from 'vitest'
import { ended } from './renew.ts'

test('`ziv renew` waits as long as the run is worked on, and tells what it came to', async () => {
  const states = ['processing', 'processing', 'done']
  const asked: string[] = []
  const run = (examined: number) => ({
    runId: 'r',
    state: states[examined]!,
    examined,
    granted: 0,
    refused: 0,
    warned: 0,
  })
  const call = async (_method: 'GET' | 'POST', path: string) => Response.json(run(asked.push(path)))
  expect(await ended({ call }, run(0), () => {})).toMatchObject({ state: 'done', examined: 2 })
  expect(asked).toEqual(['/rights/v1/renewalRuns/r', '/rights/v1/renewalRuns/r'])
})

test('a run that failed is an error that says where it is read', async () => {
  const run = { runId: 'r', state: 'failed', examined: 7, granted: 6, refused: 0, warned: 0 }
  const call = async () => Response.json(run)
  await expect(ended({ call }, run, () => {})).rejects.toThrow(/failed after 7 persons.*\/rights\/v1\/renewalRuns\/r/)
})
