import { createDatabase } from '@ziv/postgres'
import { assertDataFolder, databaseNames, openServer, type ServiceName, serviceNames } from '@ziv/sandbox'
import { Argument, Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { stopped, stopSignal } from '../until-stopped.ts'

/** What the names of the databases of a sandbox begin with. */
const PREFIX = 'ziv_'

/** `ziv databases open|raise-epoch`: the databases of a sandbox while its services are stopped, to back them up and restore them. */
export function databasesCommand(config: CliConfig): Command {
  const open = new Command('open')
    .description('start the PostgreSQL of a stopped sandbox, print where each database is, and stop it at Ctrl-C')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(({ data }: { data: string }) => openUntilStopped(config, data))
  const raise = new Command('raise-epoch')
    .description('begin a new epoch in the restored database of a service, before anything writes to it')
    .addArgument(new Argument('<service>', 'service whose database was restored').choices(serviceNames))
    .requiredOption('--reason <text>', 'which backup, and why; it is kept in es.epochs')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action((service: ServiceName, options: { data: string; reason: string }) => raiseEpoch(config, service, options))
  return new Command('databases').description('the databases of a stopped sandbox').addCommand(open).addCommand(raise)
}

const serverOf = (config: CliConfig, dataDir: string) => {
  assertDataFolder(dataDir)
  const { postgresUrl } = config
  return openServer({ dataDir, ...(postgresUrl === undefined ? {} : { postgresUrl }) })
}

async function openUntilStopped(config: CliConfig, dataDir: string): Promise<void> {
  const stop = stopSignal()
  const server = await serverOf(config, dataDir)
  // nothing else keeps this process: its server is another one
  const alive = setInterval(() => undefined, 60_000)
  try {
    const running = await runningServices(server.urlOf)
    if (running.length > 0) {
      process.stderr.write(
        `the sandbox runs (${running.join(', ')}): read only, for whatever is written here breaks its proofs; stop it before a backup or a restore\n`,
      )
    }
    for (const name of databaseNames) process.stdout.write(`${name} ${server.urlOf(`${PREFIX}${name}`)}\n`)
    process.stdout.write('open until Ctrl-C; whoever has these addresses may change everything\n')
    await stopped(stop)
  } finally {
    clearInterval(alive)
    await server.stop()
  }
}

/** Services that hold a connection to their database. */
async function runningServices(urlOf: (database: string) => string): Promise<readonly string[]> {
  const database = createDatabase({ connectionString: urlOf('postgres'), applicationName: 'ziv-databases', max: 1 })
  try {
    const { rows } = await database.query<{ service: string }>(
      `select distinct substr(datname, length($1) + 1) as service from pg_stat_activity
         where starts_with(datname, $1) and application_name = 'ziv-' || substr(datname, length($1) + 1) order by 1`,
      [PREFIX],
    )
    return rows.map(({ service }) => service)
  } finally {
    await database.close()
  }
}

async function raiseEpoch(
  config: CliConfig,
  service: ServiceName,
  { data, reason }: { readonly data: string; readonly reason: string },
): Promise<void> {
  if (reason.trim() === '') throw new Error('say which backup was restored, and why: --reason <text>')
  const server = await serverOf(config, data)
  try {
    const connectionString = server.urlOf(`${PREFIX}${service}`)
    const database = createDatabase({ connectionString, applicationName: 'ziv-raise-epoch', max: 1 })
    try {
      if ((await runningServices(server.urlOf)).includes(service)) {
        throw new Error(`${service} runs: stop it first, an epoch is raised before anything writes`)
      }
      const { rows } = await database.query<{ epoch: number }>('select es.raise_epoch($1) as epoch', [reason])
      process.stdout.write(`${service} is in epoch ${rows[0]?.epoch}\n`)
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
  }
}
