import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FuzzWorld, startFuzzWorld } from './fuzz-world.ts'

let fuzzed: FuzzWorld
beforeAll(async () => {
  fuzzed = await startFuzzWorld()
})
afterAll(() => fuzzed?.world.close())

it('wrong requests to every operation get a problem that says what is wrong, and leave nothing behind', async () => {
  const report = await fuzzed.fuzz({ seed: 7, requests: 900, milliseconds: 20_000, replays: 60 })
  expect(report.failures).toEqual([])
  // every operation had its turn, and the right requests among them came through
  expect(report.sent).toBeGreaterThan(report.operations * 3)
  expect(report.replayed).toBeGreaterThan(20)
  expect(Object.keys(report.statuses)).toEqual(expect.arrayContaining(['200', '201', '400', '404', '415']))
})
