import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logsNoted } from '@ziv/contracts'
import { createEventStore, EMPTY_LOG, eventStoreMigrations, extendDigest, GENESIS_HASH } from '@ziv/event-store'
import { defineEvents, fixedClock, instant, isoDate } from '@ziv/kernel'
import { createEmbeddedDriver, type MessagingDriver, messagingLogMigrations } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { proveAll } from '../proofs/proof.ts'
import { type NotedService, serviceNotesProofs, startServiceNotes } from './service-notes.ts'

const store = createEventStore([defineEvents({ aggregate: 'thing', schemas: { Done: { parse: (data) => data } } })])
const clock = { ...fixedClock(instant('2026-03-10T10:00:00.000Z')), today: () => isoDate('2026-03-10') }
const opened: TestDatabase[] = []
let folder: string
let driver: MessagingDriver

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ziv-notes-'))
  const log = await createTestDatabase({ migrations: [messagingLogMigrations] })
  opened.push(log)
  driver = createEmbeddedDriver({ database: log.database })
  await driver.ensureTopics([{ name: logsNoted.topic, partitions: 1 }])
})
afterEach(async () => {
  await driver.close()
  for (const test of opened.splice(0)) await test.drop()
  await rm(folder, { recursive: true })
})

/** A service with an event in its log, as its process notes it. */
async function service(name: string): Promise<NotedService> {
  const test = await createTestDatabase({ migrations: [eventStoreMigrations] })
  opened.push(test)
  await record(test.database)
  // a writing transaction of another spec on the same server holds the newest events back for a moment
  const seen = async () => (await extendDigest(test.database, EMPTY_LOG)).events
  await expect.poll(seen, { timeout: 30_000 }).toBe(1)
  return { name, prefix: '', folder, database: test.database, clock, driver, logger: pino({ level: 'silent' }) }
}

const record = (database: Database) =>
  store.append(database, {
    ...{
      streamId: `thing-${crypto.randomUUID()}`,
      expected: { version: 0, hash: GENESIS_HASH },
      recordedAt: clock.now(),
    },
    events: [{ eventId: crypto.randomUUID(), type: 'Done', schemaVersion: 1, data: {} }],
    metadata: { actor: 'spec', correlationId: 'spec' },
  })

/** A whole life of a process: it notes when it starts and when it ends. */
async function run(noted: NotedService, meanwhile: () => Promise<unknown> = async () => undefined): Promise<void> {
  const stop = await startServiceNotes(noted)
  await meanwhile()
  await stop()
}

const findings = async (noted: NotedService) => {
  const { logs, topic } = await serviceNotesProofs(noted)
  return [...(await Array.fromAsync(proveAll([logs]))), await topic()]
}
const linesOf = async ({ name }: NotedService) =>
  (await readFile(join(folder, name, 'anchors.jsonl'), 'utf8')).trimEnd().split('\n')

it('services on their own each keep a chain with a key of its own in one topic, and are compared with theirs alone', async () => {
  const [one, other] = [await service('affiliation'), await service('rights')]
  await Promise.all([run(one, () => record(one.database)), run(other)])
  await run(one, () => record(one.database))
  expect(await findings(one)).toMatchObject([{ ok: true }, { ok: true, examined: (await linesOf(one)).length }])
  expect(await findings(other)).toMatchObject([{ ok: true }, { ok: true, examined: (await linesOf(other)).length }])
  const keys = new Set<string>()
  await driver.read({ topic: logsNoted.topic, group: 'spec' }, async (messages) => {
    for (const { key } of messages) keys.add(key)
  })
  expect([...keys].sort()).toEqual(['affiliation', 'rights'])
})

it('a log that was cut, and a note that was put in under the name of a service, are named', async () => {
  const one = await service('affiliation')
  await run(one)
  await one.database.query('delete from es.events')
  const [log, topic] = await findings(one)
  expect([log, topic]).toMatchObject([
    { ok: false, detail: expect.stringContaining('1 events are gone') },
    { ok: true },
  ])
  const producer = await driver.producer('somebody')
  const value = JSON.stringify({ note: '{"number":9}', signature: 'AAAA' })
  const headers = { ce_type: logsNoted.type }
  await producer.send([{ topic: logsNoted.topic, key: 'rights', headers, value }])
  expect((await findings(one))[1]).toMatchObject({ ok: true })
  await producer.send([{ topic: logsNoted.topic, key: 'affiliation', headers, value }])
  await producer.close()
  const detail = expect.stringContaining('is no note that this installation signed')
  expect((await findings(one))[1]).toMatchObject({ ok: false, detail })
})

it('of replicas that share a folder one makes a note at a time, and the chain does not fork', async () => {
  const one = await service('affiliation')
  const replicas = [one, one, one]
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(replicas.map((replica) => run(replica, () => record(one.database))))
  }
  await run(one)
  expect(await findings(one)).toMatchObject([{ ok: true }, { ok: true, examined: (await linesOf(one)).length }])
})

it('a service runs on while no note can be made', async () => {
  const one = await service('affiliation')
  const away = { ...driver, read: () => Promise.reject(new Error('the broker is away')) }
  await run({ ...one, driver: away })
  expect(await findings(one)).toMatchObject([{ ok: false }, { ok: false }])
  await run(one)
  expect(await findings(one)).toMatchObject([{ ok: true }, { ok: true }])
})
