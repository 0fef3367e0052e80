import { INSURERS } from '@ziv/contracts'
import { type Caller, callerClaims, claimsOfRole, type Role, roles } from '@ziv/http'
import { isoDate, parseRizivNumber } from '@ziv/kernel'
import { loadZiekenfondsen } from '@ziv/law'
import { assertDataFolder, sandboxSecrets } from '@ziv/sandbox'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { CliConfig } from '../config.ts'
import { whole } from '../whole.ts'

interface TokenOptions {
  readonly role: Role[]
  readonly ziekenfonds?: string
  readonly insurer?: string
  readonly person?: string
  readonly provider?: string
  readonly subject?: string
  readonly data: string
  readonly minutes: number
}

/** The minutes of a year. */
const MINUTES_MAX = 527_040

/** `ziv token`: a bearer token of the built-in issuer of a sandbox. */
export function tokenCommand(config: CliConfig): Command {
  return new Command('token')
    .description('print a token of the sandbox for a role')
    .addOption(new Option('--role <role...>', 'role of the caller').choices(roles).makeOptionMandatory())
    .option(
      '--ziekenfonds <code>',
      'ziekenfonds the caller works for; its insurer follows',
      shaped('ziekenfonds', 'the three digits of the ziekenfonds, such as 306'),
    )
    .addOption(new Option('--insurer <code>', 'insurer the caller works for').choices(INSURERS))
    .option(
      '--person <id>',
      'for role insured: the person the caller is',
      shaped('personId', 'the personId as the API gives it, a UUID'),
    )
    .option(
      '--provider <number>',
      'for role careProvider: the RIZIV number with its qualification',
      shaped('providerNumber', 'eleven digits: the RIZIV number with its qualification code, such as 10003569004'),
    )
    .option('--subject <name>', 'name of the caller in logs')
    .option('--minutes <n>', 'how long it is valid', whole(1, MINUTES_MAX), 60)
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (options: TokenOptions) => {
      assertDataFolder(options.data)
      const { issuer } = await sandboxSecrets(options.data)
      const token = await issuer.token(callerOf(options), { expiresInSeconds: options.minutes * 60 })
      process.stdout.write(`${token}\n`)
    })
}

/** What is wrong with a number of the right length, where its own digits tell it. */
function mistyped(claim: string, text: string): string {
  const read = claim === 'providerNumber' ? parseRizivNumber(text) : null
  return read && !read.ok && read.error.code === 'RIZIV_NUMBER_CHECK_DIGITS' ? ` (${read.error.message})` : ''
}

/** A value that services take for the claim, as they write it. */
const shaped =
  (claim: keyof typeof callerClaims.shape, what: string) =>
  (text: string): string => {
    const read = callerClaims.shape[claim].safeParse(text)
    if (read.success && typeof read.data === 'string') return read.data
    throw new InvalidArgumentError(`give ${what}${mistyped(claim, text)}`)
  }

/** Who the options speak of; throws where a service would take the role for not given. */
export function callerOf(options: Omit<TokenOptions, 'data' | 'minutes'>): Caller {
  const { ziekenfonds, person, provider } = options
  const owner = ziekenfonds === undefined ? undefined : insurerOf(ziekenfonds)
  const insurer = options.insurer ?? owner
  if (owner !== undefined && insurer !== owner) {
    throw new Error(`ziekenfonds ${ziekenfonds} belongs to insurer ${owner}, not ${insurer}: leave --insurer out`)
  }
  const caller: Caller = {
    subject: options.subject ?? `${options.role[0]}-${ziekenfonds ?? insurer ?? 'sandbox'}`,
    roles: options.role,
    ...(insurer === undefined ? {} : { insurer }),
    ...(ziekenfonds === undefined ? {} : { ziekenfonds }),
    ...(person === undefined ? {} : { personId: person }),
    ...(provider === undefined ? {} : { providerNumber: provider }),
  }
  assertComplete(caller)
  return caller
}

const optionOf: Readonly<Partial<Record<keyof Caller, string>>> = {
  ziekenfonds: '--ziekenfonds <code>',
  insurer: '--insurer <code>',
  personId: '--person <id>',
  providerNumber: '--provider <number>',
}

/** A ziekenfonds names its insurer too, so that it is asked for before the insurer. */
function assertComplete(caller: Caller): void {
  for (const role of caller.roles) {
    const missing = (claimsOfRole[role] ?? []).filter((claim) => caller[claim] === undefined)
    const [first] = missing.includes('ziekenfonds') ? (['ziekenfonds'] as const) : missing
    if (first !== undefined) throw new Error(`role ${role} needs ${optionOf[first]}: without it nothing is its own`)
  }
}

function insurerOf(ziekenfonds: string): string {
  const found = loadZiekenfondsen().insurerOf(ziekenfonds, isoDate('2023-01-02'))
  if (found === null) throw new Error(`there is no ziekenfonds ${ziekenfonds}: GET /riziv/v1/ziekenfondsen lists them`)
  return found
}
