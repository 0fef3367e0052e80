import { setTimeout as sleep } from 'node:timers/promises'
import { expectSame, type World } from '../world.ts'
import { tokenFrom } from './keycloak.ts'

const ARRIVE_MS_MAX = 30_000

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
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<number> {
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

/** A clerk affiliates a person; rights and landsbond hear of it over Kafka. All through nginx, with tokens of Keycloak. */
export async function tryRound(world: World): Promise<string> {
  const clerk = await tokenFrom(world.publicUrl, 'clerk-306')
  const landsbond = await tokenFrom(world.publicUrl, 'landsbond-300')
  const person = { ssin: '85073000259', lastName: 'Peeters', firstNames: 'An' }
  const persons = '/affiliation/v1/persons'
  expectSame('status without a token', (await call(world, persons, { body: person })).status, 401)
  expectSame('status with a role too low', (await call(world, persons, { token: landsbond, body: person })).status, 403)
  const { personId } = await succeed<{ personId: string }>(world, persons, { token: clerk, body: person })
  const day = new Date().toISOString().slice(0, 10)
  const evidence = [{ kind: 'employmentContract', rszNumber: '0102077120', startsOn: day }]
  await succeed(world, `${persons}/${personId}/affiliations`, {
    token: clerk,
    body: { ziekenfonds: '306', capacity: { kind: 'EMPLOYEE', acquiredOn: day, evidence } },
  })
  const question = { token: clerk, body: { personId, asOf: day } }
  const rightsMs = await until(
    () => call<{ inOrder?: boolean }>(world, '/rights/v1/insurability/query', question),
    ({ status, answer }) => status === 200 && answer.inOrder === true,
  )
  const countedMs = await until(
    () => succeed<Overview>(world, '/landsbond/v1/overview', { token: landsbond }),
    ({ ziekenfondsen }) => ziekenfondsen.some((one) => one.ziekenfonds === '306' && one.insuredTotal === 1),
  )
  const waits = `rights after ${Math.round(rightsMs)} ms, landsbond ${Math.round(countedMs)} ms later`
  return `a person was affiliated through nginx with a token of Keycloak and is in order: ${waits}; 401 without a token, 403 without the role`
}
