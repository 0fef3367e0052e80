import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { ApiClient } from '../http-client.ts'

interface RunAnswer {
  readonly runId: string
  readonly state: 'running' | 'done'
  readonly examined: number
  readonly granted: number
  readonly refused: number
  readonly warned: number
}

/** `ziv renew <year>`: the renewal of a year, or with --warnings the letters of 1 December. */
export function renewCommand(config: CliConfig): Command {
  return new Command('renew')
    .description('renew the rights of a year for everybody; goes on where an interrupted run stopped')
    .argument('<year>', 'year of the right')
    .option('--warnings', 'send the warnings of 1 December instead')
    .option('--url <url>', 'address of the sandbox', config.url)
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (year: string, options: { url: string; data: string; warnings?: boolean }) => {
      const client = new ApiClient(options, ['system'])
      const kind = options.warnings === true ? 'warning' : 'renewal'
      let run = (await (
        await client.call('POST', '/rights/v1/renewalRuns', { kind, year: Number(year) })
      ).json()) as RunAnswer
      while (run.state === 'running') {
        process.stderr.write(`\r${run.examined} persons`)
        await sleep(300)
        run = (await (await client.call('GET', `/rights/v1/renewalRuns/${run.runId}`)).json()) as RunAnswer
      }
      process.stdout.write(`\r${JSON.stringify(run, null, 2)}\n`)
    })
}
