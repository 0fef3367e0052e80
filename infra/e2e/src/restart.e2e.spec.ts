import { createEventStore, GENESIS_HASH, newestMoment } from '@ziv/event-store'
import { defineEvents, instant, isoDate } from '@ziv/kernel'
import { serviceNames } from '@ziv/sandbox'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { apiOf } from './api.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

const late = instant('2025-03-10T23:59:58.000Z')
let world: TestSandbox

beforeAll(async () => {
  world = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2025-03-10') })
})
afterAll(() => world.drop())

const register = (ssin: string): Promise<unknown> =>
  apiOf(world.sandbox, { roles: ['clerk'], insurer: '300', ziekenfonds: '306' }).post('/affiliation/v1/persons', {
    ssin,
    lastName: 'Peeters',
    firstNames: 'An',
  })

const newestOfAffiliation = async () => await newestMoment(world.sandbox.databases.affiliation)

it('tells of a service without events that there is nothing to compare, and how much it looked at', async () => {
  for (const name of serviceNames) {
    const findings = await Array.fromAsync(world.sandbox.modules[name].verify())
    // the list of fees that comes with the service is recorded at its start
    const events = name === 'reimbursement' ? 1 : 0
    expect(findings.find(({ check }) => check === `${name}: hash chains`)).toEqual({
      ...{ check: `${name}: hash chains`, ok: true, examined: events },
      detail: events === 0 ? 'nothing to compare' : `every chain holds, ${events} events hashed again`,
    })
  }
})

it('records nothing behind what any service recorded before the restart, within one business day', async () => {
  await register('85073000259')
  expect((await newestOfAffiliation())?.slice(0, 10)).toBe('2025-03-10')
  // another service was the last to record, at the end of the business day
  await world.sandbox.databases.rights.transaction((tx) =>
    createEventStore([defineEvents({ aggregate: 'spec', schemas: { Late: { parse: (data) => data } } })]).append(tx, {
      streamId: 'spec-1',
      expected: { version: 0, hash: GENESIS_HASH },
      events: [{ eventId: '019a0000-0000-7000-8000-000000000001', type: 'Late', schemaVersion: 1, data: {} }],
      recordedAt: late,
      metadata: { actor: 'spec', correlationId: 'spec' },
    }),
  )
  world = await world.restart()
  expect(world.sandbox.clock.today()).toBe('2025-03-10')
  await register('93051822361')
  const newest = await newestOfAffiliation()
  expect(newest !== null && newest > late).toBe(true)
})

it('shows relay, outbox, consumers and parked keys of every service to whoever watches it', async () => {
  await world.sandbox.idle()
  const text = await (await fetch(`${world.sandbox.url}/metrics`)).text()
  for (const service of serviceNames) {
    for (const name of [
      'relay_pending_rows',
      'relay_lag_seconds',
      'outbox_rows',
      'outbox_bytes',
      'fence_lag_seconds',
    ]) {
      expect(text).toMatch(new RegExp(`^ziv_${name}\\{service="${service}"\\} [\\d.e+-]+$`, 'm'))
    }
  }
  for (const { name } of world.sandbox.consumers) {
    expect(text).toMatch(new RegExp(`^ziv_parked_keys\\{service="\\w+",consumer="${name}"\\} 0$`, 'm'))
    expect(text).toMatch(
      new RegExp(`^ziv_consumer_lag_messages\\{service="\\w+",consumer="${name}",topic="[\\w.-]+"\\} 0$`, 'm'),
    )
  }
})
