import { type Caller, type Role, roles } from '@ziv/http'
import { isoDate } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import { assertDataFolder, sandboxSecrets } from '@ziv/sandbox'
import { Command, Option } from 'commander'
import type { CliConfig } from '../config.ts'

interface TokenOptions {
  readonly role: Role[]
  readonly ziekenfonds?: string
  readonly insurer?: string
  readonly person?: string
  readonly provider?: string
  readonly subject?: string
  readonly data: string
  readonly minutes: string
}

/** `ziv token`: a bearer token of the built-in issuer of a sandbox. */
export function tokenCommand(config: CliConfig): Command {
  return new Command('token')
    .description('print a token of the sandbox for a role')
    .addOption(new Option('--role <role...>', 'role of the caller').choices(roles).makeOptionMandatory())
    .option('--ziekenfonds <code>', 'ziekenfonds the caller works for; its insurer follows')
    .option('--insurer <code>', 'insurer the caller works for')
    .option('--person <id>', 'for role insured: the person the caller is')
    .option('--provider <number>', 'for role careProvider: the RIZIV number')
    .option('--subject <name>', 'name of the caller in logs')
    .option('--minutes <n>', 'how long it is valid', '60')
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (options: TokenOptions) => {
      assertDataFolder(options.data)
      const { issuer } = await sandboxSecrets(options.data)
      const token = await issuer.token(callerOf(options), { expiresInSeconds: Number(options.minutes) * 60 })
      process.stdout.write(`${token}\n`)
    })
}

function callerOf(options: TokenOptions): Caller {
  const { ziekenfonds, person, provider } = options
  const insurer = options.insurer ?? (ziekenfonds === undefined ? undefined : insurerOf(ziekenfonds))
  return {
    subject: options.subject ?? `${options.role[0]}-${ziekenfonds ?? insurer ?? 'sandbox'}`,
    roles: options.role,
    ...(insurer === undefined ? {} : { insurer }),
    ...(ziekenfonds === undefined ? {} : { ziekenfonds }),
    ...(person === undefined ? {} : { personId: person }),
    ...(provider === undefined ? {} : { providerNumber: provider }),
  }
}

function insurerOf(ziekenfonds: string): string {
  const found = loadZiekenfondsen().insurerOf(ziekenfonds, isoDate('2023-01-02'))
  if (found === null) throw new Error(`there is no ziekenfonds ${ziekenfonds}: GET /riziv/v1/ziekenfondsen lists them`)
  return found
}
