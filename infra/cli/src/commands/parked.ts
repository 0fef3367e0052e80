import { readFileSync } from 'node:fs'
import { catalog } from '@ziv/contracts'
import { decodeUtf8 } from '@ziv/kernel'
import { discardParked, type Replacement, replaceParked, unparkKey } from '@ziv/messaging'
import { type Sandbox, type ServiceName, serviceNames, startSandbox } from '@ziv/sandbox'
import { Argument, Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'

interface ParkedRow {
  readonly consumer: string
  readonly topic: string
  readonly key: string
  readonly place: string
  readonly reason: string
  readonly error: string
}

interface SettleOptions {
  readonly data: string
  readonly operator: string
  readonly file?: string
}

interface ReleaseOptions {
  readonly data: string
  readonly operator: string
  readonly acceptGap?: boolean
}

/** `ziv parked list|release|replace|discard`: keys that stand still because a message of theirs could not be handled. */
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
  for (const action of ['replace', 'discard'] as const) {
    const command = parked
      .command(action)
      .description(
        action === 'discard'
          ? 'set one message aside for good, by its place; your name is kept with it'
          : 'put a mended message in the place of one, then release its key; your name is kept with it',
      )
      .addArgument(new Argument('<service>', 'service that parked it').choices(serviceNames))
      .argument('<consumer>', 'consumer, as the list names it')
      .argument('<topic>', 'topic')
      .argument('<key>', 'key')
      .argument('<place>', 'epoch/sequence, as the list names it')
      .requiredOption('--operator <name>', 'who decides it')
      .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    if (action === 'replace')
      command.requiredOption('--file <file>', 'JSON with the headers and the value of the mended message')
    command.action(
      (service: ServiceName, consumer: string, topic: string, key: string, at: string, options: SettleOptions) =>
        looking(config, options.data, (sandbox) => settle(sandbox, { service, consumer, topic, key, at }, options)),
    )
  }
  return parked
}

async function settle(
  sandbox: Sandbox,
  { service, at, ...place }: Record<'consumer' | 'topic' | 'key' | 'at', string> & { readonly service: ServiceName },
  { operator, file }: SettleOptions,
): Promise<void> {
  const [, epoch, sequence] = /^(\d+)\/(-?\d+)$/.exec(at) ?? []
  if (epoch === undefined) throw new Error(`${at} is no place: write epoch/sequence as \`ziv parked list\` does`)
  const { consumer, topic, key } = place
  const context = { database: sandbox.databases[service], consumer, catalog }
  const message = { topic, key, epoch: Number(epoch), sequence: Number(sequence), operator }
  if (file === undefined) await discardParked(context, message)
  else await replaceParked(context, message, replacementIn(file))
  process.stdout.write(`${file === undefined ? 'discarded' : 'replaced'} ${at} of ${topic} ${key}\n`)
}

function replacementIn(file: string): Replacement {
  const text = decodeUtf8(readFileSync(file))
  if (text === null) throw new Error(`${file} is not UTF-8: save it as UTF-8`)
  return JSON.parse(text) as Replacement
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
      `select consumer, topic, key, epoch || '/' || sequence as place, reason, error
       from es.parked order by consumer, topic, key, epoch, sequence`,
    )
    found += rows.length
    for (const { consumer, topic, key, place, reason, error } of rows) {
      process.stdout.write(`${service} ${consumer} ${topic} ${key} ${place}: ${reason}: ${error}\n`)
    }
  }
  process.stdout.write(`${found} messages are parked\n`)
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
  const { replayed, remaining, problem } = result
  if (problem !== undefined && replayed + remaining === 0) throw new Error(problem)
  process.stdout.write(`replayed ${replayed}, still parked ${remaining}\n`)
  if (problem !== undefined) throw new Error(`the key stands still: ${problem}`)
}
