import { createEventStore, eventStoreMigrations, GENESIS_HASH } from '@ziv/event-store'
import { httpMigrations } from '@ziv/http'
import { defineEvents, fixedClock, instant } from '@ziv/kernel'
import { createDatabase, type Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RunningUpkeep, serviceUpkeep, startUpkeep, type UpkeepTask } from './upkeep.ts'

const logger = pino({ level: 'silent' })
const clock = fixedClock(instant('2026-06-30T10:00:00.000Z'))
const running: RunningUpkeep[] = []
let test: TestDatabase
let database: Database

beforeEach(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations, httpMigrations] })
  database = test.database
})
afterEach(async () => {
  for (const upkeep of running.splice(0)) await upkeep.stop()
  await test.drop()
})

/** Seven of everything, five of them past every retention; two messages of seven were not sent. */
async function fill(): Promise<void> {
  const outbox = Array.from({ length: 7 }, (_, n) => ({
    ...{ eventId: crypto.randomUUID(), topic: 'ziv.300.spec.v1', key: `k${n}`, type: 'spec.counted' },
    ...{ payload: {}, attributes: {} },
  }))
  await database.transaction((tx) =>
    createEventStore([defineEvents({ aggregate: 'spec', schemas: { Counted: { parse: (data) => data } } })]).append(
      tx,
      {
        streamId: 'spec-1',
        expected: { version: 0, hash: GENESIS_HASH },
        events: [{ eventId: crypto.randomUUID(), type: 'Counted', schemaVersion: 1, data: {} }],
        recordedAt: clock.now(),
        metadata: { actor: 'spec', correlationId: 'spec' },
        outbox,
      },
    ),
  )
  await database.query(`
    update es.outbox set created_at = now() - interval '20 days';
    insert into es.checkpoints (processor, epoch, tx, position, term, holder, lease_until)
      select 'relay', epoch, tx, id, 1, 'spec', now() from es.outbox order by id offset 4 limit 1;
    insert into app_http.idempotency (key_digest, request, state, lease_until, status, created_at)
      select decode(lpad(n::text, 4, '0'), 'hex'), '', 'done', now(), 200, now() - case when n <= 5 then interval '30 hours' else '0' end
        from generate_series(1, 7) n;
    insert into app_http.access_log (person_id, at, subject, roles, operation, trace_id)
      select gen_random_uuid(), case when n <= 5 then '2016-06-28' else '2016-06-30' end::date, 's', '{clerk}', 'getPerson', gen_random_uuid()
        from generate_series(1, 7) n`)
}

async function left(): Promise<unknown> {
  const { rows } = await database.query(
    `select (select count(*)::int from es.outbox) as outbox, (select count(*)::int from app_http.idempotency) as answers,
            (select count(*)::int from app_http.access_log) as consultations`,
  )
  return rows[0]
}

const start = (tasks: readonly UpkeepTask[], registry = new Registry()): RunningUpkeep => {
  const upkeep = startUpkeep({ tasks, logger, registry, rowsMax: 2, pauseMs: 1 })
  running.push(upkeep)
  return upkeep
}

it('removes what is past its time in small steps, and nothing that still waits to be sent', async () => {
  await fill()
  const steps: number[] = []
  const tasks = serviceUpkeep({ name: 'spec', database, clock }).map((task) => ({
    ...task,
    step: async (...given: Parameters<UpkeepTask['step']>) => {
      const rows = await task.step(...given)
      steps.push(rows)
      return rows
    },
  }))
  const registry = new Registry()
  await start(tasks, registry).round()
  expect(await left()).toEqual({ outbox: 2, answers: 2, consultations: 2 })
  expect(steps).toEqual([2, 2, 1, 2, 2, 1, 2, 2, 1])
  const text = await registry.metrics()
  for (const what of ['outbox', 'idempotency', 'accessLog']) {
    expect(text).toContain(`ziv_upkeep_removed_rows_total{service="spec",what="${what}"} 5`)
  }
})

it('lets one process of several work on a database, and the others leave it alone', async () => {
  await fill()
  const other = createDatabase({ connectionString: test.connectionString, applicationName: 'spec-other' })
  try {
    await other.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(7161230)')
      await start(serviceUpkeep({ name: 'spec', database, clock })).round()
      expect(await left()).toEqual({ outbox: 7, answers: 7, consultations: 7 })
    })
    const both = [database, other].map((each) => start(serviceUpkeep({ name: 'spec', database: each, clock })))
    await Promise.all(both.map((upkeep) => upkeep.round()))
    // whoever gave way to the other finishes in its next round
    await both[0]?.round()
    expect(await left()).toEqual({ outbox: 2, answers: 2, consultations: 2 })
  } finally {
    await other.close()
  }
})

it('goes on with the next task when one fails', async () => {
  await fill()
  const broken: UpkeepTask = {
    ...{ service: 'spec', what: 'broken', database },
    step: () => Promise.reject(new Error('no such table')),
  }
  await start([broken, ...serviceUpkeep({ name: 'spec', database, clock })]).round()
  expect(await left()).toEqual({ outbox: 2, answers: 2, consultations: 2 })
})
