import { expect, test } from 'vitest'
import { call, clerk, harness, system, useApi } from '../testing/api-world.ts'
import { listWith } from '../testing/tariff-list.ts'

useApi()

const headers = { 'content-type': 'application/xml' }
async function send(fee: string) {
  const sent = await call('POST', '/tariffImports', { token: system, headers, body: await listWith(fee) })
  await harness.service.runs.idle()
  return sent.json.importId as string
}
const read = async (importId: string) => (await call('GET', `/tariffImports/${importId}`, { token: system })).json
const withdraw = async (importId: string, token = system, language = 'en') =>
  await call('POST', `/tariffImports/${importId}/withdrawals`, { token, headers: { 'accept-language': language } })
const priceNow = async (): Promise<number> =>
  (await call('POST', '/tariffs/query', { body: { nomenclature: '101032', careDate: '2024-05-06' } })).json
    .officialFeeCents

test('a list that can never be worked is withdrawn by the operator, and the later ones come into force', async () => {
  await harness.database.query('alter table app.tariffs add constraint never check (fee_cents <> 7777) not valid')
  const bad = await send('77.770000')
  const later = await send('31.310000')
  expect([(await read(bad)).state, (await read(later)).state]).toEqual(['received', 'received'])
  const task = await call('GET', `/tasks/${bad}`, { token: system })
  expect(task.json).toMatchObject({ state: 'failed' })
  expect(JSON.stringify(task.json.problem)).toContain(`/tariffImports/${bad}/withdrawals`)
  expect((await withdraw(bad, clerk)).status).toBe(403)
  const done = await withdraw(bad)
  expect([done.status, done.json.state, done.json.rowsAdded]).toEqual([200, 'withdrawn', 0])
  await harness.service.runs.idle()
  expect([(await read(bad)).state, (await read(later)).state, await priceNow()]).toEqual([
    'withdrawn',
    'accepted',
    3131,
  ])
  expect((await withdraw(bad)).json.state).toBe('withdrawn')
  expect((await call('GET', `/tasks/${bad}`, { token: system })).status).toBe(303)
  // the cause is mended: the same bytes are a new list
  await harness.database.query('alter table app.tariffs drop constraint never')
  const again = await send('77.770000')
  expect([again === bad, (await read(again)).state, await priceNow()]).toEqual([false, 'accepted', 7777])
  const findings = await Array.fromAsync(harness.service.verify())
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})

test('one that is in force is not withdrawn, and the answer says so in every language', async () => {
  const good = await send('32.320000')
  const told = await Promise.all(['nl', 'fr', 'de', 'en'].map((language) => withdraw(good, system, language)))
  expect(told.map(({ status }) => status)).toEqual([409, 409, 409, 409])
  expect(new Set(told.map(({ json }) => json.detail)).size).toBe(4)
  expect(await priceNow()).toBe(3232)
})
