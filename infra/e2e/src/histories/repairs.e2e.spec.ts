import { isoDate } from '@ziv/kernel'
import { repairKinds } from '@ziv/law'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../test-sandbox.ts'
import { type History, historyOf } from './history.ts'
import { centsIn } from './repair-deeds.ts'
import { partlyCovered, personIn, situations, YEAR } from './repair-situations.ts'
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

it.for(partlyCovered)(
  'what is covered or paid goes off what the registration costs, %i',
  async ([costs, situation]) => {
    const person = await personIn(history, situation)
    const told = (await toldOf(history, person, YEAR)).find(({ repair }) => repair.kind === 'residentRegistration')
    expect(centsIn(told!.repair.text)).toEqual([costs])
    await carryOut(history, told!)
  },
)

it('a registration that waits for a decision of others is not told again for its year, and is for another', async () => {
  const person = await personIn(history, situations.residentRegistration)
  const registrationOf = async (year: number) =>
    (await toldOf(history, person, year)).find(({ repair }) => repair.kind === 'residentRegistration')
  const acquiredOn = `${YEAR}-03-06`
  const waits = { kind: 'residenceDocument', document: 'annex15', issuedOn: acquiredOn, box: 5, modelDate: acquiredOn }
  const asked = { kind: 'RESIDENT', acquiredOn, repairsYear: YEAR, evidence: [waits] }
  expect(await registrationOf(YEAR)).toBeDefined()
  const url = `/affiliation/v1/persons/${person.personId}/capacities`
  expect(await history.call({ url, body: asked })).toMatchObject({ status: 201, json: { state: 'pending' } })
  await history.sandbox.idle()
  expect(await registrationOf(YEAR)).toBeUndefined()
  const other = await registrationOf(YEAR + 1)
  await carryOut(history, other!)
})

it.for(Object.entries(repairsElsewhere))('%s is asked, can be done as asked, and turns the answer', async ([, one]) => {
  const { told, flipped } = await one.play(history)
  expect(told).toContain(one.told)
  expect(flipped, told).toBe(true)
})

it('every kind of repair there is is carried out here', () => {
  expect([...Object.keys(situations), ...Object.keys(repairsElsewhere)].sort()).toEqual([...repairKinds].sort())
})
