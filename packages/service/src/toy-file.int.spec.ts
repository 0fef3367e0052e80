import { buildServer } from '@ziv/http'
import { createIntake, type DefinedFile, type LineFacts, lineDoor, lineFile, type StagedLine } from '@ziv/intake'
import { instant, isoDate, movableClock } from '@ziv/kernel'
import type { Vault } from '@ziv/privacy'
import { createMemoryVault } from '@ziv/privacy/testing'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { fileTasks, openapiOf, registerService, type ServiceModule, serviceMigrations, taskRoute } from './index.ts'
import { auth, bearer } from './sample-module.fixture.ts'

const toy = z.strictObject({ weight: z.int().min(1).describe('Weight in grams') })
const words = (text: string) => ({ nl: text, fr: text, de: text, en: text })

/** All that is written for a new kind of file; the rest is the list of its service. */
const toyFiles = (
  vault: Vault,
  kind = 'toyFile',
  resource = 'toyFiles',
): DefinedFile<LineFacts, StagedLine, z.ZodObject> => ({
  ...lineFile({
    ...{ kind, vault, schema: toy, outcomes: ['weighed'], issuesMax: 600 },
    record: async (lines, { tx, turn }) => {
      await turn()
      const heavy = lines.filter(({ item }) => item.weight > 1_000)
      await tx.query('insert into toys select unnest($1::int[])', [
        lines.filter((one) => !heavy.includes(one)).map(({ item }) => item.weight),
      ])
      return {
        counts: { weighed: lines.length - heavy.length },
        issues: heavy.map(({ line }) => ({ line, code: 'heavy', ...words('Weigh it again.') })),
      }
    },
  }),
  door: lineDoor({
    ...{ resource, title: resource, id: 'fileId', tag: 'Toys', schema: toy },
    ...{ summary: 'Send a file of toys', description: 'Toys are weighed.', outcomes: { weighed: 'Toys weighed' } },
    access: { roles: ['rsz', 'system'], scope: 'none' },
    headOf: ({ caller, trace }) => ({ origin: { actor: caller.subject, correlationId: trace.id } }),
    scopeOf: () => ({}),
    task: { openTo: ['rsz'] },
  }),
  answers: { what: 'files of toys' },
})

let test: TestDatabase
let app: FastifyInstance
let module: ServiceModule
let idle: () => Promise<void>
const contractOf = () => openapiOf({ name: 'toys', routes: module.routes })
beforeAll(async () => {
  test = await createTestDatabase({ migrations: [...serviceMigrations] })
  const { database } = test
  await database.query('create table toys (weight int)')
  const logger = pino({ level: 'silent' })
  const clock = movableClock(isoDate('2026-01-05'), undefined, instant('2026-01-05T08:00:00.000Z'))
  const shared = { database, clock, logger, pollMs: 0 }
  // one line of the service
  const vault = createMemoryVault()
  // of the second nothing may be left out
  const whole = toyFiles(vault, 'wholeFile', 'wholeFiles')
  const kinds = [toyFiles(vault), { ...whole, work: { ...whole.work, whole: true } }]
  const intake = createIntake({ ...shared, api: 'toys', kinds })
  module = {
    name: 'toys',
    routes: async (scope) => {
      await intake.routes(scope)
      taskRoute(scope, { api: intake.api, scope: 'none', sources: fileTasks(database, intake) })
    },
    ...{ consumers: [], proofs: [], resume: async () => undefined, verify: async function* () {} },
    stop: () => intake.runs.stop(),
  }
  idle = () => intake.runs.idle()
  app = await buildServer({ logger, auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  await registerService(app, module, { database })
  await app.ready()
})
afterAll(async () => {
  await module.stop()
  await app.close()
  await test.drop()
})

const system = () => bearer({ subject: 'op', roles: ['system'] })
const read = async (url: string) => (await app.inject({ url, headers: await system() })).json()

it('a kind of file that is one object in a list of its service is sent, followed, read and explained', async () => {
  const headers = { ...(await system()), 'content-type': 'application/x-ndjson' }
  const payload = ['{"weight":5}', '{"weight":5000}', '{"weight":"x"}', '', '{"weight":7}'].join('\n')
  const answer = await app.inject({ method: 'POST', url: '/toys/v1/toyFiles', payload, headers })
  expect([answer.statusCode, answer.headers.location]).toEqual([202, answer.json().href])
  await idle()
  const { href, fileId } = answer.json()
  expect(await read(href)).toMatchObject({ state: 'partiallyAccepted', lines: 4, weighed: 2, refused: 2 })
  expect((await read(`${href}/issues`)).items).toMatchObject([
    { line: 2, code: 'heavy' },
    { line: 3, code: 'lineInvalid', place: 'line 3, path weight', fr: expect.stringContaining('un nombre') },
  ])
  const { items } = await read('/toys/v1/tasks')
  expect(items).toMatchObject([{ taskId: fileId, kind: 'toyFile', state: 'done', progress: { done: 4, total: 4 } }])
  expect((await test.database.query('select weight from toys order by 1')).rows).toEqual([{ weight: 5 }, { weight: 7 }])
})

it('who may send it may follow it, and nobody else', async () => {
  const statusOf = async (role: 'rsz' | 'clerk', url: string) => {
    const caller = { subject: 'someone', roles: [role], insurer: '300', ziekenfonds: '306' }
    return (await app.inject({ url, headers: await bearer(caller) })).statusCode
  }
  expect([await statusOf('rsz', '/toys/v1/tasks'), await statusOf('clerk', '/toys/v1/tasks')]).toEqual([200, 403])
})

it('its routes are in the contract, with the fields of a line', async () => {
  const { paths } = await contractOf()
  const own = Object.keys(paths).filter((path) => path.startsWith('/toyFiles'))
  expect(own.sort()).toEqual([
    '/toyFiles',
    '/toyFiles/{fileId}',
    '/toyFiles/{fileId}/issues',
    '/toyFiles/{fileId}/issues/export',
    '/toyFiles/{fileId}/resumption',
  ])
  expect(paths['/toyFiles']?.post?.description).toContain('- weight: Weight in grams')
})

it('a file whose work failed as a whole goes on where it stopped when it is told to', async () => {
  const headers = { ...(await system()), 'content-type': 'application/x-ndjson' }
  const lines = Array.from({ length: 700 }, (_, n) => `{"weight":${n + 1}}`).join('\n')
  await test.database.query('alter table toys add constraint light check (weight <> 600)')
  const { href, fileId } = (
    await app.inject({ method: 'POST', url: '/toys/v1/wholeFiles', payload: lines, headers })
  ).json()
  await idle()
  const { state, problem } = await read(`/toys/v1/tasks/${fileId}`)
  expect([state, problem.detail]).toEqual(['failed', expect.stringContaining(`POST ${href}/resumption`)])
  await test.database.query('alter table toys drop constraint light')
  const again = await app.inject({ method: 'POST', url: `${href}/resumption`, headers: await system() })
  expect(again.statusCode).toBe(202)
  await idle()
  expect(await read(href)).toMatchObject({ state: 'accepted', lines: 700, weighed: 700, refused: 0 })
  const { rows } = await test.database.query<{ weights: string }>(
    'select count(*) as weights from toys where weight <= 700 and weight not in (5, 7)',
  )
  expect(rows).toEqual([{ weights: '698' }])
})

it('of a file that is wrong throughout every line is counted, and not every one is listed', async () => {
  const headers = { ...(await system()), 'content-type': 'application/x-ndjson' }
  const payload = `${'x\n'.repeat(1_700)}{"weight":3}`
  const { href } = (await app.inject({ method: 'POST', url: '/toys/v1/toyFiles', payload, headers })).json()
  await idle()
  expect(await read(href)).toMatchObject({ state: 'partiallyAccepted', lines: 1_701, weighed: 1, refused: 1_700 })
  const { total, items } = await read(`${href}/issues?pageSize=100&page=6`)
  expect([total, items.at(-1).line]).toEqual([600, 600])
})
