import { randomUUID } from 'node:crypto'
import { addMonths, isoDate, makeInsz } from '@ziv/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { personEvents } from '../domain/stored-events.ts'
import { affiliation, personIdOfRow } from '../index.ts'
import { becameOf, bodyOf, postMembers, takeRows } from '../testing/member-files.ts'
import { key, startWorld, type World } from '../testing/world.ts'

let world: World
let afterChunk: (() => void) | undefined
beforeAll(async () => {
  world = await startWorld(undefined, { afterChunk: () => afterChunk?.() })
})
afterAll(() => world?.close())

const member = (n: number) => ({
  ...{
    rowId: `m-${n}`,
    ssin: makeInsz(isoDate(`${1985 + Math.floor(n / 900)}-07-30`), 1 + (n % 900)),
    lastName: 'Wouters',
    firstNames: 'Piet',
  },
  ...{ ziekenfonds: '306', capacity: 'EMPLOYEE', acquiredOn: '2020-03-15', requestedOn: '2020-03-20' },
})

const rows = (count: number, from = 0) => Array.from({ length: count }, (_, n) => member(from + n))

async function failures(): Promise<readonly string[]> {
  const failed: string[] = []
  for await (const finding of world.module.verify()) if (!finding.ok) failed.push(finding.check)
  return failed
}

test('an import that was cut off is taken up by another process, without repeating or losing a person', async () => {
  const body = bodyOf(Array.from({ length: 1_400 }, (_, n) => member(n)))
  // the process dies after its first chunk, the second is on its way
  afterChunk = () => {
    throw new Error('killed')
  }
  const { importId } = (await postMembers(world, 'system', body)).body
  await world.module.runs.idle()
  expect(await becameOf(world, 'system', importId)).toMatchObject({ state: 'received', counts: { imported: 1_000 } })
  afterChunk = undefined
  const next = await affiliation.create(world.deps)
  await takeRows(world, rows(100, 1_000), next)
  await next.resume()
  await next.runs.idle()
  await next.stop()
  expect(await becameOf(world, 'system', importId)).toMatchObject({
    state: 'accepted',
    counts: { imported: 1_300, repeated: 100, refused: 0 },
  })
  expect((await world.database.query('select 1 from app_files.pages')).rowCount).toBe(0)
})

test('two imports of the same rows at the same moment give every person once', async () => {
  const results = await Promise.all([takeRows(world, rows(700, 1_800)), takeRows(world, rows(700, 1_800))])
  expect(results.reduce((sum, result) => sum + result.imported, 0)).toBe(700)
  expect(results.reduce((sum, result) => sum + result.repeated, 0)).toBe(700)
  expect(await failures()).toEqual([])
})

test('a row whose person was erased since is refused, and the rest of the file goes in', async () => {
  const personId = personIdOfRow('m-3')
  const { affiliationId } = (await world.call('system', 'GET', `/persons/${personId}`)).body.affiliations[0]
  // every term of the law has passed since, and then what was paid until it was told can be claimed back no more
  const end = { to: '2020-06-30', reason: 'departure' }
  await world.call('system', 'POST', `/persons/${personId}/affiliations/${affiliationId}/end`, end, key())
  world.clock.moveTo(addMonths(world.clock.today(), 25))
  await world.call('system', 'POST', `/persons/${personId}/erasure`, { reason: 'requestOfPerson' }, key())
  const result = await takeRows(world, rows(10))
  expect(result).toMatchObject({ repeated: 9, refused: 1, issues: [{ line: 4, code: 'personErased' }] })
})

test('a number that leads to nobody, or to another person than the log says, is found', async () => {
  await world.database.query(`insert into app.insz_index (insz_index, person_id) values ('stray', $1)`, [randomUUID()])
  expect(await failures()).toEqual(['affiliation: index of numbers'])
  await world.database.query(`delete from app.insz_index where insz_index = 'stray'`)
  expect(await failures()).toEqual([])
})

test('a number that came back after another one counts once', async () => {
  const [first, second] = [makeInsz(isoDate('1999-01-01'), 7), makeInsz(isoDate('1999-01-01'), 9)]
  const body = { ssin: first, lastName: 'A', firstNames: 'B' }
  const { personId } = (await world.call('clerk306', 'POST', '/persons', body, key())).body
  for (const [previousSsin, ssin] of [
    [first, second],
    [second, first],
  ]) {
    const path = `/persons/${personId}/identifierReplacements`
    expect((await world.call('clerk306', 'POST', path, { previousSsin, ssin }, key())).status).toBe(201)
  }
  expect(await failures()).toEqual([])
})

test('an event that was changed in the table breaks its chain and is found', async () => {
  const { rows: found } = await world.database.query<{ stream_id: string }>('select stream_id from es.events limit 1')
  const id = found[0]?.stream_id
  await world.database.query('alter table es.events disable trigger all')
  await world.database.query(
    `update es.events set data = jsonb_set(data, '{sex}', '"X"') where stream_id = $1 and version = 1`,
    [id],
  )
  expect(await failures()).toContain('affiliation: hash chains')
})

test('sealed facts moved to another person do not open, and the persons are named', async () => {
  const registered = `select stream_id, data from es.events where type = 'PersonRegistered'
    and stream_id not in (select 'person-' || person_id from app.erasures)`
  const { rows: found } = await world.database.query<{ stream_id: string; data: { personal: object } }>(
    `${registered} order by stream_id desc limit 2`,
  )
  const [one, other] = found
  await world.database.query(
    `update es.events set data = jsonb_set(data, '{personal}', $2) where stream_id = $1 and version = 1`,
    [one?.stream_id, JSON.stringify(other?.data.personal)],
  )
  const findings = await Array.fromAsync(world.module.verify())
  const open = findings.find(({ check }) => check === 'affiliation: sealed facts of persons open')
  expect(open).toMatchObject({ ok: false, detail: `do not open: ${one?.stream_id}` })
})

test('a person with two insurers on a day is found', async () => {
  const body = { ssin: makeInsz(isoDate('1999-01-01'), 3), lastName: 'A', firstNames: 'B' }
  const { personId } = (await world.call('clerk306', 'POST', '/persons', body, key())).body
  const { createEventStore } = await import('@ziv/event-store')
  const store = createEventStore([personEvents])
  const loaded = await store.load(world.database, `person-${personId}`)
  const open = (insurer: string, ziekenfonds: string) => ({
    eventId: randomUUID(),
    type: 'AffiliationOpened',
    schemaVersion: 1,
    data: { affiliationId: randomUUID(), insurer, ziekenfonds, from: '2026-01-01', requestedOn: '2026-01-01' },
  })
  await store.append(world.database, {
    ...{ streamId: `person-${personId}`, expected: loaded.head, events: [open('300', '306'), open('500', '501')] },
    ...{ recordedAt: world.clock.now(), metadata: { actor: 'spec', correlationId: 'spec' } },
  })
  expect(await failures()).toContain('affiliation: one insurer per person per day')
})
