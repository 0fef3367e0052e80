import type { Instant } from '@ziv/kernel'
import { lockWaits } from '@ziv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day } from '../domain/testing-facts.ts'
import { createHarness, type Harness, personNamed } from '../testing/harness.ts'

const holder = personNamed('the holder')
const child = personNamed('the child', { born: '2015-01-01' })

/** Whoever reads the messages of a person takes the one recorded last for the newest: what waited is not older. */
describe('work that had to wait for somebody else at the same persons', () => {
  let h: Harness
  beforeAll(async () => {
    h = await createHarness('2024-06-01')
    await h.tell(holder.joins('2023-01-01'), holder.acquires('EMPLOYEE', '2023-01-01'))
    await h.tell(child.joins('2023-01-01'), child.acquires('DEPENDANT_CHILD', '2023-01-01', holder.personId))
  })
  afterAll(() => h.drop())

  /** Lets the work begin while the holder's row is taken, and answers with a moment at which it was still waiting. */
  async function made(begin: () => Promise<unknown>): Promise<Instant> {
    const { working, moment } = await h.database.transaction(async (tx) => {
      await tx.query('select from app.persons where person_id = $1 for update', [holder.personId])
      const begun = begin()
      await lockWaits(h.database, 1)
      return { working: begun, moment: h.clock.now() }
    })
    await working
    return moment
  }

  /** Moments of what was decided and of what was told since, in order of the log. */
  async function recordedAfter(mark: string): Promise<string[]> {
    const events = await h.rows('select recorded_at from es.events where position > $1 order by position', [mark])
    const told = await h.rows(`select headers ->> 'time' as recorded_at from es.outbox order by id desc limit 1`)
    return [...events, ...told].map((row) => (row as { recorded_at: string }).recorded_at)
  }

  const mark = async (): Promise<string> =>
    ((await h.rows('select max(position) as position from es.events'))[0] as { position: string }).position

  it('is recorded after it: facts', async () => {
    const before = await mark()
    const moment = await made(() => h.tell(child.ends('DEPENDANT_CHILD', '2023-01-01', '2024-05-20')))
    const moments = await recordedAfter(before)
    expect(moments.length).toBeGreaterThan(1)
    for (const recordedAt of moments) expect(recordedAt > moment).toBe(true)
  })

  it('is recorded after it: a renewal', async () => {
    await h.tell(holder.settles(2023, true))
    h.clock.moveTo(day('2025-01-01'))
    const before = await mark()
    const moment = await made(() => h.service.runner.run('renewal', 2025, 'spec'))
    const renewed = await h.rows(
      `select recorded_at from es.events where position > $1 and stream_id like 'entitlement-%'`,
      [before],
    )
    expect(renewed.length).toBeGreaterThan(0)
    for (const row of renewed) expect((row as { recorded_at: string }).recorded_at > moment).toBe(true)
  })
})
