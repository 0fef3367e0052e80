import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { type DemoResult, MONTHS_MAX, MONTHS_WITH_ALL, runDemo, storyOf } from '@ziv/demo'
import { type Sandbox, startSandbox, verifySandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'
import { Command } from 'commander'
import { Listr } from 'listr2'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'
import { forget } from '../forget.ts'
import { insurerTable, proofLine } from '../report.ts'
import { spacedInLogs } from '../spaced.ts'
import { close, stopped, stopSignal, unlessStopped } from '../until-stopped.ts'
import { whole } from '../whole.ts'

/** Longest wait for a start that was stopped before its end. */
const START_MS_MAX = 5_000

interface DemoOptions {
  readonly persons: number
  readonly seed: number
  readonly months: number
  readonly port: number
  readonly data: string
  readonly kafka?: string
  readonly topicPrefix: string
  readonly exit?: boolean
  readonly fresh?: boolean
}

/** `ziv demo`: plays two and a half years of a small Belgium and leaves it running to look at. */
export function demoCommand(config: CliConfig): Command {
  return new Command('demo')
    .description('play two and a half years of a small Belgium, from real input files to the distribution of the money')
    .option('--persons <n>', 'persons in the small Belgium', whole(1, 5_000_000), 10_000)
    .option('--seed <n>', 'another seed gives other persons', whole(0, 2_147_483_647), 1)
    .option(
      '--months <n>',
      'months of the story: fewer than all of them for a quick look',
      whole(1, MONTHS_MAX),
      MONTHS_MAX,
    )
    .option('--port <n>', 'port of the host', whole(0, 65_535), 8080)
    .option('--data <folder>', 'where everything is kept', config.dataDir)
    .option('--kafka <brokers>', 'brokers of a real Kafka, separated by commas')
    .option('--topic-prefix <text>', 'before the names of topics and groups, to share a broker', config.topicPrefix)
    .option('--exit', 'stop when the story is told, do not stay up')
    .option('--fresh', 'forget what the data folder holds')
    .action((options: DemoOptions) => demo(config, options))
}

async function demo(config: CliConfig, options: DemoOptions): Promise<void> {
  const started = performance.now()
  const brokers = options.kafka?.split(',') ?? config.kafkaBrokers
  if (options.fresh === true) await forget(options.data)
  process.stdout.write(
    `data in ${resolve(options.data)}, messages through ${brokers === undefined ? 'the embedded log' : brokers.join(', ')}\n`,
  )
  const stop = stopSignal()
  const starting = startSandbox({
    dataDir: options.data,
    port: options.port,
    signal: stop,
    logger: pino({ level: config.logLevel }, pino.destination(2)),
    ...(brokers === undefined ? {} : { kafkaBrokers: brokers, topicPrefix: options.topicPrefix }),
    ...(config.postgresUrl === undefined ? {} : { postgresUrl: config.postgresUrl }),
  })
  const sandbox = await unlessStopped(stop, starting)
  if (sandbox === null) {
    process.stdout.write('\nstopped before it had started\n')
    // a broker that does not answer keeps it from starting: it is not waited for, and what started is stopped
    await close(
      // a start that breaks off because its PostgreSQL ended is what was asked for
      starting.then(
        (started) => started.stop(),
        () => undefined,
      ),
      START_MS_MAX,
    )
    return
  }
  try {
    const ok = await unlessStopped(stop, tellAndReport(sandbox, options, started, stop))
    if (ok === null) process.stdout.write('\nstopped: the same command goes on where the story was\n')
    if (ok === false) process.exitCode = 1
    if (ok !== null && options.exit !== true) {
      process.stdout.write(
        `\nlook around: ${sandbox.url}/   token: npx -y pnpm@10 -s ziv token --role clerk --ziekenfonds 306${dataOption(config, options)}   stop: Ctrl-C\n`,
      )
      await stopped(stop)
    }
  } finally {
    await close(sandbox.stop())
  }
}

/** What a command needs beside its own options to find this sandbox. */
const dataOption = ({ dataDir }: CliConfig, { data }: DemoOptions): string =>
  data === dataDir ? '' : ` --data ${data}`

const tellAndReport = async (
  sandbox: Sandbox,
  options: DemoOptions,
  started: number,
  stop: AbortSignal,
): Promise<boolean> => report(sandbox, await tell(sandbox, options, stop), started, options)

/** A story that is stopped breaks off on what was closed under it: nobody waits for it, and it is no failure to show. */
const unlessStopping =
  (stop: AbortSignal) =>
  (error: unknown): Promise<never> =>
    stop.aborted ? new Promise(() => {}) : Promise.reject(error)

async function tell(sandbox: Sandbox, options: DemoOptions, stop: AbortSignal): Promise<DemoResult> {
  const story = storyOf({ persons: options.persons, seed: options.seed, months: options.months })
  const tasks = new Listr<{ result?: DemoResult }>(
    [
      {
        title: `${story.persons} persons, from ${story.from} to ${story.to}`,
        task: async (context, task) => {
          const show = (line: string): void => {
            task.output = line
          }
          const tellOf = spacedInLogs(show, process.stdout)
          context.result = await runDemo(sandbox, story, join(options.data, 'files'), (progress) => {
            const part = Math.round((progress.done / progress.total) * 30)
            const bar = '█'.repeat(part) + '░'.repeat(30 - part)
            const detail = progress.detail === undefined ? '' : `: ${progress.detail}`
            tellOf(`${bar} ${progress.done}/${progress.total} ${progress.title}${detail}`)
          }).catch(unlessStopping(stop))
        },
      },
    ],
    { fallbackRenderer: 'simple', rendererOptions: { collapseSubtasks: false }, registerSignalListeners: false },
  )
  const { result } = await tasks.run({})
  if (result === undefined) throw new Error('the story was not told')
  return result
}

/** What a short story does not come to, and what fails: in a story with every kind of event a check that finds nothing has failed. */
export function notProven(
  findings: readonly Finding[],
  { months }: Pick<DemoOptions, 'months'>,
): readonly [toCome: readonly Finding[], failed: readonly Finding[]] {
  const open = findings.filter(({ ok }) => !ok)
  const isToCome = ({ examined }: Finding): boolean => months < MONTHS_WITH_ALL && examined === 0
  return [open.filter(isToCome), open.filter((finding) => !isToCome(finding))]
}

async function report(sandbox: Sandbox, result: DemoResult, started: number, options: DemoOptions): Promise<boolean> {
  // a thread takes about a second to start: of few persons one has proved everything by then
  const threads = options.persons < 2_000 ? 1 : availableParallelism()
  const findings = await Array.fromAsync(verifySandbox(sandbox, { threads }))
  process.stdout.write(`\n${await insurerTable(sandbox)}\n`)
  process.stdout.write(`files fed: ${join(sandbox.dataDir, 'files')}\n`)
  if (result.resumed > 0)
    process.stdout.write(`went on after ${result.resumed} of ${result.steps} steps of an earlier run\n`)
  const [toCome, failed] = notProven(findings, options)
  if (toCome.length > 0) {
    const checks = toCome.map(({ check }) => check).join(', ')
    process.stdout.write(`${options.months} months bring nothing yet that these checks examine: ${checks}\n`)
  }
  for (const { check, detail } of failed) process.stdout.write(`NOT PROVEN ${check}: ${detail}\n`)
  process.stdout.write(`${await proofLine(sandbox, findings)}\n`)
  process.stdout.write(`ready in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
  return failed.length === 0
}
