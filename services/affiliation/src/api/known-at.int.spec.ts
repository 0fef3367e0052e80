import { askBesideOpen } from '@ziv/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { affiliation, personIdOfRow } from '../index.ts'
import { memberLine, takeRows } from '../testing/member-files.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.close())

test('whoever is being imported when a question about a moment comes is in the answer, then and later', async () => {
  const personId = personIdOfRow('beside')
  const { beside, later } = await askBesideOpen({
    ...{ database: world.database, table: 'es.events', moment: () => world.clock.now() },
    write: async (held) => {
      const rival = await affiliation.create({ ...world.deps, database: held })
      await takeRows(world, [memberLine('beside')], rival)
      await rival.stop()
    },
    ask: async (at) => {
      const { status, body } = await world.call('clerk306', 'GET', `/persons/${personId}?knownAt=${at}`)
      return { status, capacities: body.capacities }
    },
  })
  expect(beside).toEqual(later)
  expect(beside).toMatchObject({ status: 200, capacities: [{ capacity: 'EMPLOYEE' }] })
})
