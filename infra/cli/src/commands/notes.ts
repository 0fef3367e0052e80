import { startSandbox } from '@ziv/sandbox'
import { Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'
import { close } from '../until-stopped.ts'

interface NotesOptions {
  readonly data: string
  readonly kafka?: string
  readonly topicPrefix: string
}

/** `ziv notes send`: puts the notes back into their topic that it took once and holds no more. */
export function notesCommand(config: CliConfig): Command {
  const send = new Command('send')
    .description('send the notes again that were sent and are no longer in their topic; nothing else does so')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .option('--kafka <brokers>', 'brokers of the Kafka the sandbox uses')
    .option('--topic-prefix <text>', 'the prefix the sandbox was started with', config.topicPrefix)
    .action((options: NotesOptions) => sendNotes(config, options))
  return new Command('notes').description('the signed notes of what the logs hold').addCommand(send)
}

async function sendNotes({ kafkaBrokers, postgresUrl, logLevel }: CliConfig, options: NotesOptions): Promise<void> {
  const brokers = options.kafka?.split(',') ?? kafkaBrokers
  const sandbox = await startSandbox({
    dataDir: options.data,
    passive: true,
    logger: pino({ level: logLevel }, pino.destination(2)),
    ...(brokers === undefined ? {} : { kafkaBrokers: brokers, topicPrefix: options.topicPrefix }),
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
  })
  try {
    process.stdout.write(`${await sandbox.sendNotes()} notes were sent\n`)
  } finally {
    await close(sandbox.stop())
  }
}
