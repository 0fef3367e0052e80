// How fast a renewal is decided and stored, against COPY of the same rows in the same run.
// node services/rights/bench/renewal.ts [persons] [persons per chunk]

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEventStore, eventStoreMigrations } from '@ziv/event-store'
import { httpMigrations } from '@ziv/http'
import { isoDate, movableClock, uuidV5 } from '@ziv/kernel'
import { loadLaw } from '@ziv/law'
import { consumerMigrations } from '@ziv/messaging'
import { copyIn, createDatabase, type Database, migrate } from '@ziv/postgres'
import { startEmbeddedPostgres } from '@ziv/testing'
import { pino } from 'pino'
import { dossierOf } from '../src/domain/facts.ts'
import { assessed, capacity, joined } from '../src/domain/testing-facts.ts'
import { timelineOf } from '../src/domain/timeline.ts'
import { migrations } from '../src/index.ts'
import { replaceEntitlements } from '../src/projections/entitlements.ts'
import { deflate } from '../src/projections/stored-dossier.ts'
import { createBases } from '../src/reactors/bases.ts'
import { createRunner } from '../src/reactors/renewal-run.ts'

const persons = Number(process.argv[2] ?? 20_000)
const personsPerChunk = Number(process.argv[3] ?? 500)
const law = loadLaw()
const folder = mkdtempSync(join(tmpdir(), 'ziv-renewal-'))
const server = await startEmbeddedPostgres({
  dataDir: folder,
  settings: { fsync: 'off', full_page_writes: 'off', shared_buffers: '256MB', max_wal_size: '4GB' },
})
const admin = createDatabase({ connectionString: server.urlOf('postgres'), applicationName: 'bench', max: 1 })
const databases: Database[] = []

async function fresh(name: string): Promise<Database> {
  await admin.query(`create database ${name}`)
  const database = createDatabase({ connectionString: server.urlOf(name), applicationName: 'bench' })
  for (const migration of [eventStoreMigrations, consumerMigrations, httpMigrations, migrations]) {
    await migrate(database, { folder: migration })
  }
  databases.push(database)
  return database
}

function* people() {
  for (let n = 0; n < persons; n += 1) {
    const personId = uuidV5(`bench/${n}`)
    const fact = (id: string) => uuidV5(`${personId}/${id}`)
    const facts = [
      { ...joined('2015-01-01', { affiliationId: fact('a') }), id: fact('opened') },
      { ...capacity('EMPLOYEE', '2015-01-01', { capacityId: fact('c') }), id: fact('acquired') },
      ...[2020, 2021, 2022, 2023].map((year) => assessed(year, n % 20 !== 0 || year < 2023, { id: fact(`${year}`) })),
    ]
    yield dossierOf(personId, facts)
  }
}

async function fill(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    const lines = people().map((d) => `${d.personId}\t300\t306\t${deflate(d).replaceAll('\\', '\\\\')}\t2024\tf\n`)
    await copyIn(
      tx,
      'copy app.persons (person_id, insurer, ziekenfonds, dossier, decided_through, dependant) from stdin',
      lines,
    )
    const of2024 = people().map((dossier) => {
      const { decisions, periods } = timelineOf(dossier, { rules: { law }, decidedThrough: 2024, holders: new Map() })
      return { personId: dossier.personId, decisions: decisions.slice(-2), periods: periods.slice(-2) }
    })
    await replaceEntitlements(tx, [...of2024])
  })
  await database.query('vacuum analyze')
}

const tables = ['es.streams', 'es.events', 'es.topic_keys', 'es.outbox', 'app.decisions', 'app.periods']

/** Columns of a table that a COPY can fill. */
async function columnsOf(database: Database, table: string): Promise<string> {
  const [schema, name] = table.split('.')
  const { rows } = await database.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_schema = $1 and table_name = $2 and is_identity = 'NO'
       order by ordinal_position`,
    [schema, name],
  )
  return rows.map((row) => row.column_name).join(', ')
}

/** The rows of a table as the lines COPY takes. */
async function linesOf(database: Database, table: string, columns: string): Promise<string[]> {
  const where = table === 'app.periods' ? ` where from_day >= '2025-01-01'` : ''
  const row = columns.split(', ').map((column) => `replace(${column}::text, '\\', '\\\\')`)
  const { rows } = await database.query<{ line: string }>(
    `select concat_ws(E'\\t', ${row.join(', ')}) || E'\\n' as line from ${table}${where}`,
  )
  return rows.map(({ line }) => line)
}

try {
  const one = await fresh('renewal')
  await fill(one)
  const clock = movableClock(isoDate('2025-01-01'))
  const logger = pino({ level: 'silent' })
  await one.query(
    `insert into app.runs (run_id, kind, year, state, business_date, started_at) values (gen_random_uuid(), 'renewal', 2024, 'done', '2024-01-01', now())`,
  )
  const runner = createRunner({
    database: one,
    store: createEventStore(),
    bases: createBases(),
    clock,
    law,
    logger,
    personsPerChunk,
  })
  const cpuBefore = process.cpuUsage()
  const started = performance.now()
  const run = await runner.run('renewal', 2025, 'bench')
  const seconds = (performance.now() - started) / 1000
  const cpu = process.cpuUsage(cpuBefore)
  if (run.examined !== persons || run.granted + run.refused !== persons)
    throw new Error('the run did not reach everybody')

  const other = await fresh('copied')
  await fill(other)
  const copies: { table: string; columns: string; lines: string[] }[] = []
  for (const table of tables) {
    const columns = await columnsOf(one, table)
    copies.push({ table, columns, lines: await linesOf(one, table, columns) })
  }
  const copyStarted = performance.now()
  for (let start = 0; start < persons; start += personsPerChunk) {
    await other.transaction(async (tx) => {
      for (const { table, columns, lines } of copies) {
        await copyIn(tx, `copy ${table} (${columns}) from stdin`, lines.slice(start, start + personsPerChunk))
      }
    })
  }
  const copySeconds = (performance.now() - copyStarted) / 1000
  const perSecond = Math.round(persons / seconds)
  const copied = Math.round(persons / copySeconds)
  const ratio = (copySeconds / seconds).toFixed(2)
  process.stdout.write(
    `${persons} persons, ${personsPerChunk} per chunk: renewal ${perSecond}/s (own CPU ${Math.round(cpu.user / 1000)} ms), COPY of the same rows ${copied}/s, ratio ${ratio}\n`,
  )
} finally {
  for (const database of databases) await database.close()
  await admin.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
