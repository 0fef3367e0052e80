import { loadLaw, reformLaw } from '@ziv/law'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTopics, home306 } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
let later: World
const topics = createTopics()
const law = loadLaw()
const rank = 'capacities/student-rank'
/** The rank of students was another one all along: a value of the past is put right. */
const changed = reformLaw(law, {
  [rank]: [{ from: law.list().find(({ name }) => name === rank)!.values[0]!.from, value: 1, source: 'put right' }],
})
const RECOMPUTES = 'landsbond: every return recomputes to the same numbers'
const EQUAL = 'landsbond: returns equal their events'

beforeAll(async () => {
  world = await startWorld('2024-03-31', law)
  await world.take(
    topics.opened('anna', home306, '2024-01-01'),
    topics.acquired('anna', home306, 'EMPLOYEE', '2024-01-01'),
    topics.acquired('anna', home306, 'STUDENT', '2024-01-01'),
    topics.insured('anna', home306, ['2024-01-01', '2025-12-31']),
    topics.slip('anna', home306, '2024-03-05T10:00:00.000Z'),
    topics.claim('anna', home306, '2024-03-10', [[2_000, 500, 100]]),
  )
  await world.service.submitMonth('2024-03')
  await world.service.acceptMonth('2024-03')
  later = await world.under(changed)
})
afterAll(async () => {
  await later?.close()
  await world?.close()
})

const findingOf = async (of: World, check: string) => (await of.findings()).find((finding) => finding.check === check)
const returnOf306 = async () => (await world.call('clerk306', 'GET', '/returns?month=2024-03')).body.items[0]

test('an accepted return is proved by the law it was made with, and the proof says that the law was changed since', async () => {
  expect(await findingOf(world, RECOMPUTES)).toMatchObject({ ok: true, detail: expect.stringContaining(', 0 of them') })
  const proof = await findingOf(later, RECOMPUTES)
  expect(proof).toMatchObject({ ok: true, detail: expect.stringContaining(`, ${proof!.examined} of them`) })
  expect(await findingOf(later, EQUAL)).toMatchObject({ ok: true })
})

test('folded again, it is the same, leads to the same events, and shows what the new law would make of it', async () => {
  const { returnId } = await returnOf306()
  expect(await later.call('viewer300', 'POST', `/returns/${returnId}/recomputation`)).toMatchObject({
    status: 200,
    body: {
      same: true,
      lawChanged: true,
      changedSince: [{ cell: 'members.EMPLOYEE' }, { cell: 'members.STUDENT' }],
    },
  })
  expect((await world.call('viewer300', 'POST', `/returns/${returnId}/recomputation`)).body).toMatchObject({
    same: true,
    lawChanged: false,
    changedSince: [],
  })
  const events = await later.call('clerk306', 'GET', `/returns/${returnId}/cells/members.EMPLOYEE/events`)
  expect(events.body.items).toHaveLength(1)
})

test('changed figures are still found under the new law', async () => {
  const { returnId } = await returnOf306()
  const set = (slips: number) =>
    world.database.query(
      `update app.returns set figures = jsonb_set(figures, '{slips}', to_jsonb($2::int)) where return_id = $1`,
      [returnId, slips],
    )
  await set(9)
  expect(await findingOf(later, RECOMPUTES)).toMatchObject({ ok: false, detail: 'differ: 306 2024-03: slips' })
  await set(1)
  expect(await findingOf(later, RECOMPUTES)).toMatchObject({ ok: true })
})

test('an order of advantage that is not that of the law the event names is found, and so is none', async () => {
  const { returnId } = await returnOf306()
  const kept = await world.database.query<{ data: object; places: object }>(
    `select e.data, r.places from es.events e join app.returns r on r.return_id = $1
     where e.type = 'ReturnSubmitted' and e.data ->> 'returnId' = $1::text`,
    [returnId],
  )
  const { data, places } = kept.rows[0]!
  const set = async (event: object, row: object) => {
    await world.database.query('alter table es.events disable trigger user')
    await world.database.query(
      `update es.events set data = $2 where type = 'ReturnSubmitted' and data ->> 'returnId' = $1::text`,
      [returnId, JSON.stringify(event)],
    )
    await world.database.query('alter table es.events enable trigger user')
    await world.database.query('update app.returns set places = $2 where return_id = $1', [
      returnId,
      JSON.stringify(row),
    ])
  }
  const swapped = { ...places, STUDENT: 1 }
  await set({ ...data, places: swapped }, swapped)
  expect(await findingOf(world, EQUAL)).toMatchObject({ ok: false, detail: expect.stringContaining(returnId) })
  const { places: _, ...without } = data as { places: object }
  await set(without, places)
  expect(await findingOf(world, EQUAL)).toMatchObject({ ok: false, detail: expect.stringContaining(returnId) })
  await set(data, places)
  expect(await findingOf(world, EQUAL)).toMatchObject({ ok: true })
})
