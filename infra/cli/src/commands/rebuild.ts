import { startSandbox } from '@ziv/sandbox'
import { Argument, Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'
import { afterPainted, tellPersons } from '../spaced.ts'

const rebuildable = ['rights', 'landsbond'] as const

/** What an operator has to know of those who had been told something else. */
const correctedLine = (done: { readonly rebuilt: number; readonly corrected?: number }): string =>
  done.corrected === undefined || done.corrected === 0
    ? ''
    : `${done.corrected} of them had been told another right: it was decided again, and every reader is told while the sandbox runs; find out why\n`

/** `ziv rebuild <service>`: throws the read models of a service away and makes them again from what is kept for good. */
export function rebuildCommand(config: CliConfig): Command {
  return new Command('rebuild')
    .description('make the read models of a service again from its events and facts')
    .addArgument(new Argument('<service>', 'service').choices(rebuildable))
    .option('--data <folder>', 'data folder of the sandbox, which may be running', config.dataDir)
    .action(async (service: (typeof rebuildable)[number], options: { data: string }) => {
      const sandbox = await startSandbox({
        dataDir: options.data,
        passive: true,
        logger: pino({ level: config.logLevel }, pino.destination(2)),
      })
      try {
        const done = await sandbox.modules[service].rebuild(tellPersons())
        process.stdout.write(`${afterPainted()}rebuilt ${done.rebuilt} of ${service}\n${correctedLine(done)}`)
      } finally {
        await sandbox.stop()
      }
    })
}
