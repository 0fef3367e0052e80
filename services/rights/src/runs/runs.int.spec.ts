import { renewalWarned } from '@ziv/contracts'
import { createEventStore } from '@ziv/event-store'
import { problemTypeOfCode } from '@ziv/http'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decisionBasisEvents, entitlementEvents } from '../domain/entitlement.events.ts'
import { day } from '../domain/testing-facts.ts'
import { findDecision } from '../projections/decisions.ts'
import { timelineKnownAt } from '../projections/timelines.ts'
import { bearer, createHarness, type Harness, personNamed } from '../testing/harness.ts'

const holders = Array.from({ length: 23 }, (_, n) => personNamed(`holder-${n}`))
const children = holders.slice(0, 9).map((_, n) => personNamed(`child-${n}`, { born: '2015-01-01' }))
/** Every third one has not met 2023. */
const met = (n: number) => n % 3 !== 0
const births = holders.flatMap((holder, n) => [
  holder.joins('2023-01-01'),
  holder.acquires('EMPLOYEE', '2023-01-01'),
  holder.settles(2023, met(n)),
])
const dependants = children.flatMap((child, n) => [
  child.joins('2023-01-01'),
  child.acquires('DEPENDANT_CHILD', '2023-01-01', holders[n]?.personId),
])
const late = holders.flatMap((holder, n) =>
  n % 2 === 0 ? [holder.settles(2023, true, '2025-01-20T08:00:00.000Z')] : [],
)

/** Everything that was derived, in one order and without what differs by design (moments, run ids). */
const derived = async (h: Harness) => ({
  decisions: await h.rows('select * from app.decisions order by decision_id'),
  periods: await h.rows('select * from app.periods order by person_id, from_day'),
  dependants: await h.rows('select * from app.dependants order by holder_id, dependant_id'),
  dossiers: await h.rows(
    'select person_id, dossier, insurer, ziekenfonds, dependant from app.persons order by person_id',
  ),
})
const proofs = async (h: Harness) => (await Array.fromAsync(h.service.verify())).filter(({ ok }) => !ok)

describe('a renewal run', () => {
  let h: Harness
  let reference: Awaited<ReturnType<typeof derived>>
  beforeAll(async () => {
    h = await createHarness('2024-06-01')
    await h.tell(...births, ...dependants)
    h.clock.moveTo(day('2025-01-01'))
  })
  afterAll(() => h.drop())

  it('of a year that has not begun is refused', async () => {
    await expect(h.service.runner.run('renewal', 2026, 'spec')).rejects.toMatchObject({
      ...{ statusCode: 409, type: problemTypeOfCode('yearNotBegun') },
    })
  })

  it('that was killed between chunks goes on without repeating or losing a person', async () => {
    for (let kills = 1; kills <= 3; kills += 1) {
      let chunks = 0
      const dying = await h.restart({
        onProgress: () => {
          chunks += 1
          if (chunks === 2) throw new Error('killed')
        },
      })
      await expect(dying.runner.run('renewal', 2025, 'spec')).rejects.toThrow('killed')
    }
    const run = await h.service.runner.run('renewal', 2025, 'spec')
    expect(run).toMatchObject({ state: 'done', examined: 32 })
    const refusedHolders = holders.filter((_, n) => !met(n)).length
    expect(run.refused).toBe(refusedHolders)
    expect(run.granted).toBe(32 - refusedHolders - children.filter((_, n) => !met(n)).length)
    expect(await proofs(h)).toEqual([])
    reference = await derived(h)
  })

  it('lets every decision tell its grounds word for word as it was taken, also those kept in two parts', async () => {
    const stored = await h.rows("select event_id, data ? 'basis' as parted from es.events where type = 'RightDecided'")
    expect(stored.filter(({ parted }) => parted).length).toBeGreaterThan(20)
    expect(stored.filter(({ parted }) => !parted).length).toBeGreaterThan(20)
    for (const { event_id: id } of stored) {
      const found = await findDecision(h.database, createEventStore([entitlementEvents, decisionBasisEvents]), id)
      const { timeline } = await timelineKnownAt(h.database, h.deps.law, found?.personId ?? '', h.clock.now())
      const taken = timeline.decisions.find(({ decisionId }) => decisionId === id)
      if (taken !== undefined) expect(found?.decision).toEqual(taken)
    }
  })

  it('takes dependants along with their holders', async () => {
    const days = await h.rows(
      "select person_id from app.periods where from_day = '2025-01-01' and ground = 'dependant' order by person_id",
    )
    const expected = children.filter((_, n) => met(n)).map(({ personId }) => personId)
    expect(days.map((row) => row.person_id)).toEqual(expected.sort())
  })

  it('done again, on this day or a later one, changes nothing', async () => {
    const events = await h.rows('select count(*) from es.events')
    await h.service.runner.run('renewal', 2025, 'spec')
    h.clock.moveTo(day('2025-01-02'))
    await h.service.runner.run('renewal', 2025, 'spec')
    expect(await h.rows('select count(*) from es.events')).toEqual(events)
    expect(await derived(h)).toEqual(reference)
  })

  it('and the corrections give the same whichever comes first, in batches of any size', async () => {
    await h.tell(...late)
    const afterRun = await derived(h)
    const other = await createHarness('2024-06-01')
    for (const event of [...dependants, ...births]) await other.tell(event)
    other.clock.moveTo(day('2025-01-01'))
    for (let start = 0; start < late.length; start += 5) await other.tell(...late.slice(start, start + 5))
    await (await other.restart({ config: { personsPerChunk: 7 } })).runner.run('renewal', 2025, 'spec')
    expect(await derived(other)).toEqual(afterRun)
    expect(await proofs(other)).toEqual([])
    await other.drop()
    expect(await proofs(h)).toEqual([])
  })

  it('comes also to persons of whom the new year first told something that decides nothing yet', async () => {
    const other = await createHarness('2024-06-01')
    await other.tell(...births)
    other.clock.moveTo(day('2025-01-01'))
    await other.tell(...holders.map((holder) => holder.settles(2024, true, '2025-01-01T07:00:00.000Z')))
    expect(await other.service.runner.run('renewal', 2025, 'spec')).toMatchObject({ examined: 23, state: 'done' })
    expect(await proofs(other)).toEqual([])
    await other.drop()
  })

  it('of a later year also decides the years that no run decided', async () => {
    const other = await createHarness('2024-06-01')
    await other.tell(...births, ...dependants)
    other.clock.moveTo(day('2026-01-01'))
    await other.service.runner.run('renewal', 2026, 'spec')
    expect(await other.rows('select year from app.periods union select year from app.decisions order by year')).toEqual(
      [2023, 2025, 2026].map((year) => ({ year })),
    )
    expect(await proofs(other)).toEqual([])
    await other.drop()
  })

  it('and a rebuild, also one that was cut off, leaves the read models as they were', async () => {
    const before = await derived(h)
    await h.database.query('delete from app.periods')
    await h.database.query('update app.persons set dossier = null, insurer = null where person_id = $1', [
      holders[3]?.personId,
    ])
    await h.database.query('delete from app.dependants')
    await h.database.query('delete from app.persons where person_id = $1', [holders[4]?.personId])
    const { personId } = holders[6] as { personId: string }
    await h.database.query('delete from app.decisions where person_id = $1', [personId])
    expect((await proofs(h)).map(({ check }) => check)).toEqual([
      'rights: stored timelines equal the fold of the facts',
    ])
    const seen: number[] = []
    const cut = h.service.rebuild((persons) => {
      seen.push(persons)
      if (persons >= 12) throw new Error('cut off')
    })
    await expect(cut).rejects.toThrow('cut off')
    expect(await h.service.rebuild((persons) => seen.push(persons))).toEqual({ rebuilt: 32, corrected: 0 })
    expect([...new Set(seen)]).toEqual([4, 8, 12, 16, 20, 24, 28, 32])
    expect(await derived(h)).toEqual(before)
    expect(await proofs(h)).toEqual([])
  })
})

describe('what changes a holder changes the dependants', () => {
  let h: Harness
  const holder = personNamed('mother')
  const child = personNamed('daughter', { born: '2010-01-01' })
  beforeAll(async () => {
    h = await createHarness('2025-03-01')
  })
  afterAll(() => h.drop())
  const lastDay = async () =>
    (await h.rows('select max(to_day) as last from app.periods where person_id = $1', [child.personId]))[0]?.last

  it('in whatever order they are told, also at the same moment', async () => {
    await h.tell(child.joins('2023-01-01'), child.acquires('DEPENDANT_CHILD', '2023-01-01', holder.personId))
    expect(await lastDay()).toBeNull()
    await h.tell(holder.joins('2023-01-01'), holder.acquires('EMPLOYEE', '2023-01-01'))
    expect(await lastDay()).toBe('2024-12-31')
    await Promise.all([
      h.tell(holder.settles(2023, true, '2025-02-01T08:00:00.000Z')),
      h.tell(child.settles(2023, false, '2025-02-01T08:00:00.000Z')),
    ])
    expect(await lastDay()).toBe('2025-12-31')
    const pairs = Array.from({ length: 12 }, (_, n) => [personNamed(`h${n}`), personNamed(`d${n}`)] as const)
    await Promise.all(
      pairs.flatMap(([one, other]) => [
        h.tell(other.joins('2023-01-01'), other.acquires('DEPENDANT_SPOUSE', '2023-01-01', one.personId)),
        h.tell(one.joins('2023-01-01'), one.acquires('EMPLOYEE', '2023-01-01')),
      ]),
    )
    expect(await proofs(h)).toEqual([])
  })

  it('a death ends the days, a transfer divides them', async () => {
    await h.tell(holder.dies('2025-02-15', '2025-02-20T08:00:00.000Z'))
    expect(await h.rows('select max(to_day) as last from app.periods where person_id = $1', [holder.personId])).toEqual(
      [{ last: '2025-02-15' }],
    )
    const elsewhere = personNamed('daughter', { insurer: '500', ziekenfonds: '501', born: '2010-01-01' })
    await h.tell(elsewhere.joins('2024-07-01', '2025-02-21T08:00:00.000Z'))
    await h.tell(child.leaves('2024-06-30', '2025-02-22T08:00:00.000Z'))
    const days = await h.rows('select insurer, from_day from app.periods where person_id = $1 order by from_day', [
      child.personId,
    ])
    expect(days.map((row) => row.insurer)).toEqual(['300', '500', '500'])
    expect(await proofs(h)).toEqual([])
  })
})

describe('the warnings of 1 December', () => {
  let h: Harness
  let app: FastifyInstance
  beforeAll(async () => {
    h = await createHarness('2024-12-01')
    app = await h.server()
    await h.tell(...births, ...dependants)
  })
  afterAll(async () => {
    await app.close()
    await h.drop()
  })
  const radar = (query: string, ziekenfonds = '306') =>
    app.inject({
      url: `/rights/v1/renewalRadar?${query}`,
      headers: { authorization: bearer({ roles: ['clerk'], insurer: `${ziekenfonds[0]}00`, ziekenfonds }) },
    })

  it('reach every holder who will not be renewed, once, and tell what is missing', async () => {
    const unmet = holders.filter((_, n) => !met(n))
    const run = await h.service.runner.run('warning', 2025, 'spec')
    expect(run).toMatchObject({ state: 'done', examined: holders.length, warned: unmet.length })
    h.clock.moveTo(day('2024-12-02'))
    expect(await h.service.runner.run('warning', 2025, 'spec')).toMatchObject({ warned: 0 })
    const sent = await h.rows('select payload from es.outbox where type = $1', [renewalWarned.type])
    for (const { payload } of sent) expect(renewalWarned.schema.parse(payload)).toEqual(payload)
    expect(sent).toHaveLength(unmet.length)
    expect(sent[0]?.payload).toMatchObject({ referenceYear: 2023, shortCents: 81_240, payableUntil: '2028-12-31' })
  })

  it('are listed page by page to the ziekenfonds of the members and to no other', async () => {
    const first = await radar('year=2025&pageSize=5')
    expect(first.statusCode).toBe(200)
    expect(first.json().items).toHaveLength(5)
    const next = new URL(first.json().next, 'http://x').search.slice(1)
    const second = await radar(next)
    const ids = [...first.json().items, ...second.json().items].map((item: { personId: string }) => item.personId)
    expect(new Set(ids).size).toBe(8)
    expect((await radar('year=2025', '501')).json().items).toEqual([])
    expect((await radar('year=25')).statusCode).toBe(400)
  })

  it('and renewals are started over the API by the system only, and followed', async () => {
    const post = (roles: ['system'] | ['clerk'], payload: object) =>
      app.inject({
        ...{ method: 'POST', url: '/rights/v1/renewalRuns', payload },
        headers: { authorization: bearer({ roles }) },
      })
    expect((await post(['clerk'], { kind: 'renewal', year: 2024 })).statusCode).toBe(403)
    expect((await post(['system'], { kind: 'other', year: 2024 })).statusCode).toBe(400)
    expect((await post(['system'], { kind: 'renewal', year: 2030 })).statusCode).toBe(409)
    const started = await post(['system'], { kind: 'renewal', year: 2024 })
    expect(started.statusCode).toBe(202)
    const url = started.headers.location as string
    const get = (path: string) => app.inject({ url: path, headers: { authorization: bearer({ roles: ['system'] }) } })
    await expect.poll(async () => (await get(url)).statusCode).toBe(303)
    const result = (await get(url)).headers.location as string
    expect((await get(result)).json()).toMatchObject({ state: 'done', kind: 'renewal', year: 2024 })
    expect((await get(url.slice(0, -4).concat('0000'))).statusCode).toBe(404)
  })
})

describe('the question asked most', () => {
  it('reads its rows by index', async () => {
    const h = await createHarness()
    await h.database.query(`insert into app.periods select gen_random_uuid(), '2025-01-01', '2025-12-31', '300', '306',
      'EMPLOYEE', 'renewal', gen_random_uuid(), 2025 from generate_series(1, 20000)`)
    await h.database.query('analyze app.periods')
    for (const sql of [
      `select * from app.periods where person_id = any(array['0198c1a2-7f00-7000-8000-0000000000ff']::uuid[]) order by person_id, from_day`,
      `select insurer from app.persons where person_id = '0198c1a2-7f00-7000-8000-0000000000ff'`,
      `select person_id from app_members.identifiers where insz_index = 'x'`,
      `select data from es.events where event_id = '0198c1a2-7f00-7000-8000-0000000000ff'`,
    ]) {
      const plan = JSON.stringify(await h.rows(`explain (format json) ${sql}`))
      expect(plan).toContain('Index')
      expect(plan).not.toContain('Seq Scan')
    }
    await h.drop()
  })
})
