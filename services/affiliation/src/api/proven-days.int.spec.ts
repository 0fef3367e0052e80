import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld('2025-09-20')
})
afterAll(() => world?.close())

const reason = 'clericalError'
const post = (path: string, body: object) => world.call('clerk306', 'POST', path, body, key())
const household = { kind: 'householdComposition', issuedOn: '2025-07-01', sameAddress: true }
const incomeOf = (quarter: string) => ({
  ...{ kind: 'incomeProof', quarter, grossCents: 0, source: 'wageSlips', ownFreeRight: false },
})
const marriage = { kind: 'marriageCertificate', marriedOn: '2012-05-05', foreign: false }

/** A spouse who depends from 1 July 2025 on, the first day of the holder, on the income of a quarter. */
async function married(quarter = '2025Q3') {
  const [holder, spouse] = [await clerkOf(world).register(), await clerkOf(world).register()]
  const work = (day: string) => ({
    ...{ kind: 'EMPLOYEE', acquiredOn: day, requestedOn: day },
    evidence: [{ kind: 'employerProof', rszNumber: '102077173', issuedOn: day }],
  })
  const joined = await post(`/persons/${holder}/affiliations`, { ziekenfonds: '306', capacity: work('2025-07-10') })
  expect(joined.status).toBe(201)
  const evidence = [marriage, household, incomeOf(quarter)]
  const depends = await post(`/persons/${holder}/dependants`, {
    ...{ dependantPersonId: spouse, kind: 'DEPENDANT_SPOUSE', acquiredOn: '2012-05-05', evidence },
  })
  expect([depends.status, depends.body.from]).toEqual([201, '2025-07-01'])
  const home = `/persons/${holder}/affiliations/${joined.body.affiliationId}`
  const quality = `/persons/${spouse}/capacities/${depends.body.capacityId}`
  const days = async (personId: string) => {
    const { body } = await world.call('clerk306', 'GET', `/persons/${personId}`)
    return body.capacities.map((entry: { from: string; to?: string }) => [entry.from, entry.to])
  }
  const dependantsOf = async () => {
    const { body } = await world.call('clerk306', 'GET', `/persons/${holder}`)
    return body.dependants.map((entry: { from: string }) => entry.from)
  }
  return { holder, spouse, home, quality, days, dependantsOf }
}

test('a first day of the holder put right to an earlier one moves no dependant to days that no proof bears', async () => {
  const { spouse, home, quality, days, dependantsOf } = await married()
  expect((await post(`${home}/corrections`, { from: '2025-01-01', reason })).status).toBe(200)
  expect([await days(spouse), await dependantsOf()]).toEqual([[['2025-07-01', undefined]], ['2025-07-01']])
  // asked for those days, the answer says what is missing
  const asked = await post(`${quality}/corrections`, { runsOn: true, reason })
  expect([asked.status, asked.body.type.split(':').at(-1)]).toEqual([422, 'evidenceDisagrees'])
  expect(asked.body).toMatchObject({ evidence: 'incomeProof', field: 'quarter', claimed: '2024Q4, 2025Q1' })
  // what has nothing to do with those days can still be put right
  expect((await post(`${quality}/corrections`, { to: '2025-08-31', reason })).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-07-01', '2025-08-31']])
  expect((await post(`${quality}/corrections`, { runsOn: true, reason })).status).toBe(200)
  const given = await post(`${quality}/corrections`, { evidence: [incomeOf('2025Q1')], reason })
  expect(given.status).toBe(200)
  expect([await days(spouse), await dependantsOf()]).toEqual([[['2025-01-01', undefined]], ['2025-01-01']])
})

test('an earlier first day that the income bears moves the dependant along', async () => {
  const { spouse, home, days } = await married('2025Q2')
  const from = (day: string) => post(`${home}/corrections`, { from: day, reason })
  expect((await from('2025-04-01')).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-04-01', undefined]])
  expect((await from('2025-03-31')).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-04-01', undefined]])
  expect((await from('2025-07-01')).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-07-01', undefined]])
  // what the proofs bore once comes back
  expect((await from('2025-01-01')).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-04-01', undefined]])
})

test('the holder leaves, and days without a proof do not come by that either', async () => {
  const { spouse, home, days } = await married()
  expect((await post(`${home}/corrections`, { from: '2025-01-01', reason })).status).toBe(200)
  expect((await post(`${home}/end`, { to: '2025-08-31', reason: 'departure' })).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-07-01', '2025-08-31']])
  expect((await post(`${home}/corrections`, { runsOn: true, reason })).status).toBe(200)
  expect(await days(spouse)).toEqual([['2025-07-01', undefined]])
})
