import { randomBytes } from 'node:crypto'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { createDatabase } from './database.ts'
import { type MigrateOptions, migrate } from './migrate.ts'
import type { Database } from './types.ts'

export interface DriftOptions {
  /** The folders of this database, in the order they build on one another. */
  readonly migrations: readonly (string | MigrateOptions)[]
  /** Of a role that may create databases on a server of the same version: the comparison is built there and removed again. */
  readonly adminConnectionString: string
  /** Schemas whose grants come from migrations and are compared too. Default: `es`. */
  readonly grantSchemas?: readonly string[]
}

/** One object that is not as the migrations make it. */
export interface DriftFinding {
  /** For instance `column es.events.data` or `index es.events_tail`. */
  readonly object: string
  readonly problem: 'missing' | 'unexpected' | 'different'
  readonly expected?: string
  readonly actual?: string
}

/**
 * Compares a live database with what its migrations give: runs them on a throw-away database and compares the two
 * catalogues (tables, columns, defaults, constraints, indexes, views, functions, triggers, types, grants). An empty
 * answer means no drift. Rows are never looked at.
 */
export async function detectDrift(database: Database, options: DriftOptions): Promise<readonly DriftFinding[]> {
  const schemas = options.grantSchemas ?? ['es']
  const expected = await expectedCatalogue(options, schemas)
  return compare(expected, await readCatalogue(database, schemas))
}

async function expectedCatalogue(options: DriftOptions, schemas: readonly string[]): Promise<Catalogue> {
  const settings = { max: 1, applicationName: 'ziv-drift', statementTimeoutMs: 0 }
  const admin = createDatabase({ ...settings, connectionString: options.adminConnectionString })
  const name = `ziv_drift_${randomBytes(6).toString('hex')}`
  try {
    await admin.query(`create database ${name} template template0`)
    const url = new URL(options.adminConnectionString)
    url.pathname = `/${name}`
    const fresh = createDatabase({ ...settings, connectionString: url.href })
    try {
      for (const item of options.migrations) await migrate(fresh, typeof item === 'string' ? { folder: item } : item)
      return await readCatalogue(fresh, schemas)
    } finally {
      await fresh.close()
    }
  } finally {
    await admin.query(`drop database if exists ${name}`)
    await admin.close()
  }
}

function compare(expected: Catalogue, actual: Catalogue): readonly DriftFinding[] {
  const findings: DriftFinding[] = []
  for (const [object, definition] of expected) {
    const found = actual.get(object)
    if (found === undefined) findings.push({ object, problem: 'missing', expected: definition })
    else if (found !== definition) findings.push({ object, problem: 'different', expected: definition, actual: found })
  }
  for (const [object, definition] of actual) {
    if (!expected.has(object)) findings.push({ object, problem: 'unexpected', actual: definition })
  }
  return findings.sort((a, b) => (a.object < b.object ? -1 : 1))
}
