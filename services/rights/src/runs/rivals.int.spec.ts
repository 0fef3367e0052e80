import { isoDate } from '@ziv/kernel'
import { sideBySide } from '@ziv/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createHarness, type Harness, personNamed } from '../testing/harness.ts'

const holder = personNamed('rival holder')
const child = personNamed('rival child', { born: '2015-01-01' })
const late = personNamed('rival who comes late')

let h: Harness
beforeEach(async () => {
  h = await createHarness('2024-06-01')
  await h.tell(holder.joins('2023-01-01'), holder.acquires('EMPLOYEE', '2023-01-01'), holder.settles(2023, true))
  await h.tell(child.joins('2023-01-01'), child.acquires('DEPENDANT_CHILD', '2023-01-01', holder.personId))
})
afterEach(() => h.drop())

const failed = async () => (await Array.fromAsync(h.service.verify())).filter(({ ok }) => !ok)
const decidedIn = async (year: number) =>
  (
    await h.rows(
      `select person_id from app.periods where year = $1 union select person_id from app.decisions where year = $1 order by person_id`,
      [year],
    )
  ).map((row) => (row as { person_id: string }).person_id)
const ids = (...persons: readonly { readonly personId: string }[]) => persons.map(({ personId }) => personId).sort()
const lateComes = () => h.tell(late.joins('2023-01-01'), late.acquires('EMPLOYEE', '2023-01-01'))
const renewal2025 = () => {
  h.clock.moveTo(isoDate('2025-01-01'))
  return h.service.runner.run('renewal', 2025, 'spec')
}

it('a rebuild leaves alone who is told of for the first time while it throws away', async () => {
  await sideBySide(
    h.database,
    (tx) => tx.query('select from app.periods where person_id = $1 for update', [holder.personId]),
    () => h.service.rebuild(),
    lateComes,
  )
  expect(await h.rows('select decided_through from app.persons where person_id = $1', [late.personId])).toEqual([
    { decided_through: 2024 },
  ])
  expect(await failed()).toEqual([])
})

it('a renewal that meets a rebuild renews everybody', async () => {
  // a row that the rebuild makes again at its end is being made by somebody else: there it waits
  const pair = [holder.personId, child.personId]
  await h.rows('delete from app.dependants where holder_id = $1 and dependant_id = $2', pair)
  await sideBySide(
    h.database,
    (tx) => tx.query('insert into app.dependants (holder_id, dependant_id) values ($1, $2)', pair),
    () => h.service.rebuild(),
    renewal2025,
  )
  expect(await decidedIn(2025)).toEqual(ids(holder, child))
  expect(await failed()).toEqual([])
})

it('a holder who changes while a dependant is rebuilt takes the dependant along', async () => {
  const rebuildOneByOne = await h.restart({ config: { personsPerChunk: 1 } })
  const pair = [holder.personId, child.personId]
  await h.rows('delete from app.dependants where holder_id = $1 and dependant_id = $2', pair)
  await sideBySide(
    h.database,
    (tx) => tx.query('insert into app.dependants (holder_id, dependant_id) values ($1, $2)', pair),
    () => rebuildOneByOne.rebuild(),
    () => h.tell(holder.dies('2024-05-01')),
  )
  expect(await failed()).toEqual([])
})

it('the renewal of a year reaches who is still being told of as of the year before', async () => {
  h.clock.moveTo(isoDate('2024-12-31'))
  await sideBySide(
    h.database,
    (tx) => tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [late.personId]),
    lateComes,
    renewal2025,
  )
  expect(await decidedIn(2025)).toEqual(ids(holder, child, late))
  expect(await failed()).toEqual([])
})

it('a rebuild between two chunks of a renewal takes nothing back that the renewal decided', async () => {
  const stopping = await h.restart({
    config: { personsPerChunk: 1 },
    onProgress: ({ kind, done }) => {
      if (kind === 'renewal' && done === 1) throw new Error('cut off')
    },
  })
  h.clock.moveTo(isoDate('2025-01-01'))
  await expect(stopping.runner.run('renewal', 2025, 'spec')).rejects.toThrow('cut off')
  expect(await decidedIn(2025)).toEqual(ids(holder))
  expect(await failed()).toEqual([])
  expect(await h.service.rebuild()).toEqual({ rebuilt: 2, corrected: 0 })
  expect(await decidedIn(2025)).toEqual(ids(holder))
  await renewal2025()
  expect(await decidedIn(2025)).toEqual(ids(holder, child))
  expect(await failed()).toEqual([])
})
