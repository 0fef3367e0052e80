import { setTimeout as sleep } from 'node:timers/promises'
import { defaultCallerLimit } from '@ziv/http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newMember, startWorld, type World } from './security-world.fixture.ts'

let world: World
beforeAll(async () => {
  world = await startWorld(undefined, { callerLimit: defaultCallerLimit }, 'error')
})
afterAll(() => world?.close())

const clerk = { roles: ['clerk'], insurer: '300', ziekenfonds: '306' } as const

it('477 questions by one clerk are not answered in one go, over all services together; another clerk is', async () => {
  const token = await world.token({ ...clerk, subject: 'curious' })
  const { personId } = await newMember(world, await world.token({ ...clerk, subject: 'busy' }), '306')
  await world.sandbox.idle()
  const ask = (bearer: string, index: number) =>
    world.call({
      ...{ method: 'POST', url: `/${['rights', 'rights', 'affiliation'][index % 3]}/v1/${questions[index % 3]}` },
      ...{ token: bearer, body: { ...(index % 3 === 2 ? { ssin: '71030412345' } : { personId }) } },
    })
  const answers = await Promise.all(Array.from({ length: 477 }, (_, index) => ask(token, index)))
  const refused = answers.filter(({ status }) => status === 429)
  // a window may end in between, and a new one begin
  expect(refused.length).toBeGreaterThan(477 - 2 * defaultCallerLimit.requests - 1)
  expect(refused[0]?.json).toMatchObject({ type: 'urn:problem-type:belgif:tooManyRequests' })
  expect(Number(refused[0]?.headers['retry-after'])).toBeLessThanOrEqual(defaultCallerLimit.seconds)
  const other = await ask(await world.token({ ...clerk, subject: 'patient' }), 0)
  expect(other.status).toBe(200)
})

const questions = ['insurability/query', 'insurability/query', 'persons/query'] as const

it('one landsbond opens no more than five streams', async () => {
  const token = await world.token({ roles: ['landsbondViewer'], insurer: '300', subject: 'wall' })
  const leaving = new AbortController()
  const open = () =>
    fetch(`${world.sandbox.url}/landsbond/v1/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    })
  const statuses = (await Promise.all(Array.from({ length: 20 }, open))).map(({ status }) => status)
  leaving.abort()
  expect(statuses.filter((status) => status === 200)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(15)
  await expect.poll(() => world.sandbox.app.openStreams.size).toBe(0)
})

it('a stream ends when the token of its reader expires', async () => {
  const viewer = { roles: ['landsbondViewer'], insurer: '300', subject: 'short' } as const
  const url = `${world.sandbox.url}/landsbond/v1/stream`
  const streamed = async (expiresInSeconds: number) => {
    const leaving = new AbortController()
    const headers = { authorization: `Bearer ${await world.token(viewer, { expiresInSeconds })}` }
    const answer = await fetch(url, { headers, signal: leaving.signal })
    const ended = Promise.race([answer.text().then(() => 'ended'), sleep(4_000).then(() => 'runs on')])
    return { status: answer.status, ended: ended.finally(() => leaving.abort()) }
  }
  const [short, long] = await Promise.all([streamed(2), streamed(60)])
  expect([short.status, await short.ended]).toEqual([200, 'ended'])
  expect([long.status, await long.ended.catch(() => 'runs on')]).toEqual([200, 'runs on'])
  await expect.poll(() => world.sandbox.app.openStreams.size).toBe(0)
})
