import { startSandbox } from '@ziv/sandbox'
import { Argument, Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'

const rebuildable = ['rights', 'landsbond'] as const

/** `ziv rebuild <service>`: throws the read models of a service away and makes them again from what is kept for good. */
export function rebuildCommand(config: CliConfig): Command {
  return new Command('rebuild')
    .description('make the read models of a service again from its events and facts')
    .addArgument(new Argument('<service>', 'service').choices(rebuildable))
    .option('--data <folder>', 'data folder of the sandbox, which must not be running', config.dataDir)
    .action(async (service: (typeof rebuildable)[number], options: { data: string }) => {
      const sandbox = await startSandbox({
        dataDir: options.data,
        passive: true,
        logger: pino({ level: config.logLevel }, pino.destination(2)),
      })
      try {
        const { rebuilt } = await sandbox.modules[service].rebuild((done) => process.stderr.write(`\r${done} persons`))
        process.stdout.write(`\rrebuilt ${rebuilt} of ${service}\n`)
      } finally {
        await sandbox.stop()
      }
    })
}
