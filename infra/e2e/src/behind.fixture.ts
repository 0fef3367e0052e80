import { createDatabase, type Database } from '@ziv/postgres'
import { rangedProofsOf, type Sandbox, verifySandbox } from '@ziv/sandbox'
import { type Finding, proveInRanges, type RangedProof } from '@ziv/service'
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

const findings = (sandbox: Sandbox, proof: RangedProof) =>
  Array.fromAsync(proveInRanges([proof], { businessDate: sandbox.clock.today() }))

type ProofsByCheck = ReadonlyMap<string, RangedProof>
const known = new WeakMap<Sandbox, Promise<ProofsByCheck>>()

/**
 * Which proof tells a check; asked once, while all holds: it takes a whole verification, and a proof that cannot be carried through
 * tells something else.
 */
export function proofsByCheck(sandbox: Sandbox): Promise<ProofsByCheck> {
  const proofs = known.get(sandbox) ?? findProofs(sandbox)
  known.set(sandbox, proofs)
  return proofs
}

async function findProofs(sandbox: Sandbox): Promise<ProofsByCheck> {
  const proofs = new Map<string, RangedProof>()
  for (const proof of rangedProofsOf(sandbox)) {
    for (const { check } of await findings(sandbox, proof)) proofs.set(check, proof)
  }
  return proofs
}

/** Whether a proof finds something now. */
export const failsNow = async (sandbox: Sandbox, proof: RangedProof): Promise<boolean> =>
  (await findings(sandbox, proof)).some(({ ok }) => !ok)

/** What a check says now: by its proof alone, or by all of them where it is one of this moment. */
export async function findingOf(sandbox: Sandbox, check: string): Promise<Finding | undefined> {
  const proof = (await proofsByCheck(sandbox)).get(check)
  const all = proof === undefined ? await Array.fromAsync(verifySandbox(sandbox)) : await findings(sandbox, proof)
  return all.find((finding) => finding.check === check)
}

/** Every check of the whole system that does not hold now. */
export const failedChecks = async (sandbox: Sandbox): Promise<readonly Finding[]> =>
  (await Array.fromAsync(verifySandbox(sandbox))).filter(({ ok }) => !ok)
