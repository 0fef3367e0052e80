import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clerkOf, railwayStaff } from '../testing/clerk.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let member: ReturnType<typeof clerkOf>['member']
beforeAll(async () => {
  world = await startWorld('2026-03-20')
  ;({ member } = clerkOf(world))
})
afterAll(() => world?.close())

test('the history tells what happened in the language of the reader, and every look is logged', async () => {
  const personId = await member()
  const history = await world.call('clerk306', 'GET', `/persons/${personId}/history`, undefined, {
    'accept-language': 'fr-BE',
  })
  expect(history.body.items.map((item: { text: string }) => item.text)).toEqual([
    'La personne a été enregistrée.',
    'Affiliée auprès de 306 à partir du 01/01/2026, demande du 20/03/2026.',
    'Assurée comme travailleur salarié à partir du 01/01/2026 : acquise le 15/03/2026, demandée le 20/03/2026.',
  ])
  const log = await world.call(`insured.${personId}`, 'GET', `/persons/${personId}/accessLog`)
  expect(log.body.items.map((item: { operation: string }) => item.operation)).toContain('getHistory')
})

test('names are for the clerk and the person; a landsbond and the RIZIV see none, strangers see nothing', async () => {
  const personId = await member()
  const path = `/persons/${personId}`
  expect((await world.call('clerk306', 'GET', path)).body.identity).toBeDefined()
  expect((await world.call(`insured.${personId}`, 'GET', path)).body.identity).toBeDefined()
  for (const caller of ['viewer300', 'supervisor']) {
    const answer = await world.call(caller, 'GET', path)
    expect(answer.status).toBe(200)
    expect(answer.body.identity).toBeUndefined()
  }
  for (const caller of ['clerk311', 'clerk501', `insured.${randomUUID()}`]) {
    expect((await world.call(caller, 'GET', path)).status).toBe(404)
  }
  expect((await world.call('careProvider', 'GET', path)).status).toBe(403)
  expect((await world.call(null, 'GET', path)).status).toBe(401)
  const foreign = await world.call('clerk501', 'POST', `${path}/death`, { diedOn: '2026-03-01' }, key())
  expect(foreign.status).toBe(404)
  const posing = await world.call(
    'clerk501',
    'POST',
    `${path}/affiliations`,
    { ziekenfonds: '306', from: '2026-01-01' },
    key(),
  )
  expect(posing.status).toBe(403)
})

test('a former insurer sees its own years only', async () => {
  const personId = await member()
  const { affiliationId } = (await world.call('clerk306', 'GET', `/persons/${personId}`)).body.affiliations[0]
  await world.call(
    'clerk306',
    'POST',
    `/persons/${personId}/affiliations/${affiliationId}/end`,
    { to: '2026-03-10', reason: 'departure' },
    key(),
  )
  const joined = await world.call(
    'clerk900',
    'POST',
    `/persons/${personId}/affiliations`,
    { ziekenfonds: '900', capacity: railwayStaff },
    key(),
  )
  expect(joined).toMatchObject({ status: 201, body: { from: '2026-03-11' } })
  const old = await world.call('clerk306', 'GET', `/persons/${personId}`)
  expect(old.body.affiliations.map((entry: { ziekenfonds: string }) => entry.ziekenfonds)).toEqual(['306'])
  expect(old.body.capacities).toHaveLength(1)
  const now = await world.call('clerk900', 'GET', `/persons/${personId}`)
  expect(now.body.affiliations).toHaveLength(2)
})
