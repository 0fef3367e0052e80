// How fast a DmfA file is recorded and published, against COPY of the same rows in the same run, and what it costs.
// node services/contributions/bench/intake.ts [persons] [files]

import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { affiliationOpened, capacityAcquired } from '@ziv/contracts'
import { eventStoreMigrations, readCheckpoint } from '@ziv/event-store'
import { httpMigrations } from '@ziv/http'
import { isoDate, movableClock, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import {
  consumerMigrations,
  createEmbeddedDriver,
  loadTopics,
  messagingLogMigrations,
  type ReceivedEvent,
  relayProcessor,
  startRelay,
} from '@ziv/messaging'
import { copyIn, createDatabase, type Database, migrate } from '@ziv/postgres'
import { createVault, privacyMigrations } from '@ziv/privacy'
import { population, type SyntheticPerson, startEmbeddedPostgres } from '@ziv/testing'
import { pino } from 'pino'
import { createContributions, migrations } from '../src/index.ts'
import { dmfaFile, textOf } from '../src/testing/dmfa-file.ts'

const persons = Number(process.argv[2] ?? 20_000)
const files = Number(process.argv[3] ?? 4)
const insurers = ['100', '200', '300', '400', '500', '600', '900']
const recordedAt = '2022-01-03T10:00:00.000Z'
const folder = await mkdtemp(join(tmpdir(), 'ziv-intake-'))
const server = await startEmbeddedPostgres({ dataDir: folder })
const admin = createDatabase({ connectionString: server.urlOf('postgres'), applicationName: 'bench', max: 1 })
const databases: Database[] = []

async function fresh(name: string, folders: readonly string[]): Promise<Database> {
  await admin.query(`create database ${name}`)
  const database = createDatabase({ connectionString: server.urlOf(name), applicationName: 'bench', max: 8 })
  for (const migration of folders) await migrate(database, { folder: migration })
  databases.push(database)
  return database
}

let offset = 0

/** What the affiliation service publishes about a person who joins. */
function joining({ personId, insurer, ziekenfonds, birthDate, sex, capacity }: SyntheticPerson, inszIndex: string) {
  const who = { personId, insurer, ziekenfonds }
  const from = '2022-01-03'
  const received = (type: string, data: object): ReceivedEvent => {
    offset += 1
    const id = uuidV5(`bench/${offset}`)
    const place = { partition: 0, offset: String(offset), epoch: 1, sequence: offset }
    const topic = `ziv.${insurer}.affiliation.v1`
    return { ...place, topic, key: personId, id, type, recordedAt, actor: 'bench', correlationId: id, data }
  }
  const affiliationId = uuidV5(`affiliation/${personId}`)
  const capacityId = uuidV5(`capacity/${personId}`)
  return [
    received(affiliationOpened.type, { ...who, affiliationId, from, inszIndex, birthDate, sex }),
    received(capacityAcquired.type, { ...who, capacityId, capacity, from, acquiredOn: from, requestedOn: from }),
  ]
}

/** CPU time of everything PostgreSQL runs, in milliseconds. */
async function serverCpuMs(): Promise<number> {
  const postmaster = readFileSync(join(server.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]!
  let ticks = 0
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // of the postmaster also what its ended children used
    if (fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    else if (pid === postmaster) ticks += Number(fields[13]) + Number(fields[14])
  }
  return ticks * 10
}

/** CPU time so far of this process and of PostgreSQL. */
async function cpuMs() {
  const { user, system } = process.cpuUsage()
  return { own: (user + system) / 1000, server: await serverCpuMs() }
}

const tables = ['es.streams', 'es.events', 'es.topic_keys', 'es.outbox', 'app.year_state']

const twinOf = (table: string): string => `twin.${table.replace('.', '_')}`

/** Copies the rows that transactions after the mark wrote into equal empty tables; answers what that took. */
async function copyRowsSince(database: Database, mark: string, from: readonly string[]) {
  await database.query('create schema if not exists twin')
  const copies: { table: string; lines: string[] }[] = []
  for (const table of from) {
    const { rows: columns } = await database.query<{ column_name: string }>(
      `select column_name from information_schema.columns where table_schema || '.' || table_name = $1
        order by ordinal_position`,
      [table],
    )
    const row = columns.map(({ column_name: name }) => `replace("${name}"::text, '\\', '\\\\')`)
    const { rows } = await database.query<{ line: string }>(
      `select concat_ws(E'\\t', ${row.join(', ')}) || E'\\n' as line from ${table} where xmin::text::bigint >= $1`,
      [mark],
    )
    copies.push({ table, lines: rows.map(({ line }) => line) })
    await database.query(`drop table if exists ${twinOf(table)}`)
    await database.query(`create table ${twinOf(table)} (like ${table} including all)`)
  }
  const before = await cpuMs()
  const started = performance.now()
  await database.transaction(async (tx) => {
    for (const { table, lines } of copies) await copyIn(tx, `copy ${twinOf(table)} from stdin`, lines)
  })
  const ms = performance.now() - started
  const after = await cpuMs()
  return { ms, cpuMs: after.own + after.server - before.own - before.server }
}

const markOf = async (database: Database): Promise<string> =>
  (await database.query<{ mark: string }>('select pg_current_xact_id()::text as mark')).rows[0]!.mark

try {
  const database = await fresh('intake', [
    ...[eventStoreMigrations, consumerMigrations, httpMigrations],
    ...[privacyMigrations, migrations],
  ])
  const log = await fresh('log', [messagingLogMigrations])
  const driver = createEmbeddedDriver({ database: log })
  await driver.ensureTopics(loadTopics(insurers))
  const clock = movableClock(isoDate('2026-02-16'))
  const keys = { masterKey: Buffer.alloc(32, 1), indexKey: Buffer.alloc(32, 2) }
  const vault = createVault({ database, ...keys })
  const service = await createContributions({
    ...{ database, driver, clock, vault, law: loadLaw(), logger: pino({ level: 'silent' }), insurers },
    auth: { verify: () => Promise.reject(new Error('nobody calls the bench')) },
    environment: 'sandbox',
  })
  const made = population({
    ...{ persons: persons * 2, seed: 7 },
    ...{ from: isoDate('2022-01-03'), to: isoDate('2030-12-31') },
  })
  const people = [...made].filter(({ employer }) => employer !== null).slice(0, persons)
  const events = people.flatMap((person) => joining(person, vault.blindIndex('insz', person.insz)))
  for (let at = 0; at < events.length; at += 500) {
    await database.transaction((tx) => service.consumers[0]!.handle(tx, events.slice(at, at + 500)))
  }
  await database.query('vacuum analyze')
  const relay = await startRelay({ service: 'contributions', database, driver })
  const untilRelayed = async () => {
    const { rows } = await database.query<{ id: string }>('select max(id) as id from es.outbox')
    for (;;) {
      if ((await readCheckpoint(database, relayProcessor)).position === rows[0]!.id) return
      relay.wake()
      await new Promise((done) => setTimeout(done, 3))
    }
  }
  for (let file = 0; file < files; file += 1) {
    const quarter = `${2023 + Math.floor(file / 4)}Q${1 + (file % 4)}`
    const lines = people.map(({ insz, employer, quarterWageCents }) => ({
      ...{ insz, quarter, employerNumber: employer!.rszNumber, amountCents: quarterWageCents },
    }))
    const bytes = Buffer.from(await textOf(dmfaFile(lines)))
    const source = async function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
    }
    const [mark, logMark] = [await markOf(database), await markOf(log)]
    const before = await cpuMs()
    const started = performance.now()
    let received = 0
    const result = await service.importSlipFile(source(), {
      format: 'dmfa',
      onProgress: () => {
        if (received > 0) return
        received = performance.now() - started
      },
    })
    if (!result.ok || result.intake.recorded !== people.length) throw new Error('the file was not taken whole')
    const recorded = performance.now() - started
    await untilRelayed()
    const ms = performance.now() - started
    const after = await cpuMs()
    const own = after.own - before.own
    const ofServer = after.server - before.server
    const copied = [await copyRowsSince(database, mark, tables), await copyRowsSince(log, logMark, ['log.messages'])]
    const copyMs = copied.reduce((sum, copy) => sum + copy.ms, 0)
    const copyCpuMs = copied.reduce((sum, copy) => sum + copy.cpuMs, 0)
    const perSlip = (value: number): string => ((value * 1000) / people.length).toFixed(0)
    const rate = (value: number): string => ((people.length * 1000) / value).toFixed(0)
    process.stdout.write(
      `${quarter}: ${rate(ms)} slips/s (read ${Math.round(received)} ms, recorded ${Math.round(recorded)} ms, published ` +
        `${Math.round(ms)} ms), CPU per slip ${perSlip(own)} us here and ${perSlip(ofServer)} us in PostgreSQL; COPY of the ` +
        `same rows ${rate(copyMs)} slips/s with ${perSlip(copyCpuMs)} us; ratio ${(copyMs / ms).toFixed(2)}, of the CPU ` +
        `${(copyCpuMs / (own + ofServer)).toFixed(2)}\n`,
    )
  }
  await relay.stop()
  await service.stop()
  await driver.close()
} finally {
  for (const database of databases) await database.close()
  await admin.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
