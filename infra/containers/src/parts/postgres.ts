import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@ziv/local-postgres'
import { createDatabase, type Database } from '@ziv/postgres'
import { containerOf, expectSame, rootFolder, type World } from '../world.ts'

async function within<T>(connectionString: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = createDatabase({ connectionString, max: 1, applicationName: 'try-containers' })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** The statements of a script, as psql sends them: one by one, because a database is not made in a transaction. */
const statementsOf = (script: string): string[] =>
  script
    .replace(/^--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')

/** `-c name=value` of the compose file's command. */
const settingsOf = (command: readonly string[]): Record<string, string> =>
  Object.fromEntries(command.filter((word) => word.includes('=')).map((word) => word.split('=') as [string, string]))

/** Starts PostgreSQL with the user and settings of the compose file and runs databases.sql as the image does on a new volume. */
export async function tryPostgres(world: World, held: AsyncDisposableStack): Promise<string> {
  const { environment, command } = containerOf(world, 'postgres')
  const { POSTGRES_USER: user = '', POSTGRES_PASSWORD: password = '' } = environment
  const server: EmbeddedPostgres = await startEmbeddedPostgres({
    dataDir: join(world.folder, 'postgres'),
    settings: settingsOf(command),
  })
  held.defer(() => server.stop())
  world.places.set('postgres', `127.0.0.1:${server.port}`)
  const script = await readFile(join(rootFolder, 'infra/compose/postgres/databases.sql'), 'utf8')
  await within(server.url, async (database) => {
    await database.query(`create role "${user}" superuser login password '${password}'`)
    await database.query(`create database "${user}" owner "${user}"`)
  })
  const url = Object.assign(new URL(server.urlOf(user)), { username: user, password }).toString()
  const { version, made } = await within(url, async (database) => {
    for (const statement of statementsOf(script)) await database.query(statement)
    const { rows } = await database.query<{ datname: string }>(
      `select datname from pg_database where datname like 'ziv\\_%'`,
    )
    const told = await database.query<{ server_version: string }>('show server_version')
    return { version: told.rows[0]!.server_version, made: rows.map(({ datname }) => datname).sort() }
  })
  const wanted = [...world.containers.values()].flatMap(({ environment: { DATABASE_URL, PRIVACY_DATABASE_URL } }) =>
    [DATABASE_URL, PRIVACY_DATABASE_URL].flatMap((one) => (one === undefined ? [] : [new URL(one).pathname.slice(1)])),
  )
  expectSame('databases', made, [...new Set(wanted)].sort())
  return `PostgreSQL ${version}, databases.sql made the ${made.length} databases that the services name`
}
