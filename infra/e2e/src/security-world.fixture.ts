import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Story } from '@ziv/demo'
import { runDemo } from '@ziv/demo'
import type { Caller } from '@ziv/http'
import { type IsoDate, isoDate, makeInsz, makeRszNumber, uuidV7 } from '@ziv/kernel'
import { type Sandbox, type SandboxOptions, startSandbox } from '@ziv/sandbox'
import { pino } from 'pino'
import { type TestDatabases, testDatabases } from './test-databases.ts'

/** Four months with everything in it: members, files, claims, returns, advances. */
export const shortStory = (persons: number, to = '2023-05-31'): Story => ({
  persons,
  seed: 20_260_301,
  from: isoDate('2023-01-02'),
  to: isoDate(to),
})

export interface World {
  readonly sandbox: Sandbox
  /** Everything that was logged, at level trace unless said otherwise. */
  readonly log: () => string
  /** A folder that goes away with the world. */
  readonly folder: string
  token(caller: Partial<Caller>, options?: { readonly expiresInSeconds?: number }): Promise<string>
  call(request: Call): Promise<Reply>
  close(): Promise<void>
}

export interface Call {
  readonly method: string
  readonly url: string
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object | string | Buffer | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: answers of every API, looked at in specs
  readonly json: any
}

/** Databases on the server of the run; outside vitest, or for who looks at the server itself, a server of its own. */
async function databasesOf({ dataDir, postgresUrl }: Partial<SandboxOptions>): Promise<TestDatabases | undefined> {
  if (!('__vitest_worker__' in globalThis) || dataDir !== undefined || postgresUrl !== undefined) return undefined
  const { inject } = await import('vitest')
  return await testDatabases(inject('zivPostgresUrl'), `ziv_world_${randomBytes(5).toString('hex')}_`)
}

/** The whole system on databases of its own, with a short story played when one is given. */
export async function startWorld(
  story?: Story,
  options: Partial<SandboxOptions> = {},
  level = 'trace',
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'ziv-world-'))
  // as root PostgreSQL runs under another account: it has to get here, or its data would stay behind elsewhere
  await chmod(folder, 0o755)
  const lines: string[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString())
      done()
    },
  })
  const databases = await databasesOf(options)
  const sandbox = await startSandbox({
    dataDir: join(folder, 'data'),
    port: 0,
    logger: pino({ level }, sink),
    // one name asks for every route in turn
    callerLimit: { requests: 0, seconds: 1 },
    ...(databases === undefined
      ? {}
      : { postgresUrl: databases.postgresUrl, databasePrefix: databases.databasePrefix }),
    ...options,
  })
  if (story !== undefined) await runDemo(sandbox, story, join(folder, 'files'))
  const token: World['token'] = ({ subject = 'someone', roles = [], ...claims }, more) =>
    sandbox.issuer.token({ subject, roles, ...claims }, more)
  return {
    sandbox,
    folder,
    log: () => lines.join(''),
    token,
    call: (request) => call(sandbox, request),
    close: async () => {
      await sandbox.stop()
      await databases?.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function call(sandbox: Sandbox, { method, url, token, headers, body }: Call): Promise<Reply> {
  const answer = await sandbox.app.inject({
    method: method as 'GET',
    url,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  const isJson = /json/.test(String(answer.headers['content-type'] ?? ''))
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    json: isJson && answer.body !== '' ? answer.json() : undefined,
  }
}

let serial = 0
/** An INSZ that no story uses, new each time. */
export const nextSsin = (birthDate = '1971-03-04'): string => {
  serial += 1
  return makeInsz(isoDate(birthDate), serial)
}

/** An employer whose proof opens the capacity of an employee. */
export const employerProof = (issuedOn: IsoDate) => ({
  kind: 'employerProof',
  rszNumber: makeRszNumber(10_203),
  issuedOn,
})

/** Registers a person with names that are easy to find, by a clerk of a ziekenfonds. */
export async function registerPerson(world: World, clerk: string, ssin = nextSsin()): Promise<string> {
  const body = { ssin, lastName: 'Vanzelfsprekend', firstNames: 'Godelieve Apollonia', birthDate: '1971-03-04' }
  const url = '/affiliation/v1/persons'
  const reply = await world.call({ method: 'POST', url, token: clerk, body, headers: { 'idempotency-key': uuidV7() } })
  if (reply.status !== 201) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return reply.json.personId as string
}

export interface Member {
  readonly personId: string
  readonly ssin: string
  readonly affiliationId: string
  readonly capacityId: string
}

/** Registers a person and insures it as an employee, by a clerk of a ziekenfonds. */
export async function newMember(world: World, clerk: string, ziekenfonds: string): Promise<Member> {
  const ssin = nextSsin()
  const personId = await registerPerson(world, clerk, ssin)
  const today = world.sandbox.clock.today()
  const capacity = { kind: 'EMPLOYEE', acquiredOn: today, evidence: [employerProof(today)] }
  const url = `/affiliation/v1/persons/${personId}/affiliations`
  const reply = await world.call({ method: 'POST', url, token: clerk, body: { ziekenfonds, capacity } })
  if (reply.status !== 201) throw new Error(`POST ${url} answered ${reply.status}: ${reply.text}`)
  return { personId, ssin, affiliationId: reply.json.affiliationId, capacityId: reply.json.capacityId }
}
