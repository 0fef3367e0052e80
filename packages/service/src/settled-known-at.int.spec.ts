import { settledKnownAt } from '@ziv/http'
import { fixedClock, type Instant, instant, systemClock } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase({ migrations: [] })
})
afterAll(() => test.drop())

const asked = (clock = systemClock(), moment: Instant | undefined = clock.now()) =>
  settledKnownAt({ clock, database: test.database, patienceMs: 150 }, moment)
const unavailable = expect.objectContaining({
  statusCode: 503,
  options: expect.objectContaining({
    headers: { 'Retry-After': '5' },
    detail: expect.objectContaining({
      en: expect.stringContaining('up to the moment asked for is still being stored'),
    }),
  }),
})

it('a question about a moment at which something is still being recorded gets 503 after a while, an older one an answer', async () => {
  const clock = systemClock()
  const earlier = instant(new Date(Date.now() - 60_000).toISOString())
  await test.database.transaction(async () => {
    await expect(asked(clock)).rejects.toEqual(unavailable)
    expect(await asked(clock, earlier)).toBe(earlier)
  })
  const moment = clock.now()
  expect(await asked(clock, moment)).toBe(moment)
})

it('a clock that stands still gives its moment again and again: 503 for that one, an answer for those before', async () => {
  const clock = fixedClock(instant('2026-03-02T09:15:00.000Z'))
  await expect(asked(clock)).rejects.toEqual(unavailable)
  expect(await asked(clock, instant('2026-03-02T09:14:59.900Z'))).toBe('2026-03-02T09:14:59.900Z')
})

it('a question of now asks no database and waits for nothing', async () => {
  const clock = fixedClock(instant('2026-03-02T09:15:00.000Z'))
  const database = { query: () => Promise.reject(new Error('asked')) } as unknown as Database
  expect(await settledKnownAt({ clock, database }, undefined)).toBe(clock.now())
})
