import { randomUUID } from 'node:crypto'
import { returnAccepted, returnRefused, returnSubmitted } from '@ziv/contracts'
import { problemTypeOfCode } from '@ziv/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTopics, home306, home501, personOf } from '../testing/events.ts'
import { startWorld, type World } from '../testing/world.ts'

let world: World
const topics = createTopics()
const key = () => ({ 'idempotency-key': randomUUID() })

beforeAll(async () => {
  world = await startWorld('2024-04-02')
  await world.take(
    ...['anna', 'bram', 'cleo', 'dirk', 'elke'].flatMap((who) => [
      topics.opened(who, home306, '2024-01-01'),
      topics.acquired(who, home306, who === 'elke' ? 'STUDENT' : 'EMPLOYEE', '2024-01-01'),
      topics.insured(who, home306, ['2024-01-01', who === 'dirk' ? '2024-02-29' : '2025-12-31']),
      topics.slip(who, home306, '2024-03-31T21:30:00.000Z'),
      topics.slip(who, home306, '2024-03-31T22:30:00.000Z'),
      topics.claim(who, home306, '2024-03-15', [[1_000, 200, 30]]),
    ]),
    topics.opened('fien', home501, '2024-01-01'),
    topics.acquired('fien', home501, 'EMPLOYEE', '2024-01-01'),
    topics.claim('fien', home501, '2024-04-01', [[700, 0, 0]]),
  )
})
afterAll(() => world?.close())

const refusedAs = (code: string): string => `urn:problem-type:ziv:landsbond:${problemTypeOfCode(code)}`
const march = { ziekenfonds: '306', month: '2024-03' }
let returnId = ''

test('a clerk submits the return of the own ziekenfonds, once per Idempotency-Key', async () => {
  const headers = key()
  const made = await world.call('clerk306', 'POST', '/returns', march, headers)
  expect(made).toMatchObject({
    status: 201,
    body: { ...march, insurer: '300', attempt: 1, state: 'submitted', submittedOn: '2024-04-02' },
    headers: { etag: '"1"' },
  })
  // 22:30 in UTC is the first of April in Brussels: those slips belong to April
  expect(made.body.figures).toEqual({
    members: [
      { capacity: 'EMPLOYEE', count: 4 },
      { capacity: 'STUDENT', count: 1 },
    ],
    membersWithoutCapacity: 0,
    membersTotal: 5,
    insuredTotal: 4,
    slips: 5,
    claims: 5,
    interventionCents: 5_000,
    patientShareCents: 1_000,
    supplementCents: 150,
  })
  expect(made.headers.location).toBe(`/landsbond/v1/returns/${made.body.returnId}`)
  expect((await world.call('clerk306', 'POST', '/returns', march, headers)).body).toEqual(made.body)
  const second = await world.call('clerk306', 'POST', '/returns', march, key())
  expect(second).toMatchObject({ status: 409, body: { type: refusedAs('returnAwaitsDecision') } })
  returnId = made.body.returnId
})

test('every figure leads to the events behind it, page by page', async () => {
  const walk = async (cell: string) => {
    const found = []
    let path: string | undefined = `/returns/${returnId}/cells/${cell}/events?pageSize=2`
    while (path !== undefined) {
      const page = await world.call('clerk306', 'GET', path)
      expect(page.status).toBe(200)
      found.push(...page.body.items)
      path = page.body.next?.replace('/landsbond/v1', '')
    }
    return found
  }
  const counts = { membersTotal: 5, insuredTotal: 4, slips: 5, claims: 5, 'members.STUDENT': 1, 'members.RESIDENT': 0 }
  for (const [cell, count] of Object.entries(counts)) {
    const found = await walk(cell)
    expect(new Set(found.map((event) => event.eventId)).size, cell).toBe(count)
  }
  for (const [cell, cents] of Object.entries({
    interventionCents: 5_000,
    patientShareCents: 1_000,
    supplementCents: 150,
  })) {
    const found = await walk(cell)
    expect(found.reduce((sum, event) => sum + event.amountCents, 0)).toBe(cents)
  }
  const [student] = await walk('members.STUDENT')
  expect(student).toMatchObject({ topic: 'ziv.300.affiliation.v1', personId: personOf('elke') })
  const log = await world.call('clerk306', 'GET', `/persons/${personOf('elke')}/accessLog`)
  expect(log.body.items[0]).toMatchObject({ subject: 'clerk306', operation: 'listCellEvents' })
})

test('the supervisor sees the events but not whose they are', async () => {
  const seen = await world.call('supervisor', 'GET', `/returns/${returnId}/cells/claims/events`)
  expect(seen.status).toBe(200)
  expect(seen.body.items).toHaveLength(5)
  expect(JSON.stringify(seen.body)).not.toContain('personId')
})

test('nobody reaches the returns of others', async () => {
  for (const stranger of ['clerk304', 'clerk501', 'approver500'] as const) {
    expect((await world.call(stranger, 'GET', `/returns/${returnId}`)).status).toBe(404)
    expect((await world.call(stranger, 'GET', `/returns/${returnId}/cells/claims/events`)).status).toBe(404)
    expect((await world.call(stranger, 'POST', `/returns/${returnId}/recomputation`)).status).toBe(404)
    expect((await world.call(stranger, 'GET', '/returns?ziekenfonds=306')).body.items).toEqual([])
  }
  expect((await world.call('approver500', 'POST', `/returns/${returnId}/acceptance`)).status).toBe(404)
  expect((await world.call('clerk306', 'POST', `/returns/${returnId}/acceptance`)).status).toBe(403)
  expect((await world.call('clerk304', 'POST', '/returns', march, key())).status).toBe(403)
  expect((await world.call('viewer300', 'POST', '/returns', march, key())).status).toBe(403)
  for (const other of ['insured', 'distributor'] as const) {
    for (const path of ['/overview', '/returns', '/stream'])
      expect((await world.call(other, 'GET', path)).status).toBe(403)
  }
})

test('the landsbond refuses with a reason, the ziekenfonds submits anew, the landsbond accepts', async () => {
  const stale = await world.call('approver300', 'POST', `/returns/${returnId}/acceptance`, undefined, {
    'if-match': '"9"',
  })
  expect(stale.status).toBe(412)
  const reason = 'The claims of 28 March are missing.'
  const refused = await world.call(
    'approver300',
    'POST',
    `/returns/${returnId}/refusal`,
    { reason },
    { 'if-match': '"1"' },
  )
  expect(refused).toMatchObject({ status: 200, body: { state: 'refused', reason, decidedOn: '2024-04-02' } })
  const turned = await world.call('approver300', 'POST', `/returns/${returnId}/acceptance`)
  expect(turned).toMatchObject({ status: 409, body: { type: refusedAs('returnAlreadyDecided'), state: 'refused' } })
  expect(turned.body.detail).toContain('(refused)')

  await world.take(topics.claim('anna', home306, '2024-03-28', [[2_500, 0, 0]]))
  const second = await world.call('clerk306', 'POST', '/returns', march, key())
  expect(second).toMatchObject({ status: 201, body: { attempt: 2, figures: { claims: 6, interventionCents: 7_500 } } })
  const accepted = await world.call('approver300', 'POST', `/returns/${second.body.returnId}/acceptance`)
  expect(accepted).toMatchObject({ status: 200, body: { state: 'accepted' }, headers: { etag: '"4"' } })
  expect((await world.call('approver300', 'POST', `/returns/${second.body.returnId}/acceptance`)).status).toBe(200)
  const same = await world.call('clerk306', 'POST', '/returns', march, key())
  expect(same).toMatchObject({ status: 409, body: { type: refusedAs('returnUnchanged') } })
  const old = await world.call('approver300', 'POST', `/returns/${returnId}/refusal`, { reason })
  expect(old).toMatchObject({ status: 409, body: { type: refusedAs('returnReplaced') } })

  const listed = await world.call('viewer300', 'GET', '/returns?month=2024-03&pageSize=1')
  expect(listed.body.items).toMatchObject([{ attempt: 2, state: 'accepted' }])
  const next = await world.call('viewer300', 'GET', listed.body.next.replace('/landsbond/v1', ''))
  expect(next.body.items).toMatchObject([{ attempt: 1, state: 'refused' }])
  expect(next.body.next).toBeUndefined()
  expect((await world.call('viewer300', 'GET', '/returns?state=accepted')).body.items).toHaveLength(1)
})

test('the public messages say what the contract asks, keyed by ziekenfonds', async () => {
  const { rows } = await world.database.query<{
    topic: string
    key: string
    type: string
    payload: { figures?: object }
  }>(`select topic, key, type, payload from es.outbox where key = '306' order by id`)
  const contracts = [returnSubmitted, returnRefused, returnSubmitted, returnAccepted]
  expect(rows.map((row) => row.type)).toEqual(contracts.map((contract) => contract.type))
  for (const [index, row] of rows.entries()) expect(contracts[index]!.schema.parse(row.payload)).toEqual(row.payload)
  expect(new Set(rows.map((row) => row.topic))).toEqual(new Set(['ziv.300.returns.v1']))
  expect(rows.at(-1)!.payload.figures).toMatchObject({ claims: 6, membersTotal: 5 })
})

test('a month that still runs, an unknown ziekenfonds and wrong input are refused and leave nothing behind', async () => {
  const before = await world.database.query('select count(*) as n from es.events')
  const running = await world.call('system', 'POST', '/returns', { ziekenfonds: '306', month: '2024-04' })
  expect(running).toMatchObject({ status: 409, body: { type: refusedAs('monthNotOver') } })
  expect(running.body.detail).toContain('30 April 2024')
  const unknown = await world.call('system', 'POST', '/returns', { ziekenfonds: '999', month: '2024-03' })
  expect(unknown).toMatchObject({ status: 422, body: { type: refusedAs('ziekenfondsUnknown') } })
  for (const body of [{}, { ...march, month: '2024-13' }, { ...march, figures: {} }, { ...march, ziekenfonds: '06' }]) {
    expect((await world.call('system', 'POST', '/returns', body)).status).toBe(400)
  }
  for (const path of [
    '/returns?cursor=abc',
    '/returns?month=march',
    '/returns?month=2026-13',
    '/returns?month=0000-01',
    '/returns?colour=red',
    '/returns/12',
  ]) {
    expect((await world.call('system', 'GET', path)).status, path).toBe(400)
  }
  const cells = `/returns/${returnId}/cells`
  for (const path of [
    '/smiles/events',
    '/claims/events?cursor=abc',
    `/claims/events?cursor=${Buffer.from('x').toString('base64url')}`,
  ]) {
    expect((await world.call('system', 'GET', `${cells}${path}`)).status, path).toBe(400)
  }
  expect((await world.call('system', 'GET', `/returns/${randomUUID()}`)).status).toBe(404)
  const after = await world.database.query('select count(*) as n from es.events')
  expect(after.rows).toEqual(before.rows)
})

test('no return is made while messages before its positions stand still', async () => {
  const { rows } = await world.database.query<{ topic: string; partition: number; offset: string }>(
    `select topic, partition, "offset" from app.positions where topic = 'ziv.500.affiliation.v1' limit 1`,
  )
  const place = rows[0]!
  const park = (sequence: number) =>
    world.database.query(
      `insert into es.parked (consumer, topic, key, epoch, sequence, "partition", "offset", payload, headers, reason, error)
       values ('landsbond.members', $1, 'k', 1, $4, $2, $3, '{}'::bytea, '{}', 'handler', 'spec')`,
      [place.topic, place.partition, place.offset, sequence],
    )
  await park(1)
  const about = { ziekenfonds: '501', month: '2024-03' }
  const refused = await world.call('clerk501', 'POST', '/returns', about, key())
  expect(refused).toMatchObject({ status: 409, body: { type: refusedAs('messagesStandStill') } })
  await world.database.query('delete from es.parked')
  await park(-1)
  expect((await world.call('clerk501', 'POST', '/returns', about, key())).status).toBe(201)
  await world.database.query('delete from es.parked')
})

test('the overview shows each caller its own ziekenfondsen, with the amounts of this month', async () => {
  const clerk = await world.call('clerk306', 'GET', '/overview')
  expect(clerk).toMatchObject({
    status: 200,
    body: {
      businessDate: '2024-04-02',
      month: '2024-04',
      totals: { membersTotal: 5, insuredTotal: 4, slips: 5, claims: 0 },
      ziekenfondsen: [{ ziekenfonds: '306', lastReturn: { month: '2024-03', state: 'accepted' } }],
    },
  })
  const funds = async (as: 'viewer300' | 'supervisor' | 'clerk501') =>
    (await world.call(as, 'GET', '/overview')).body.ziekenfondsen.map(
      (fund: { ziekenfonds: string }) => fund.ziekenfonds,
    )
  expect(await funds('viewer300')).toEqual(['306'])
  expect(await funds('supervisor')).toEqual(['306', '501'])
  expect(await funds('clerk501')).toEqual(['501'])
  const five = await world.call('clerk501', 'GET', '/overview')
  expect(five.body.totals).toMatchObject({ membersTotal: 1, insuredTotal: 0, claims: 1, interventionCents: 700 })
})

test('the read models can be thrown away and made again', async () => {
  const tables = ['member_counts', 'member_changes_to_come', 'month_amounts', 'returns'] as const
  const read = async () => {
    const all: unknown[] = []
    for (const table of tables) {
      const { rows } = await world.database.query<{ row: string }>(
        `select (to_jsonb(t) - 'changed_tx')::text as row from app.${table} t
         where coalesce(nullif(to_jsonb(t) ->> 'members', '')::int, 1) <> 0 order by 1`,
      )
      all.push(rows.map(({ row }) => row))
    }
    return all
  }
  await world.take(topics.closed('bram', home306, '2024-04-20'))
  const before = await read()
  for (const table of tables) await world.database.query(`delete from app.${table}`)
  expect(await world.service.rebuild()).toEqual({ rebuilt: 6 })
  expect(await read()).toEqual(before)
})

test('everything proves itself', async () => {
  for (const finding of await world.findings()) expect(finding).toMatchObject({ check: finding.check, ok: true })
})

test('a fact that was changed by hand is found', async () => {
  await world.database.query('update app.claim_facts set intervention_cents = intervention_cents + 1')
  await world.database.query(`delete from app.member_facts where kind = 'opened' and person_id = $1`, [
    personOf('anna'),
  ])
  const wrong = (await world.findings()).filter((finding) => !finding.ok).map((finding) => finding.check)
  expect(wrong).toEqual([
    'landsbond: members now equal the fold of the facts',
    'landsbond: changes of members to come equal the fold of the facts',
    'landsbond: amounts per month equal the fold of the facts',
    'landsbond: every return recomputes to the same numbers',
    'landsbond: members in the returns are the affiliations that ran',
  ])
  const again = await world.call('clerk306', 'POST', `/returns/${returnId}/recomputation`)
  expect(again.body.same).toBe(false)
  expect(again.body.differences).toContainEqual({ cell: 'membersTotal', submitted: 5, recomputed: 4 })
})
