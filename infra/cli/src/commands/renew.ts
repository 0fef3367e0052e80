import { setTimeout as sleep } from 'node:timers/promises'
import { YEARS } from '@ziv/kernel/schemas'
import { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { ApiClient } from '../http-client.ts'
import { afterPainted, tellPersons } from '../spaced.ts'
import { whole } from '../whole.ts'

interface RunAnswer {
  readonly runId: string
  readonly state: string
  readonly examined: number
  readonly granted: number
  readonly refused: number
  readonly warned: number
}

/** `ziv renew <year>`: the renewal of a year, or with --warnings the letters of 1 December. */
export function renewCommand(config: CliConfig): Command {
  return new Command('renew')
    .description('renew the rights of a year for everybody; goes on where an interrupted run stopped')
    .argument('<year>', 'year of the right', whole(YEARS.from, YEARS.to))
    .option('--warnings', 'send the warnings of 1 December instead')
    .option('--url <url>', 'address of the sandbox', config.url)
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (year: number, options: { url: string; data: string; warnings?: boolean }) => {
      const client = new ApiClient(options, ['system'])
      const kind = options.warnings === true ? 'warning' : 'renewal'
      const first = (await (await client.call('POST', '/rights/v1/renewalRuns', { kind, year })).json()) as RunAnswer
      const run = await ended(client, first, tellPersons())
      process.stdout.write(`${afterPainted()}${JSON.stringify(run, null, 2)}\n`)
    })
}

/** The run when it has ended; throws when it failed: the same command goes on with it. */
export async function ended(
  client: Pick<ApiClient, 'call'>,
  first: RunAnswer,
  tell: (persons: number) => void,
): Promise<RunAnswer> {
  const path = `/rights/v1/renewalRuns/${first.runId}`
  let run = first
  while (run.state === 'processing') {
    tell(run.examined)
    await sleep(300)
    run = (await (await client.call('GET', path)).json()) as RunAnswer
  }
  if (run.state === 'failed')
    throw new Error(`the run failed after ${run.examined} persons: GET ${path}; look at the log`)
  return run
}
