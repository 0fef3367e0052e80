import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FileRoute, fileRoutesOf, serviceContracts } from '@ziv/sandbox'
import { Command } from 'commander'
import type { CliConfig } from '../config.ts'
import { ApiClient } from '../http-client.ts'

const endings: Readonly<Record<string, readonly string[]>> = {
  csv: ['text/csv'],
  jsonl: ['application/x-ndjson'],
  ndjson: ['application/x-ndjson'],
  xml: ['application/xml'],
}

/** The media type of a file by its ending, among those that the route reads; else the first that it names. */
export function mediaTypeOf(file: string, { types }: Pick<FileRoute, 'types'>): string {
  const wanted = endings[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? []
  return types.find((type) => wanted.includes(type)) ?? types[0]!
}

/** The route of a kind of file by the name of its resource. Throws with the names there are. */
export function routeOf(routes: readonly FileRoute[], resource: string): FileRoute {
  const route = routes.find((one) => one.resource === resource)
  if (route !== undefined) return route
  const names = routes.map((one) => one.resource).sort()
  throw new Error(`no route takes a file called "${resource}": name one of ${names.join(', ')}`)
}

const description = `send a file to the running sandbox and tell what became of it; ends with 1 when something of it was refused.

It is sent in the role system, as the operator, for every ziekenfonds: a row of members without evidence is taken in as a record of the
system it comes from, where a clerk has to show the evidence. To send as one ziekenfonds, post the file with a token of its clerk.`

/** `ziv import <resource> <file>`: sends a file to the running sandbox and tells what became of it. */
export function importCommand(config: CliConfig): Command {
  return new Command('import')
    .summary('send a file to the running sandbox')
    .description(description)
    .argument('<resource>', 'what it is a file of, by the name of its resource in the APIs; any other word lists them')
    .argument('<file>', 'file to send')
    .option('--url <url>', 'address of the sandbox', config.url)
    .option('--data <folder>', 'data folder of the sandbox', config.dataDir)
    .action(async (resource: string, file: string, options: { url: string; data: string }) => {
      const route = routeOf(fileRoutesOf(await serviceContracts()), resource)
      await access(file)
      const client = new ApiClient(options, ['system'])
      const answer = await client.upload(route.url, file, mediaTypeOf(file, route))
      const outcome = await follow(client, answer)
      process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`)
      const refusal = await refusalOf(client, outcome)
      if (refusal !== null) throw new Error(refusal)
    })
}

interface Outcome {
  readonly href?: string
  readonly state?: string
  /** Rows refused; of a billing file the lines. */
  readonly refused?: number
  readonly refusedLines?: number
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

/** What was refused of a file, or why all of it was, and where to read the rest; null when nothing was. */
export async function refusalOf(client: Caller, outcome: Outcome): Promise<string | null> {
  const { state, href, refusedLines = 0, refused = refusedLines } = outcome
  const whole = state !== undefined && refusedStates.has(state)
  if (!whole && refused === 0) return null
  const { items = [], total = 0 } = href === undefined ? {} : await issuesOf(client, href)
  const reasons = items.map(({ place, code, en }) => `\n  ${place}: ${code} ${en}`)
  const more = total > items.length ? `\n  and ${total - items.length} more` : ''
  const what = whole
    ? `the file was ${state}, nothing of it was taken in`
    : `refused ${refused}: put right what follows, and send it again`
  const next = href === undefined ? '' : `\nall of it: GET ${href}/issues, as CSV ${href}/issues/export`
  return `${what}${reasons.join('')}${more}${next}`
}
