import { isoDate } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seenBy } from '../projections/tenants.ts'
import { createTopics, home306, home501, personOf } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
const topics = createTopics()
beforeAll(async () => {
  world = await startWorld('2024-03-31')
})
afterAll(() => world?.close())

test('a month goes from events to an accepted return that recomputes to the same numbers', async () => {
  await world.take(
    topics.opened('anna', home306, '2024-01-01'),
    topics.acquired('anna', home306, 'EMPLOYEE', '2024-01-01'),
    topics.insured('anna', home306, ['2024-01-01', '2025-12-31']),
    topics.opened('bram', home306, '2024-02-01'),
    topics.acquired('bram', home306, 'STUDENT', '2024-02-01'),
    topics.opened('cleo', home501, '2024-02-01'),
    topics.acquired('cleo', home501, 'EMPLOYEE', '2024-02-01'),
    topics.slip('anna', home306, '2024-03-05T10:00:00.000Z'),
    topics.claim('anna', home306, '2024-03-10', [
      [2_000, 500, 100],
      [1_000, 250, 0],
    ]),
  )
  expect(await world.membersNow()).toEqual(['306 EMPLOYEE 1 1', '306 STUDENT 1 0', '501 EMPLOYEE 1 0'])
  const submitted = await world.service.submitMonth('2024-03')
  expect(submitted.refused).toEqual([])
  expect(submitted.done).toBeGreaterThan(20)
  expect(await world.service.submitMonth('2024-03')).toMatchObject({ done: 0, unchanged: submitted.done })
  const listed = await world.call('clerk306', 'GET', '/returns?month=2024-03')
  expect(listed).toMatchObject({
    status: 200,
    body: {
      items: [
        {
          ziekenfonds: '306',
          state: 'submitted',
          figures: {
            members: [
              { capacity: 'EMPLOYEE', count: 1 },
              { capacity: 'STUDENT', count: 1 },
            ],
            membersTotal: 2,
            insuredTotal: 1,
            slips: 1,
            claims: 1,
            interventionCents: 3_000,
            patientShareCents: 750,
            supplementCents: 100,
          },
        },
      ],
    },
  })
  expect(await world.service.acceptMonth('2024-03')).toMatchObject({ done: submitted.done, refused: [] })
  expect(await world.service.acceptMonth('2024-03')).toMatchObject({ done: 0, unchanged: submitted.done })
  await world.take(topics.claim('anna', home306, '2024-03-11', [[5_000, 0, 0]]))
  const { returnId } = listed.body.items[0]
  const again = await world.call('viewer300', 'POST', `/returns/${returnId}/recomputation`)
  expect(again).toMatchObject({ status: 200, body: { same: true, differences: [] } })
  expect(again.body.changedSince.map(({ cell }: { cell: string }) => cell)).toEqual(['claims', 'interventionCents'])
  for (const finding of await world.findings()) expect(finding).toMatchObject({ ok: true, check: finding.check })
})

test('a correction that reaches back before an accepted return shows on it, and a new return of the month corrects it', async () => {
  await world.take(
    topics.opened('dora', home306, '2024-03-20'),
    topics.acquired('dora', home306, 'PENSIONER', '2024-03-20'),
    topics.opened('emil', home306, '2024-03-25'),
  )
  const made = await world.call('system', 'POST', '/returns', { ziekenfonds: '306', month: '2024-03' })
  expect(made.body.figures).toMatchObject({
    members: [
      { capacity: 'EMPLOYEE', count: 1 },
      { capacity: 'PENSIONER', count: 1 },
      { capacity: 'STUDENT', count: 1 },
    ],
    membersWithoutCapacity: 1,
    membersTotal: 4,
  })
  const path = `/returns/${made.body.returnId}`
  const unknown = await world.call('clerk306', 'GET', `${path}/cells/membersWithoutCapacity/events`)
  expect(unknown.body.items).toMatchObject([{ personId: personOf('emil') }])
  const pensioners = await world.call('clerk306', 'GET', `${path}/cells/members.PENSIONER/events`)
  expect(pensioners.body.items).toMatchObject([{ personId: personOf('dora') }])
  await world.service.acceptMonth('2024-03')

  await world.take(
    topics.affiliationWithdrawn('emil', home306, '2024-04-02'),
    topics.affiliationCorrected('dora', home306, '2024-04-10', null),
  )
  expect(await world.membersNow()).toEqual(['306 EMPLOYEE 1 1', '306 STUDENT 1 0', '501 EMPLOYEE 1 0'])
  const found = await world.call('viewer300', 'POST', `${path}/recomputation`)
  expect(found.body).toMatchObject({
    same: true,
    changedSince: [
      { cell: 'membersWithoutCapacity', submitted: 1, recomputed: 0 },
      { cell: 'membersTotal', submitted: 4, recomputed: 2 },
      { cell: 'members.PENSIONER', submitted: 1, recomputed: 0 },
    ],
  })
  const corrected = await world.call('system', 'POST', '/returns', { ziekenfonds: '306', month: '2024-03' })
  expect(corrected.body).toMatchObject({ state: 'submitted', figures: { membersTotal: 2, membersWithoutCapacity: 0 } })
  for (const finding of await world.findings()) expect(finding).toMatchObject({ ok: true, check: finding.check })
})

test('between two affiliations a person is seen by the last insurer before the day, not by the next', async () => {
  await world.take(
    topics.opened('fien', home306, '2024-01-01'),
    topics.closed('fien', home306, '2024-02-29'),
    topics.opened('fien', home501, '2024-05-01'),
  )
  expect(await seenBy(world.database, personOf('fien'), isoDate('2024-03-31'))).toMatchObject(home306)
  expect(await seenBy(world.database, personOf('fien'), isoDate('2024-05-01'))).toMatchObject(home501)
})
