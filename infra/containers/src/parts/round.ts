import { setTimeout as sleep } from 'node:timers/promises'
import { expectSame, type World } from '../world.ts'
import { tokenFrom } from './keycloak.ts'
import { awaitMessage } from './reader.ts'

/** Long enough for a service to notice that the broker is back. */
const ARRIVE_MS_MAX = 60_000

interface Call {
  readonly token?: string
  readonly body?: unknown
}

/** A call through nginx. */
async function call<T>(world: World, path: string, { token, body }: Call): Promise<{ status: number; answer: T }> {
  const response = await fetch(`${world.publicUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'accept-language': 'en',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, answer: (await response.json()) as T }
}

async function succeed<T>(world: World, path: string, given: Call): Promise<T> {
  const { status, answer } = await call<T>(world, path, given)
  if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer).slice(0, 400)}`)
  return answer
}

/** Asks again until the answer is as wanted; the milliseconds that took. Throws with the last answer when it never is. */
export async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<number> {
  const startedMs = performance.now()
  for (;;) {
    const answer = await ask()
    const waitedMs = performance.now() - startedMs
    if (wanted(answer)) return waitedMs
    if (waitedMs > ARRIVE_MS_MAX)
      throw new Error(`after ${ARRIVE_MS_MAX} ms still ${JSON.stringify(answer).slice(0, 400)}`)
    await sleep(100)
  }
}

interface Overview {
  readonly ziekenfondsen: readonly { readonly ziekenfonds: string; readonly insuredTotal: number }[]
}

/** The business date of services to which the compose file gives none. */
const today = (): string => new Date().toISOString().slice(0, 10)
const first = '85073000259'
const personsPath = '/affiliation/v1/persons'
const personOf = (ssin: string) => ({ ssin, lastName: 'Peeters', firstNames: 'An' })

/** A clerk registers and affiliates a person; answers the id. Throws when a call is refused. */
export async function affiliate(world: World, ssin: string): Promise<string> {
  const token = await tokenFrom(world.publicUrl, 'clerk-306')
  const { personId } = await succeed<{ personId: string }>(world, personsPath, { token, body: personOf(ssin) })
  const evidence = [{ kind: 'employmentContract', rszNumber: '102077173', startsOn: today() }]
  await succeed(world, `${personsPath}/${personId}/affiliations`, {
    token,
    body: { ziekenfonds: '306', capacity: { kind: 'EMPLOYEE', acquiredOn: today(), evidence } },
  })
  return personId
}

/** Waits until rights says that the person is in order today; the milliseconds that took. */
export async function isInOrder(world: World, personId: string): Promise<number> {
  const question = { token: await tokenFrom(world.publicUrl, 'clerk-306'), body: { personId, asOf: today() } }
  return until(
    () => call<{ inOrder?: boolean }>(world, '/rights/v1/insurability/query', question),
    ({ status, answer }) => status === 200 && answer.inOrder === true,
  )
}

/** The business date of the rights service, by what it says of any day of a person of the round. */
export async function knownAt(world: World): Promise<string> {
  const token = await tokenFrom(world.publicUrl, 'clerk-306')
  const body = { ssin: first, asOf: today() }
  const answer = await succeed<{ knownAt: string }>(world, '/rights/v1/insurability/query', { token, body })
  return answer.knownAt.slice(0, 10)
}

/** A clerk affiliates a person; rights, landsbond and the reader of the insurer hear of it over Kafka. All through nginx. */
export async function tryRound(world: World): Promise<string> {
  const landsbond = await tokenFrom(world.publicUrl, 'landsbond-300')
  const body = personOf(first)
  expectSame('status without a token', (await call(world, personsPath, { body })).status, 401)
  expectSame('status with another role', (await call(world, personsPath, { token: landsbond, body })).status, 403)
  const personId = await affiliate(world, body.ssin)
  const rightsMs = await isInOrder(world, personId)
  const countedMs = await until(
    () => succeed<Overview>(world, '/landsbond/v1/overview', { token: landsbond }),
    ({ ziekenfondsen }) => ziekenfondsen.some((one) => one.ziekenfonds === '306' && one.insuredTotal === 1),
  )
  await awaitMessage(world, 'landsbond-300', 'ziv.300.affiliation.v1', personId)
  const waits = `in order after ${Math.round(rightsMs)} ms, counted by landsbond ${Math.round(countedMs)} ms later`
  return `a person was affiliated with a token of Keycloak: ${waits}, read by landsbond-300 from Kafka; 401 without a token, 403 with another role`
}
