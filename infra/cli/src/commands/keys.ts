import { createDatabase } from '@ziv/postgres'
import { type TurnedMasterKey, turnMasterKey } from '@ziv/privacy'
import { startSandbox } from '@ziv/sandbox'
import { Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'

/** `ziv keys turn`: a new master key in the place of the one that wraps the keys of persons. */
export function keysCommand(config: CliConfig): Command {
  const turn = new Command('turn')
    .description(
      'put a new master key in place of the one in use, also while services run; PRIVACY_DATABASE_URL and ZIV_KEYS_FILE name those of an installation, else the sandbox is meant',
    )
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async ({ data }: { data: string }) => {
      const { keysFile, keysDatabaseUrl } = config
      if ((keysFile === undefined) !== (keysDatabaseUrl === undefined)) {
        throw new Error('give PRIVACY_DATABASE_URL and ZIV_KEYS_FILE together, or neither for the sandbox')
      }
      const { rewrapped } =
        keysFile === undefined || keysDatabaseUrl === undefined
          ? await turnOfSandbox(config, data)
          : await turnOfInstallation(keysDatabaseUrl, keysFile)
      process.stdout.write(
        `${rewrapped} keys are wrapped with the new master key; the one before opens nothing any more\n`,
      )
      process.stdout.write('keep a copy of the key file apart from the databases: without it no person can be read\n')
    })
  return new Command('keys').description('the keys under which personal data rests').addCommand(turn)
}

async function turnOfSandbox(config: CliConfig, dataDir: string): Promise<TurnedMasterKey> {
  const { kafkaBrokers, postgresUrl, logLevel } = config
  const sandbox = await startSandbox({
    dataDir,
    passive: true,
    logger: pino({ level: logLevel }, pino.destination(2)),
    ...(kafkaBrokers === undefined ? {} : { kafkaBrokers }),
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
  })
  return await sandbox.turnMasterKey().finally(() => sandbox.stop())
}

async function turnOfInstallation(connectionString: string, keysFile: string): Promise<TurnedMasterKey> {
  const database = createDatabase({ connectionString, applicationName: 'ziv-keys' })
  return await turnMasterKey(database, keysFile).finally(() => database.close())
}
