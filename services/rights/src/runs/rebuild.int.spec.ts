import { insurabilityChanged } from '@ziv/contracts'
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
