import { buildServer } from '@ziv/http'
import type { Database } from '@ziv/postgres'
import { registerService } from '@ziv/service'
import { askBesideOpen } from '@ziv/testing'
import { expect, test } from 'vitest'
import { reimbursement } from '../service.ts'
import { call, claimBody, clerk, harness, insured, useApi } from '../testing/api-world.ts'
import { bytes } from '../testing/harness.ts'
import { listWith } from '../testing/tariff-list.ts'

useApi()

const rivalOf = (database: Database) => reimbursement.create({ ...harness.deps, database })
const beside = (table: string) => ({ database: harness.database, table, moment: () => harness.clock.now() })
const priceAt = async (knownAt: string): Promise<number> => {
  const body = { nomenclature: '101032', careDate: '2024-05-06', knownAt }
  return (await call('POST', '/tariffs/query', { body })).json.officialFeeCents
}

test('a fee of a list that is being recorded when a question about a moment comes is the answer, then and later', async () => {
  await priceAt(harness.clock.now())
  const before = harness.clock.now()
  const list = await listWith('31.230000')
  const fee = await askBesideOpen({
    ...beside('app.tariffs'),
    write: async (held) => {
      const rival = await rivalOf(held)
      await rival.importTariffs(bytes(list))
      await rival.stop()
    },
    ask: priceAt,
  })
  expect(fee).toEqual({ beside: 3123, later: 3123 })
  expect(await priceAt(before)).not.toBe(3123)
})

test('a claim that is being settled when a question about a moment comes is in the list, then and later', async () => {
  const claims = await askBesideOpen({
    ...beside('app.claims'),
    write: async (held) => {
      const { logger, auth, environment } = harness.deps
      const rival = await rivalOf(held)
      const app = await buildServer({ logger, auth, environment, eventLoopDelayMaxMs: 0 })
      await registerService(app, rival, { ...harness.deps, database: held })
      const headers = { authorization: clerk }
      const sent = { method: 'POST', url: '/reimbursement/v1/claims', payload: claimBody(), headers } as const
      expect((await app.inject(sent)).statusCode).toBe(201)
      await app.close()
      await rival.stop()
    },
    ask: async (at) => (await call('GET', `/persons/${insured.personId}/claims?knownAt=${at}`)).json,
  })
  expect(claims.beside).toEqual(claims.later)
  expect(claims.beside.total).toBe(1)
})
