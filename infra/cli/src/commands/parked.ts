import { catalog } from '@ziv/contracts'
import { unparkKey } from '@ziv/messaging'
import { type Sandbox, type ServiceName, serviceNames, startSandbox } from '@ziv/sandbox'
import { Argument, Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'

interface ParkedRow {
  readonly consumer: string
  readonly topic: string
  readonly key: string
  readonly messages: string
  readonly reason: string
  readonly error: string
}

interface ReleaseOptions {
  readonly data: string
  readonly operator: string
  readonly acceptGap?: boolean
}

/** `ziv parked list|release`: keys that stand still because a message of theirs could not be handled. */
export function parkedCommand(config: CliConfig): Command {
  const parked = new Command('parked').description('messages that could not be handled, and how to let them run again')
  parked
    .command('list')
    .description('list the keys that stand still')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action((options: { data: string }) => looking(config, options.data, list))
  parked
    .command('release')
    .description('replay the messages of a key in their order; your name is kept with it')
    .addArgument(new Argument('<service>', 'service that parked it').choices(serviceNames))
    .argument('<consumer>', 'consumer, as the list names it')
    .argument('<topic>', 'topic')
    .argument('<key>', 'key')
    .requiredOption('--operator <name>', 'who decides it')
    .option('--accept-gap', 'go on although messages are missing: only when their content came by another way')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action((service: ServiceName, consumer: string, topic: string, key: string, options: ReleaseOptions) =>
      looking(config, options.data, (sandbox) => release(sandbox, { service, consumer, topic, key }, options)),
    )
  return parked
}

async function looking(config: CliConfig, dataDir: string, work: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const logger = pino({ level: config.logLevel }, pino.destination(2))
  const { kafkaBrokers, postgresUrl } = config
  const sandbox = await startSandbox({
    dataDir,
    passive: true,
    logger,
    ...(kafkaBrokers === undefined ? {} : { kafkaBrokers }),
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
  })
  await work(sandbox).finally(() => sandbox.stop())
}

async function list(sandbox: Sandbox): Promise<void> {
  let found = 0
  for (const service of serviceNames) {
    const { rows } = await sandbox.databases[service].query<ParkedRow>(
      `select consumer, topic, key, count(*)::text as messages, (array_agg(reason order by sequence))[1] as reason,
              (array_agg(error order by sequence))[1] as error
       from es.parked group by consumer, topic, key order by consumer, topic, key`,
    )
    found += rows.length
    for (const { consumer, topic, key, messages, reason, error } of rows) {
      process.stdout.write(`${service} ${consumer} ${topic} ${key}: ${messages} messages, ${reason}: ${error}\n`)
    }
  }
  process.stdout.write(`${found} keys stand still\n`)
}

async function release(
  sandbox: Sandbox,
  place: { readonly service: ServiceName; readonly consumer: string; readonly topic: string; readonly key: string },
  { operator, acceptGap }: ReleaseOptions,
): Promise<void> {
  const { service, consumer, topic, key } = place
  const definition = sandbox.modules[service].consumers.find(({ name }) => name === consumer)
  if (definition === undefined) throw new Error(`${service} has no consumer ${consumer}: see \`ziv parked list\``)
  const context = { database: sandbox.databases[service], definition, catalog }
  const result = await unparkKey(context, { topic, key, operator, ...(acceptGap === true && { acceptGap }) })
  process.stdout.write(`replayed ${result.replayed}, still parked ${result.remaining}\n`)
  if (result.problem !== undefined) throw new Error(`the key does not run: ${result.problem}`)
}
