import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { day } from '../domain/testing-facts.ts'
import { bearer, createHarness, type Harness, personNamed } from '../testing/harness.ts'

let h: Harness
let app: FastifyInstance
const eva = personNamed('eva')
const authorization = bearer({ roles: ['clerk'], insurer: '300', ziekenfonds: '306' })
const headers = { authorization, 'accept-language': 'en' }

beforeAll(async () => {
  h = await createHarness('2025-01-01')
  app = await h.server()
  await h.tell(
    eva.joins('2020-01-01'),
    eva.acquires('STUDENT', '2020-01-01'),
    eva.ends('STUDENT', '2020-01-01', '2021-12-31'),
    // after two years without a paid contribution the registration of 2025 begins with a stage, until 30 June
    eva.acquires('STUDENT', '2025-01-01'),
  )
})
afterAll(async () => {
  await app.close()
  await h.drop()
})

/** The decision about the days after the stage, by every route that tells it, and the letter of it. */
async function told(knownAt?: string) {
  const known = knownAt === undefined ? {} : { knownAt }
  const asked = await app.inject({
    method: 'POST',
    url: '/rights/v1/insurability/query',
    payload: { personId: eva.personId, asOf: '2025-07-01', explain: true, ...known },
    headers,
  })
  const { decision } = asked.json()
  const get = async (url: string) => await app.inject({ url: `/rights/v1${url}`, headers })
  const query = knownAt === undefined ? '' : `&knownAt=${knownAt}`
  const timeline = await get(`/persons/${eva.personId}/timeline?asOf=2025-07-01${query}`)
  const one = await get(`/decisions/${decision.decisionId}`)
  const letter = await get(`/decisions/${decision.decisionId}/letter`)
  const ofRoutes = [decision, timeline.json().decisions[0], ...(knownAt === undefined ? [one.json()] : [])]
  const rules = ofRoutes.map(({ grounds }) => grounds.map(({ rule }: { rule: string }) => rule).join(' '))
  const repairs = ofRoutes.map((each) => each.repairs.map(({ kind }: { kind: string }) => kind).join(' '))
  const text = decision.grounds.at(-1).text as string
  return { rules: [...new Set(rules)], repairs: [...new Set(repairs)], text, letter: letter.body.replace(/\s+/g, ' ') }
}

it('a stage that runs is told as running, with its last day and what is paid, and asks for nothing', async () => {
  h.clock.moveTo(day('2025-06-30'))
  const { rules, repairs, text, letter } = await told()
  expect([rules, repairs]).toEqual([['opening.stageRuns'], ['']])
  expect(text).toMatch(/runs until 30 June 2025: so far .*0\.00 is in for it/)
  expect(letter).toContain('runs until 30 June 2025')
  expect(letter).not.toContain('is missing')
})

it('from the day after it on what is missing is asked, and the knowledge of before is what it was', async () => {
  h.clock.moveTo(day('2025-07-01'))
  const now = await told()
  expect([now.rules, now.repairs]).toEqual([['opening.stageMinimum'], ['payStage']])
  expect(now.letter).toMatch(/For the stage from .* is missing/)
  const then = await told('2025-06-30T12:00:00.000Z')
  expect([then.rules, then.repairs]).toEqual([['opening.stageRuns'], ['']])
})

it('after the last day on which it can be paid neither the answer nor the letter asks for it', async () => {
  h.clock.moveTo(day('2030-12-31'))
  expect((await told()).letter).toMatch(/For the stage from .* is missing/)
  h.clock.moveTo(day('2031-01-01'))
  const late = await told()
  expect(late.repairs).toEqual([''])
  expect(late.letter).not.toMatch(/is missing/)
})
