import { insurabilityChanged } from '@ziv/contracts'
import { isoDate } from '@ziv/kernel'
import { reformLaw } from '@ziv/law'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rights } from '../index.ts'
import { createHarness, type Harness, personNamed } from '../testing/harness.ts'

const holder = personNamed('rebuilt holder')
const child = personNamed('rebuilt child', { born: '2015-01-01' })
const other = personNamed('rebuilt other')
const gone = personNamed('rebuilt and erased')

let h: Harness
beforeAll(async () => {
  h = await createHarness('2024-06-01')
  await h.tell(
    ...[holder.joins('2023-01-01'), holder.acquires('EMPLOYEE', '2023-01-01')],
    ...[child.joins('2023-01-01'), child.acquires('DEPENDANT_CHILD', '2023-01-01', holder.personId)],
    ...[other.joins('2010-01-01'), other.acquires('EMPLOYEE', '2010-01-01'), other.settles(2022, true)],
    ...[gone.joins('2023-01-01'), gone.acquires('EMPLOYEE', '2023-01-01')],
  )
  await h.tell(gone.isErased('2024-06-01T10:00:00.000Z'))
})
afterAll(() => h.drop())

/** The service under a law that opens the first right for a year more. */
const reformed = async () => {
  const values = [{ from: '2020-01-01', value: 2, source: 'spec' }] as never
  return rights.create({ ...h.deps, law: reformLaw(h.deps.law, { 'rights/first-opening-years': values }) })
}
const messages = () =>
  h.rows(
    `select key, payload from es.outbox where type = '${insurabilityChanged.type}' and payload->>'cause' = 'correction' order by key, sequence`,
  )
const lastDay = async ({ personId }: { personId: string }) =>
  (await h.rows('select max(to_day) as last from app.periods where person_id = $1', [personId]))[0]?.last
const eventsOf = async ({ personId }: { personId: string }) =>
  (
    await h.rows('select type from es.events where stream_id like $1 order by stream_id, version', [
      `entitlement-${personId}-%`,
    ])
  ).map(({ type }) => type)

describe('a rebuild', () => {
  it('that comes to what was told writes no event and tells nobody, whatever the read models say', async () => {
    const events = await h.rows('select count(*) from es.events')
    const told = await messages()
    await h.database.query('delete from app.periods')
    await h.database.query('delete from app.decisions')
    expect(await h.service.rebuild()).toEqual({ rebuilt: 4, corrected: 0 })
    expect([await h.rows('select count(*) from es.events'), await messages()]).toEqual([events, told])
    expect(await lastDay(holder)).toBe('2024-12-31')
  })

  it('knows the last year decided of somebody whose row is lost, also when days of a year to come are decided', async () => {
    const late = await createHarness('2024-06-01')
    const [parent, son] = [personNamed('late holder'), personNamed('late child', { born: '2015-01-01' })]
    // two insurers share the opening of the parent, so that what the child follows in 2025 is a decision of its own
    const moved = personNamed('late holder', { insurer: '500', ziekenfonds: '501' })
    await late.tell(
      ...[parent.joins('2024-02-01'), parent.acquires('EMPLOYEE', '2024-02-01')],
      ...[parent.leaves('2024-12-31'), moved.joins('2025-01-01')],
      ...[son.joins('2024-02-01'), son.acquires('DEPENDANT_CHILD', '2024-02-01', parent.personId)],
    )
    const through = () => late.rows('select person_id, decided_through from app.persons order by person_id')
    const streams = await late.rows('select stream_id from es.streams')
    expect(streams.map(({ stream_id }) => stream_id)).toContain(`entitlement-${son.personId}-2025`)
    const before = await through()
    expect(before.map(({ decided_through }) => decided_through)).toEqual([2024, 2024])
    await late.database.query('delete from app.persons')
    expect(await late.service.rebuild()).toEqual({ rebuilt: 2, corrected: 0 })
    expect(await through()).toEqual(before)
    // a year that nobody decided is still to be renewed
    late.clock.moveTo(isoDate('2026-01-01'))
    expect(await late.service.runner.run('renewal', 2026, 'spec')).toMatchObject({ examined: 2 })
    await late.drop()
  })

  it('that comes to another right decides it again and tells it, to dependants too, and is done once', async () => {
    const before = (await messages()).length
    const stood = { gone: await lastDay(gone), other: await eventsOf(other) }
    const next = await reformed()
    expect(await next.rebuild()).toEqual({ rebuilt: 4, corrected: 2 })
    const told = await messages()
    expect(told.length).toBe(before + 2)
    for (const person of [holder, child]) {
      expect(await lastDay(person)).toBe('2025-12-31')
      expect(await eventsOf(person)).toEqual(['RightDecided', 'RightWithdrawn', 'RightDecided'])
      const { payload } = told.find(({ key }) => key === person.personId) as { payload: { periods: { to: string }[] } }
      expect(insurabilityChanged.schema.parse(payload)).toEqual(payload)
      expect(payload.periods.at(-1)?.to).toBe('2025-12-31')
    }
    expect([await lastDay(gone), await eventsOf(other)]).toEqual([stood.gone, stood.other])
    expect(await next.rebuild()).toEqual({ rebuilt: 4, corrected: 0 })
    expect(await messages()).toHaveLength(before + 2)
    for await (const finding of next.verify()) expect(finding).toMatchObject({ check: finding.check, ok: true })
    await next.stop()
  })
})
