import { randomUUID } from 'node:crypto'
import type { Database, Transaction } from '@ziv/postgres'
import { sideBySide } from '@ziv/testing'
import { expect, test } from 'vitest'
import { reimbursement } from '../service.ts'
import { call, claimBody, harness, useApi } from '../testing/api-world.ts'
import { bytes } from '../testing/harness.ts'
import { listWith } from '../testing/tariff-list.ts'

useApi()

test('a claim that was priced before a list of fees came in is explained by the fee it was priced by', async () => {
  const list = await listWith('31.230000')
  const headers = { 'idempotency-key': randomUUID() }
  const [made, imported] = await sideBySide(
    harness.database,
    (tx) => tx.query('lock table app.claims in access exclusive mode'),
    () => call('POST', '/claims', { body: claimBody(), headers }),
    () => harness.service.importTariffs(bytes(list)),
  )
  expect([made.status, imported.ok]).toEqual([201, true])
  const [line] = (await call('GET', `/claims/${made.json.claimId}`)).json.lines
  expect(line.officialFeeCents).toBe(2568)
  const texts = line.grounds.map(({ text }: { text: string }) => text).join(' ')
  expect(texts).toContain('intervention EUR 19.68, co-payment EUR 6.00')
})

/** The database of a process that dies when it is to write fees. */
const dyingAtFees = (database: Database): Database => ({
  ...database,
  transaction: (work) =>
    database.transaction((tx) => {
      const query = (first: unknown, ...rest: unknown[]) => {
        if (String(first).includes('reimbursement.tariffs')) {
          throw Object.assign(new Error('the process died'), { code: '57P01' })
        }
        return (tx.query as (...all: unknown[]) => Promise<unknown>)(first, ...rest)
      }
      return work({ ...tx, query: query as Transaction['query'] })
    }),
})

test('a list of fees that was left half way does not take over from one that came in after it', async () => {
  const dying = await reimbursement.create({ ...harness.deps, database: dyingAtFees(harness.database) })
  await expect(dying.importTariffs(bytes(await listWith('33.330000')))).rejects.toThrow('the process died')
  await dying.stop()
  const later = await harness.service.importTariffs(bytes(await listWith('34.440000')))
  expect(later.ok).toBe(true)
  await harness.service.resume()
  await harness.service.runs.idle()
  const asked = { nomenclature: '101032', careDate: '2024-05-06' }
  const price = await call('POST', '/tariffs/query', { body: asked })
  expect(price.json.officialFeeCents).toBe(3444)
  expect(await harness.count("app_files.files where kind = 'tariffImport' and state <> 'done'")).toBe(0)
})

const priceNow = async (): Promise<number> =>
  (await call('POST', '/tariffs/query', { body: { nomenclature: '101032', careDate: '2024-05-06' } })).json
    .officialFeeCents

test('a list that was whole last holds, and the one before it holds again when it is sent again', async () => {
  const send = async (fee: string) => await harness.service.importTariffs(bytes(await listWith(fee)))
  const began = Promise.withResolvers<void>()
  const rest = Promise.withResolvers<void>()
  async function* slowly(text: string) {
    yield Buffer.from(text.slice(0, 50))
    began.resolve()
    await rest.promise
    yield Buffer.from(text.slice(50))
  }
  const slow = harness.service.importTariffs(slowly(await listWith('35.550000')))
  await began.promise
  expect(await send('36.660000')).toMatchObject({ ok: true, alreadyKnown: false })
  rest.resolve()
  await slow
  expect(await priceNow()).toBe(3555)
  expect(await send('36.660000')).toMatchObject({ ok: true, alreadyKnown: false })
  expect(await priceNow()).toBe(3666)
  expect(await send('36.660000')).toMatchObject({ ok: true, alreadyKnown: true })
  const findings = await Array.fromAsync(harness.service.verify())
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})
