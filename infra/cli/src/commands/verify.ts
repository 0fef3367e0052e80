import { availableParallelism } from 'node:os'
import { startSandbox, verifySandbox } from '@ziv/sandbox'
import type { Finding, Progress } from '@ziv/service'
import { Command, Option } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'
import { proofLine } from '../report.ts'
import { spaced } from '../spaced.ts'
import { close, INTERRUPTED, stopSignal } from '../until-stopped.ts'
import { whole } from '../whole.ts'

interface VerifyOptions {
  readonly data: string
  readonly kafka?: string
  readonly topicPrefix: string
  readonly json?: boolean
  readonly anew?: boolean
  readonly threads: number
}

/** Between two lines that say how far it is. */
const LINE_MS = 1_000

/** `ziv verify`: proves the data of a sandbox, running or not. Exit code 1 when anything does not hold. */
export function verifyCommand(config: CliConfig): Command {
  return new Command('verify')
    .description(
      'prove chains, notes, messages, keys, stored copies, the ledger, one insurer per person and day, and every return',
    )
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .option('--kafka <brokers>', 'brokers of the Kafka the sandbox uses')
    .option('--topic-prefix <text>', 'the prefix the sandbox was started with', config.topicPrefix)
    .addOption(
      new Option('--threads <n>', 'threads that prove')
        .argParser(whole(1, 64))
        .default(availableParallelism(), 'one per core'),
    )
    .option('--anew', 'do not go on from a run that was broken off')
    .option('--json', 'findings as JSON Lines, each with the names of what differs, 1,000 at most')
    .action((options: VerifyOptions) => verify(config, options))
}

const number = (value: number): string => Math.round(value).toLocaleString('en-GB')

/** How far it is, and how fast. */
function progressLine({ ranges, rangesDone, keys, keysDone, keysNow, seconds, threads }: Progress): string {
  const part = Math.floor((100 * rangesDone) / ranges)
  return `${part} % (${rangesDone} of ${ranges} ranges, ${number(keysDone)} of ${number(keys)} keys), ${number(keysNow / Math.max(seconds, 0.001))} keys a second, ${threads} threads\n`
}

async function verify(config: CliConfig, options: VerifyOptions): Promise<void> {
  const stop = stopSignal()
  const brokers = options.kafka?.split(',') ?? config.kafkaBrokers
  const sandbox = await startSandbox({
    dataDir: options.data,
    passive: true,
    logger: pino({ level: config.logLevel }, pino.destination(2)),
    ...(brokers === undefined ? {} : { kafkaBrokers: brokers, topicPrefix: options.topicPrefix }),
    ...(config.postgresUrl === undefined ? {} : { postgresUrl: config.postgresUrl }),
  })
  // findings are what stands on the standard output: how far it is goes beside it
  const tell = (line: string): void => void process.stderr.write(line)
  const tellNow = spaced(tell, LINE_MS)
  try {
    const findings: Finding[] = []
    const began = performance.now()
    const proving = verifySandbox(sandbox, {
      threads: options.threads,
      keep: options.anew === true ? 'anew' : 'resume',
      signal: stop,
      onProgress: (progress) => tellNow(progressLine(progress)),
      onBegin: (words) => tell(`verification ${words}\n`),
    })
    for await (const finding of proving) {
      findings.push(finding)
      process.stdout.write(options.json === true ? `${JSON.stringify(finding)}\n` : lineOf(finding))
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1
    if (stop.aborted) {
      tell('broken off: the next run goes on from here\n')
      process.exitCode = INTERRUPTED
    } else if (options.json !== true) {
      const examined = findings.reduce((sum, finding) => sum + finding.examined, 0)
      const seconds = (performance.now() - began) / 1_000
      process.stdout.write(
        `examined ${number(examined)} in ${seconds.toFixed(1)} s, ${number(examined / seconds)} a second\n`,
      )
      process.stdout.write(`${await proofLine(sandbox, findings)}\n`)
    }
  } finally {
    await close(sandbox.stop())
  }
}

const lineOf = ({ ok, check, examined, detail }: Finding): string =>
  `${ok ? 'ok  ' : 'FAIL'} ${check} (${examined}): ${detail}\n`
