import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Role } from '@ziv/http'
import { Argument, Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { ApiClient } from '../http-client.ts'

interface Upload {
  readonly path: string
  readonly role: Role
  readonly contentType: (file: string) => string
}

const byEnding =
  (endings: Readonly<Record<string, string>>, otherwise: string) =>
  (file: string): string =>
    endings[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? otherwise

const uploads: Readonly<Record<string, Upload>> = {
  slips: {
    path: '/contributions/v1/slipIntakes',
    role: 'rsz',
    contentType: byEnding(
      { csv: 'text/csv', jsonl: 'application/x-ndjson', ndjson: 'application/x-ndjson' },
      'application/xml',
    ),
  },
  members: { path: '/affiliation/v1/memberImports', role: 'system', contentType: () => 'application/x-ndjson' },
  invoices: { path: '/reimbursement/v1/invoiceFiles', role: 'system', contentType: () => 'application/octet-stream' },
  tariffs: { path: '/reimbursement/v1/tariffImports', role: 'system', contentType: () => 'application/xml' },
}

/** `ziv import slips|members|invoices|tariffs <file>`: sends a file to the running sandbox and tells what became of it. */
export function importCommand(config: CliConfig): Command {
  return new Command('import')
    .description('send a file to the running sandbox')
    .addArgument(new Argument('<what>', 'kind of file').choices(Object.keys(uploads)))
    .argument('<file>', 'file to send')
    .option('--url <url>', 'address of the sandbox', config.url)
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (what: string, file: string, options: { url: string; data: string }) => {
      const upload = uploads[what] as Upload
      await access(file)
      const client = new ApiClient(options, [upload.role])
      const answer = await client.upload(upload.path, file, upload.contentType(file))
      const outcome = await follow(client, answer)
      process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`)
      const refusal = await refusalOf(client, outcome)
      if (refusal !== null) throw new Error(refusal)
    })
}

interface Outcome {
  readonly href?: string
  readonly state?: string
}

interface Issue {
  readonly place: string
  readonly code: string
  readonly en: string
}

type Caller = Pick<ApiClient, 'call'>

/** Waits for long work to end; gives its last answer. */
async function follow(client: Caller, first: Response): Promise<Outcome> {
  let answer = first
  let location = answer.headers.get('location')
  while (location !== null && (answer.status === 202 || answer.status === 303 || isRunning(await peek(answer)))) {
    if (answer.status !== 303) await sleep(300)
    answer = await client.call('GET', new URL(location, 'http://ziv').pathname)
    location = answer.headers.get('location') ?? location
  }
  return (await answer.json().catch(() => ({ status: answer.status }))) as Outcome
}

const peek = (answer: Response): Promise<Outcome> =>
  answer
    .clone()
    .json()
    .catch(() => ({})) as Promise<Outcome>

const isRunning = ({ state }: Outcome): boolean => state === 'received' || state === 'processing'

const refusedStates: ReadonlySet<string> = new Set(['refused', 'failed'])
const reasonsShown = 20

interface Issues {
  readonly items?: readonly Issue[]
  readonly total?: number
}

const issuesOf = async (client: Caller, href: string): Promise<Issues> =>
  (await client.call('GET', `${href}/issues?pageSize=${reasonsShown}`)).json() as Promise<Issues>

/** Why a file was refused as a whole, for who sent it; null when it was not. */
export async function refusalOf(client: Caller, { state, href }: Outcome): Promise<string | null> {
  if (state === undefined || !refusedStates.has(state)) return null
  const { items = [], total = 0 } = href === undefined ? {} : await issuesOf(client, href)
  const reasons = items.map(({ place, code, en }) => `\n  ${place}: ${code} ${en}`)
  const more = total > items.length ? `\n  and ${total - items.length} more` : ''
  return `the file was ${state}, nothing of it was taken in${reasons.join('')}${more}`
}
