import { createDatabase, type Database } from '@ziv/postgres'
import { type Sandbox, serviceNames, verifySandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'
import { expect, inject } from 'vitest'
import type { Tampering } from './tampering.fixture.ts'

/** A connection of its own to a database of the sandbox, also to those that only the host opens. */
export async function openBehind(sandbox: Sandbox, name: Tampering['database'] | 'sandbox') {
  const { rows } = await sandbox.databases.affiliation.query<{ name: string }>('select current_database() as name')
  const prefix = rows[0]!.name.replace(/affiliation$/, '')
  const connectionString = Object.assign(new URL(inject('zivPostgresUrl')), {
    pathname: `/${prefix}${name}`,
  }).toString()
  const database = createDatabase({ connectionString, applicationName: 'ziv-e2e', max: 1 })
  return { database, [Symbol.asyncDispose]: () => database.close() }
}

/** Makes the change with triggers off, and puts the tables back when it is disposed of. */
export async function changed(database: Database, tables: readonly string[], change: readonly string[]) {
  const copyOf = (table: string): string => `public.kept_${table.replace('.', '_')}`
  await database.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica')
    for (const table of tables) await tx.query(`create table ${copyOf(table)} as table ${table}`)
    for (const sql of change) expect((await tx.query(sql)).rowCount, sql).toBeGreaterThan(0)
  })
  return {
    [Symbol.asyncDispose]: () =>
      database.transaction(async (tx) => {
        await tx.query('set local session_replication_role = replica')
        for (const table of tables) {
          await tx.query(`delete from ${table}`)
          await tx.query(`insert into ${table} overriding system value select * from ${copyOf(table)}`)
          await tx.query(`drop table ${copyOf(table)}`)
        }
      }),
  }
}

/** What a check says now: one of the service the database belongs to, or one of the whole system. */
export async function findingOf(
  sandbox: Sandbox,
  name: Tampering['database'],
  check: string,
): Promise<Finding | undefined> {
  const service = serviceNames.find((known) => known === name)
  const own = service !== undefined && check.startsWith(`${service}: `)
  const findings = own ? sandbox.modules[service].verify() : verifySandbox(sandbox)
  return (await Array.fromAsync(findings)).find((finding) => finding.check === check)
}

/** Every check of the whole system that does not hold now. */
export async function failedChecks(sandbox: Sandbox): Promise<readonly string[]> {
  const findings = await Array.fromAsync(verifySandbox(sandbox))
  return findings.filter(({ ok }) => !ok).map(({ check }) => check)
}
