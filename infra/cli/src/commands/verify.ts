import { startSandbox, verifySandbox } from '@ziv/sandbox'
import { Command } from 'commander'
import { pino } from 'pino'
import type { CliConfig } from '../config.ts'
import { proofLine } from '../report.ts'

interface VerifyOptions {
  readonly data: string
  readonly kafka?: string
  readonly topicPrefix: string
  readonly json?: boolean
}

/** `ziv verify`: proves the data of a sandbox, running or not. Exit code 1 when anything does not hold. */
export function verifyCommand(config: CliConfig): Command {
  return new Command('verify')
    .description(
      'prove chains, notes, messages, keys, stored copies, the ledger, one insurer per person and day, and every return',
    )
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .option('--kafka <brokers>', 'brokers of the Kafka the sandbox uses')
    .option('--topic-prefix <text>', 'the prefix the sandbox was started with', config.topicPrefix)
    .option('--json', 'findings as JSON Lines')
    .action((options: VerifyOptions) => verify(config, options))
}

async function verify(config: CliConfig, options: VerifyOptions): Promise<void> {
  const brokers = options.kafka?.split(',') ?? config.kafkaBrokers
  const sandbox = await startSandbox({
    dataDir: options.data,
    passive: true,
    logger: pino({ level: config.logLevel }, pino.destination(2)),
    ...(brokers === undefined ? {} : { kafkaBrokers: brokers, topicPrefix: options.topicPrefix }),
    ...(config.postgresUrl === undefined ? {} : { postgresUrl: config.postgresUrl }),
  })
  try {
    const findings = []
    const began = performance.now()
    for await (const finding of verifySandbox(sandbox)) {
      findings.push(finding)
      const { ok, check, examined, detail } = finding
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(finding)}\n`
          : `${ok ? 'ok  ' : 'FAIL'} ${check} (${examined}): ${detail}\n`,
      )
    }
    if (options.json !== true) {
      const examined = findings.reduce((sum, finding) => sum + finding.examined, 0)
      const seconds = (performance.now() - began) / 1_000
      const rate = Math.round(examined / seconds).toLocaleString('en-GB')
      process.stdout.write(
        `examined ${examined.toLocaleString('en-GB')} in ${seconds.toFixed(1)} s, ${rate} a second\n`,
      )
      process.stdout.write(`${await proofLine(sandbox, findings)}\n`)
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1
  } finally {
    await sandbox.stop()
  }
}
