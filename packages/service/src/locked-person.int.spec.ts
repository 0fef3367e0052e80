import { buildServer, personIdInput, withZod } from '@ziv/http'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { auth, bearer, clerkOf306 } from './sample-module.fixture.ts'

const locked = '0198c1a2-7f00-7000-8000-0000000000aa'
const free = '0198c1a2-7f00-7000-8000-0000000000bb'
let test: TestDatabase
let app: FastifyInstance
let headers: { authorization: string }

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [] })
  await test.database.query('create table persons (id uuid primary key, n int not null default 0)')
  await test.database.query('insert into persons (id) values ($1), ($2)', [locked, free])
  app = await buildServer({ logger: pino({ level: 'silent' }), auth, environment: 'sandbox', eventLoopDelayMaxMs: 0 })
  headers = await bearer(clerkOf306)
  withZod(app).route({
    method: 'POST',
    url: '/test/v1/persons/:personId/things',
    config: { access: { roles: ['clerk'], scope: 'none' } },
    schema: { params: z.strictObject({ personId: personIdInput }) },
    handler: async (request) => {
      await test.database.query('update persons set n = n + 1 where id = $1', [request.params.personId])
      return {}
    },
  })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await test.drop()
})

const write = (personId: string) =>
  app.inject({ method: 'POST', url: `/test/v1/persons/${personId}/things`, headers, payload: {} })

it('thirty commands for a locked person get 503 with Retry-After, and nobody else waits for them', async () => {
  await test.database.transaction(async (tx) => {
    await tx.query('select from persons where id = $1 for update', [locked])
    const waiting = Promise.all(Array.from({ length: 30 }, () => write(locked)))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const from = performance.now()
    for (let n = 0; n < 5; n++) expect((await write(free)).statusCode).toBe(200)
    expect(performance.now() - from).toBeLessThan(2_000)
    const answers = await waiting
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([503]))
    expect(answers.every((answer) => Number(answer.headers['retry-after']) > 0)).toBe(true)
  })
}, 30_000)

it('thirty commands at once for a person who is free are all done', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => write(locked)))
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  expect((await test.database.query('select n from persons where id = $1', [locked])).rows).toEqual([{ n: 30 }])
})
