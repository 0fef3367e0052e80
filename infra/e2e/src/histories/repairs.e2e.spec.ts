import { isoDate } from '@ziv/kernel'
import { repairKinds } from '@ziv/law'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../test-sandbox.ts'
import { type History, historyOf } from './history.ts'
import { personIn, situations, YEAR } from './repair-situations.ts'
import { carryOut, toldOf } from './repairs.ts'
import { repairsElsewhere } from './repairs-elsewhere.ts'

let test: TestSandbox
let history: History
beforeAll(async () => {
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2025-11-03') })
  history = historyOf(test.sandbox, 1)
})
afterAll(() => test?.drop(), 60_000)

it.for(Object.entries(situations))('%s is told, can be done as told, and turns the year', async ([kind, situation]) => {
  const person = await personIn(history, situation)
  const told = (await toldOf(history, person, YEAR)).find(({ repair }) => repair.kind === kind)
  expect(told?.repair.kind, JSON.stringify(await toldOf(history, person, YEAR))).toBe(kind)
  await carryOut(history, told!)
})

it.for(Object.entries(repairsElsewhere))('%s is asked, can be done as asked, and turns the answer', async ([, one]) => {
  const { told, flipped } = await one.play(history)
  expect(told).toContain(one.told)
  expect(flipped, told).toBe(true)
})

it('every kind of repair there is is carried out here', () => {
  expect([...Object.keys(situations), ...Object.keys(repairsElsewhere)].sort()).toEqual([...repairKinds].sort())
})
