import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { businessDateMoved, logsNoted } from '@ziv/contracts'
import { createEventStore, EMPTY_LOG, extendDigest, GENESIS_HASH } from '@ziv/event-store'
import { defineEvents, instant, isoDate } from '@ziv/kernel'
import { createKafkaDriver } from '@ziv/messaging'
import { createDatabase, type Database } from '@ziv/postgres'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { logProofs } from '../proofs/common.ts'
import type { ServiceDeps } from '../types.ts'
import { readHostConfig } from './config.ts'
import { runService } from './run-service.ts'
import { serviceUpkeep, startUpkeep } from './upkeep.ts'
import { type VerifyServiceOptions, verifyService } from './verify-service.ts'

const brokers = inject('zivKafkaBrokers')
const run = `ziv_host_${randomBytes(4).toString('hex')}`
const late = instant('2025-03-10T23:59:58.000Z')
let folder: string
let admin: Database
let deps: ServiceDeps | undefined

const urlOf = (database: string): string =>
  Object.assign(new URL(inject('zivPostgresUrl')), { pathname: `/${database}` }).href

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const configOf = (port: number) =>
  readHostConfig({
    ...{ DATABASE_URL: urlOf(run), PRIVACY_DATABASE_URL: urlOf(`${run}_keys`), ZIV_RUNTIME_PASSWORD: 'spec-only' },
    ...{ ZIV_KEYS_FILE: join(folder, 'vault.json'), ZIV_NOTES_FOLDER: join(folder, 'notes') },
    ...{ KAFKA_BROKERS: (brokers ?? []).join(), KAFKA_GROUP_PREFIX: `${run}.` },
    ...{ ZIV_OIDC_ISSUER: 'urn:spec', ZIV_OIDC_JWKS: 'http://localhost:1/certs' },
    ...{ ZIV_ENV: 'sandbox', ZIV_CLOCK_START: '2025-03-10', PORT: String(port), LOG_LEVEL: 'silent' },
  })

/** A service that does nothing but run, as a role that cannot change history. */
const service = (stop?: () => Promise<void>) => {
  const consumers = [{ name: `${run}.clock`, topics: [businessDateMoved.topic], handle: async () => undefined }]
  const nothing = async (): Promise<void> => undefined
  return {
    ...{ name: 'spec', principal: 'ziv-spec', migrations: folder },
    create: async (given: ServiceDeps) => {
      deps = given
      return {
        ...{ name: 'spec', consumers, routes: nothing, resume: nothing, stop: stop ?? nothing },
        proofs: logProofs('spec', given.database, createEventStore([])),
        verify: async function* () {},
      }
    },
  }
}

const start = (port: number, stop?: () => Promise<void>) => runService(service(stop), configOf(port))

const store = createEventStore([defineEvents({ aggregate: 'spec', schemas: { Late: { parse: (data) => data } } })])
const record = (streamId: string) =>
  store.append(deps!.database, {
    ...{ streamId, expected: { version: 0, hash: GENESIS_HASH }, recordedAt: late },
    events: [{ eventId: crypto.randomUUID(), type: 'Late', schemaVersion: 1, data: {} }],
    metadata: { actor: 'spec', correlationId: 'spec' },
  })

describe.skipIf(brokers === null)('a service as a process of its own (needs a broker)', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ziv-host-'))
    await writeFile(join(folder, '0001_nothing.sql'), 'create schema app;')
    admin = createDatabase({ connectionString: urlOf('postgres'), applicationName: 'spec', max: 1 })
    for (const name of [run, `${run}_keys`]) await admin.query(`create database "${name}"`)
    const driver = createKafkaDriver({ brokers: brokers ?? [], clientId: 'spec' })
    await driver.ensureTopics([businessDateMoved, logsNoted].map(({ topic }) => ({ name: topic, partitions: 1 })))
    await driver.close()
  })
  afterAll(async () => {
    for (const name of [run, `${run}_keys`]) await admin.query(`drop database "${name}" with (force)`)
    await admin.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('goes on after the newest moment it stored, tells its metrics, and may forget what is past its time', async () => {
    const first = await start(await freePort())
    const { clock } = deps!
    expect(clock.today()).toBe(isoDate('2025-03-10'))
    await record('spec-1')
    await first.stop()

    const port = await freePort()
    const second = await start(port)
    try {
      expect(deps!.clock.now() > late).toBe(true)
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      for (const name of ['relay_pending_rows', 'relay_lag_seconds', 'outbox_bytes', 'fence_lag_seconds']) {
        expect(text).toContain(`ziv_${name}{service="spec"}`)
      }
      expect(text).toMatch(/^ziv_consumer_lag_messages\{service="spec",consumer="[\w.]+",topic="ziv.clock.v1"\} \d+$/m)
      expect(text).toMatch(/^ziv_parked_keys\{service="spec",consumer="[\w.]+"\} 0$/m)
      await deps!.database.query(
        `insert into app_http.idempotency (key_digest, request, state, lease_until, status, created_at)
         values ('a', 'b', 'done', now(), 200, now() - interval '2 days')`,
      )
      const registry = new Registry()
      const tasks = serviceUpkeep({ name: 'spec', database: deps!.database, clock: deps!.clock })
      const upkeep = startUpkeep({ tasks, logger: pino({ level: 'silent' }), registry })
      await upkeep.round()
      await upkeep.stop()
      expect(await registry.metrics()).toContain('{service="spec",what="idempotency"} 1')
      expect((await deps!.database.query('select 1 from app_http.idempotency')).rowCount).toBe(0)
    } finally {
      await second.stop()
    }
  })

  it('makes its last note when its last work is done', async () => {
    let recorded = false
    const running = await start(await freePort(), async () => {
      if (recorded) return
      recorded = true
      await record('spec-2')
      // a writing transaction of another spec on the same server holds the newest events back for a moment
      const seen = async () => (await extendDigest(deps!.database, EMPTY_LOG)).events
      await expect.poll(seen, { timeout: 30_000 }).toBe(2)
    })
    await running.stop()
    const lines = (await readFile(join(folder, 'notes', `${run}.spec`, 'anchors.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines.at(-1)).toContain('"events":2,')
  })

  it('goes on with a proof that was broken off where it was', async () => {
    const proving = (options: VerifyServiceOptions) => verifyService(service(), configOf(1), options)
    const file = join(folder, 'notes', `${run}.spec`, 'verification.jsonl')
    const ranges = async () =>
      (await readFile(file, 'utf8')).split('\n').flatMap((line) => /"range":"([^"]+)"/.exec(line)?.[1] ?? [])
    const whole = await proving({ anew: true })
    const all = await ranges()
    const broken = new AbortController()
    const onProgress = () => broken.abort()
    const first = await proving({ anew: true, signal: broken.signal, onProgress })
    expect(first.length).toBeLessThan(whole.length)
    const before = await ranges()
    expect(before.length).toBeLessThan(all.length)
    expect(await proving({})).toEqual(whole)
    expect(await ranges()).toEqual([...before, ...all.filter((range) => !before.includes(range))])
  })

  it('noted what its log holds, in a file and a topic, and is proved beside it by a process that changes nothing', async () => {
    const proved = async () => (await verifyService(service(), configOf(1))).filter(({ ok }) => !ok)
    expect(await proved()).toEqual([])
    const checks = (await verifyService(service(), configOf(1))).map(({ check }) => check)
    expect(checks.slice(0, 2)).toEqual([
      'notes in the topic are those of the file',
      'logs hold what was noted outside the databases',
    ])
    const owner = createDatabase({ connectionString: urlOf(run), applicationName: 'spec', max: 1 })
    await owner.query('delete from es.streams')
    await owner.query('delete from es.events')
    await owner.close()
    // an empty log has no chain to break: what was noted outside tells that there was one
    expect(await proved()).toMatchObject([{ detail: expect.stringContaining('1 events are gone') }])
  })
})
