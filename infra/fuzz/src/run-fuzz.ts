import { randomOf } from '@ziv/demo'
import { countRows, settledRows } from '@ziv/e2e'
import { type Sandbox, serviceContracts, serviceNames } from '@ziv/sandbox'
import { type Base, type Files, type FuzzRequest, type Operation, operationsOf, requestFor } from './requests.ts'
import type { Known } from './values.ts'

export interface FuzzOptions {
  readonly seed: number
  /** Ends when this many requests were sent or this many milliseconds went by, whichever comes first. */
  readonly requests: number
  readonly milliseconds: number
  readonly token: string
  readonly known: Known
  readonly files: Files
  /** Makes a request that is right at this moment, with what it uses up; undefined when none is known. */
  readonly base: (operation: Operation) => Promise<Base | undefined>
  /** Refused requests that are sent once more while rows are counted. Default 150. */
  readonly replays?: number
}

export interface FuzzFailure {
  readonly request: string
  readonly what: string
}

export interface FuzzReport {
  readonly sent: number
  readonly operations: number
  readonly statuses: Readonly<Record<string, number>>
  /** Operations that were never answered with 2xx: their valid requests did not get through. */
  readonly neverAccepted: readonly string[]
  readonly replayed: number
  readonly failures: readonly FuzzFailure[]
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly trace: string
}

/** How many requests start from one that is right; the others are made of the contract alone. */
const BASE_SHARE = 0.4
const FAILURES_MAX = 50
const SLOW_MS = 15_000

/** Sends seeded requests, right and wrong, to every operation of every contract, and looks at every answer. */
export async function runFuzz(sandbox: Sandbox, options: FuzzOptions): Promise<FuzzReport> {
  const operations = operationsOf(await serviceContracts())
  const deadline = performance.now() + options.milliseconds
  const statuses: Record<string, number> = {}
  const failures: FuzzFailure[] = []
  const accepted = new Set<string>()
  const refused = new Map<string, FuzzRequest>()
  const traces: string[] = []
  let sent = 0
  while (sent < options.requests && performance.now() < deadline && failures.length < FAILURES_MAX) {
    const operation = operations[sent % operations.length]!
    const random = randomOf(options.seed, `request/${sent}`)
    const base = random.chance(BASE_SHARE) ? await options.base(operation) : undefined
    const request = requestFor(operation, random, { ...options, base })
    sent += 1
    const started = performance.now()
    const answer = await send(sandbox, request, options.token)
    const name = `${operation.service} ${operation.operationId}`
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    const wrong = faultIn(answer)
    if (wrong !== null) failures.push({ request: told(request, sent - 1), what: wrong })
    if (performance.now() - started > SLOW_MS)
      failures.push({ request: told(request, sent - 1), what: 'took too long' })
    if (answer.status < 300) accepted.add(name)
    if (answer.status >= 400 && request.method !== 'GET') {
      refused.set(`${name} ${request.kind}`, request)
      if (answer.trace !== '') traces.push(answer.trace)
    }
  }
  failures.push(...(await leftByTraces(sandbox, traces)))
  const replayed = await replay(
    sandbox,
    [...refused.values()].slice(0, options.replays ?? 150),
    options.token,
    failures,
  )
  const names = operations.map(({ service, operationId }) => `${service} ${operationId}`)
  const neverAccepted = names.filter((name) => !accepted.has(name))
  return { sent, operations: operations.length, statuses, neverAccepted, replayed, failures }
}

async function send(sandbox: Sandbox, request: FuzzRequest, token: string): Promise<Answer> {
  const answer = await sandbox.app.inject({
    method: request.method as 'POST',
    url: request.url,
    headers: { authorization: `Bearer ${token}`, ...request.headers },
    ...(request.body === undefined ? {} : { payload: request.body }),
  })
  const { headers } = answer
  return {
    status: answer.statusCode,
    type: String(headers['content-type'] ?? ''),
    text: answer.body,
    trace: String(headers['belgov-trace-id'] ?? ''),
  }
}

/** The request in one line, with the number that makes it again. */
const told = ({ operation, kind, method, url, headers, body }: FuzzRequest, number: number): string =>
  `#${number} ${operation.operationId} (${kind}) ${method} ${url.slice(0, 200)} ${JSON.stringify(headers).slice(0, 200)} ${String(body ?? '').slice(0, 300)}`

/** What is wrong with an answer, or null. A server that is too busy may say so. */
function faultIn({ status, type, text }: Answer): string | null {
  if (status >= 500 && status !== 503) return `${status}: ${text.slice(0, 300)}`
  if (status < 400) return null
  if (!type.startsWith('application/problem+json')) return `${status} as ${type}: ${text.slice(0, 200)}`
  return shapeFault(status, text)
}

function shapeFault(status: number, text: string): string | null {
  const problem = JSON.parse(text) as Record<string, unknown>
  const texts = ['type', 'title', 'detail', 'instance'].filter(
    (key) => typeof problem[key] !== 'string' || problem[key] === '',
  )
  if (texts.length > 0) return `${status} without ${texts.join(', ')}: ${text.slice(0, 300)}`
  if (!/^urn:problem-type:(belgif|ziv)(:\w+)+$/.test(String(problem.type))) return `type is ${String(problem.type)}`
  if (problem.status !== status) return `status in the body is ${String(problem.status)}`
  if (/(\n\s+at )|node_modules|\/src\/|select .* from|violates|invalid input syntax/i.test(text))
    return `tells of our insides: ${text.slice(0, 300)}`
  const issues = problem.issues
  if (issues === undefined) return null
  const whole = Array.isArray(issues) && issues.length > 0 && issues.every(isIssue)
  return whole ? null : `issues are not whole: ${text.slice(0, 300)}`
}

const isIssue = (issue: Record<string, unknown>): boolean =>
  ['body', 'query', 'path', 'header'].includes(String(issue.in)) &&
  String(issue.type).startsWith('urn:problem-type:') &&
  typeof issue.detail === 'string' &&
  issue.detail !== ''

/** Events and messages that carry the trace of a refused request. */
async function leftByTraces(sandbox: Sandbox, traces: readonly string[]): Promise<readonly FuzzFailure[]> {
  const failures: FuzzFailure[] = []
  for (const name of serviceNames) {
    const { rows } = await sandbox.databases[name].query<{ type: string; trace: string }>(
      `select type, metadata->>'correlationId' as trace from es.events where metadata->>'correlationId' = any($1)
       union all
       select type, t.trace from es.outbox, unnest($1::text[]) as t(trace) where position(t.trace in headers::text) > 0`,
      [traces],
    )
    for (const { type } of rows) failures.push({ request: 'a refused write', what: `left ${type} in ${name}` })
  }
  return failures
}

/** Sends refused requests once more, one by one, and counts the rows of all tables before and after. */
async function replay(
  sandbox: Sandbox,
  requests: readonly FuzzRequest[],
  token: string,
  failures: FuzzFailure[],
): Promise<number> {
  let before = await settledRows(sandbox)
  let replayed = 0
  for (const request of requests) {
    const { status } = await send(sandbox, request, token)
    if (status < 400) {
      // the world moved on: what was refused is right now
      before = await settledRows(sandbox)
      continue
    }
    replayed += 1
    const after = await countRows(
      sandbox,
      serviceNames.filter((name) => name === request.operation.service),
    )
    const more = [...after].filter(([table, count]) => count !== before.get(table))
    for (const [table, count] of more) {
      failures.push({
        request: told(request, -1),
        what: `${status} left ${count - (before.get(table) ?? 0)} rows in ${table}`,
      })
      before.set(table, count)
    }
  }
  return replayed
}
