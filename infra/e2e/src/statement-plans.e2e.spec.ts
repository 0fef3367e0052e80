import { join } from 'node:path'
import { runDemo } from '@ziv/demo'
import { isoDate } from '@ziv/kernel'
import { serviceNames } from '@ziv/sandbox'
import { type NamedStatement, recordStatements, tablesReadWhole } from '@ziv/testing'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { shortStory } from './security-world.fixture.ts'
import { startTestSandbox, type TestSandbox } from './test-sandbox.ts'

let test: TestSandbox
/** What each service sent while a short story was played. */
const sent = new Map<string, readonly NamedStatement[]>()
const databaseOf = (service: (typeof serviceNames)[number]) => test.sandbox.databases[service]

beforeAll(async () => {
  const recorder = recordStatements()
  test = await startTestSandbox({ postgresUrl: inject('zivPostgresUrl'), startAt: isoDate('2023-01-02') })
  await runDemo(test.sandbox, shortStory(12), join(test.folder, 'files'))
  recorder.stop()
  for (const [database, statements] of recorder.sent) {
    const service = serviceNames.find((name) => database.endsWith(`_${name}`))
    if (service !== undefined) sent.set(service, [...statements.values()])
  }
}, 240_000)
afterAll(() => test?.drop(), 60_000)

/** Statements whose kept plan reads a table whole, with the tables. */
async function readingWhole(service: (typeof serviceNames)[number]): Promise<string[]> {
  const found: string[] = []
  for (const statement of sent.get(service) ?? []) {
    const tables = await tablesReadWhole(databaseOf(service), statement)
    if (tables.length > 0) found.push(`${statement.name}: ${tables.join(', ')}`)
  }
  return found
}

async function emptyTables(service: (typeof serviceNames)[number]): Promise<void> {
  const database = databaseOf(service)
  const { rows } = await database.query<{ tables: string }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ') as tables from pg_tables
      where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'migrations')`,
  )
  await database.query(`truncate ${rows[0]?.tables}`)
  await database.query('analyze')
}

describe.each(serviceNames)('a statement that %s prepares', (service) => {
  it('reads no table whole in a plan made while its tables are small', async () => {
    expect(sent.get(service)?.length).toBeGreaterThan(0)
    await databaseOf(service).query('analyze')
    expect(await readingWhole(service)).toEqual([])
  })

  it('reads no table whole in a plan made while its tables are empty', async () => {
    await emptyTables(service)
    expect(await readingWhole(service)).toEqual([])
  })
})

it('a plan that reads a table whole is noticed', async () => {
  const ids = sent.get('rights')?.find(({ name }) => name === 'rights_decision_ids') as NamedStatement
  const tables = await databaseOf('rights').transaction(async (tx) => {
    await tx.query('set local enable_seqscan = on')
    return await tablesReadWhole(tx, ids)
  })
  expect(tables).toContain('app.periods')
})
