import type { Database } from './types.ts'

export interface RuntimeRoleOptions {
  /** Login the service connects as; made when missing. */
  readonly login: string
  /** Letters, digits, `-` and `_`. Set again on every call. */
  readonly password: string
  /** Schemas of the service itself, in which the role may read and write rows (never change tables). */
  readonly schemas: readonly string[]
}

/** The group role that migrations grant to: the event store gives it SELECT and INSERT on history and nothing more. */
const RUNTIME_ROLE = 'ziv_app'

const LOCK = '7161222'

/**
 * Makes the login under which a service runs, member of `ziv_app`, with rights on the rows of its own schemas and of
 * tables added later by the caller's role. Run it after the migrations, as a role that may create roles. Idempotent;
 * concurrent calls wait for one another.
 */
export async function prepareRuntimeRole(database: Database, options: RuntimeRoleOptions): Promise<void> {
  if (!/^[\w-]+$/.test(options.password)) {
    throw new RangeError('the password of a runtime role may hold letters, digits, - and _ only')
  }
  await database.transaction(async (tx) => {
    const { client } = tx
    await tx.query(`select pg_advisory_xact_lock(${LOCK})`)
    const login = client.escapeIdentifier(options.login)
    await ensureRole(tx, RUNTIME_ROLE, 'nologin')
    await ensureRole(tx, options.login, 'login')
    await tx.query(`alter role ${login} with login password ${client.escapeLiteral(options.password)}`)
    await tx.query(`grant ${RUNTIME_ROLE} to ${login}`)
    for (const name of options.schemas) {
      const schema = client.escapeIdentifier(name)
      await tx.query(`
        grant usage on schema ${schema} to ${RUNTIME_ROLE};
        grant select, insert, update, delete on all tables in schema ${schema} to ${RUNTIME_ROLE};
        grant usage on all sequences in schema ${schema} to ${RUNTIME_ROLE};
        alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${RUNTIME_ROLE};
        alter default privileges in schema ${schema} grant usage on sequences to ${RUNTIME_ROLE}`)
    }
  })
}

async function ensureRole(
  tx: Parameters<Parameters<Database['transaction']>[0]>[0],
  name: string,
  kind: 'login' | 'nologin',
): Promise<void> {
  const { rowCount } = await tx.query('select from pg_roles where rolname = $1', [name])
  if (rowCount === 0) await tx.query(`create role ${tx.client.escapeIdentifier(name)} ${kind}`)
}
