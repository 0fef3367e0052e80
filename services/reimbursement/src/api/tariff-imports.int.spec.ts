import { writeNomensoft } from '@ziv/formats'
import { isoDate } from '@ziv/kernel'
import { expect, test } from 'vitest'
import { call, clerk, harness, system, useApi } from '../testing/api-world.ts'

useApi()

const rows = (fee: string, from: string) =>
  [
    ['0', fee],
    ['1600', '21.000000'],
    ['1300', '25.004999'],
  ].map(([feeCode, amount]) => ({
    code: '101054',
    validFrom: isoDate(from),
    validTo: null,
    category: null,
    feeCode: feeCode!,
    description: { nl: 'raadpleging', fr: 'consultation' },
    feeDescription: { nl: '', fr: '' },
    amount: amount!,
    document: 'OA2024_1',
  }))
const xml = async (...list: ReturnType<typeof rows>[]) => {
  const parts: string[] = []
  for await (const part of writeNomensoft(list.flat())) parts.push(part)
  return parts.join('')
}
const post = (body: string, token = system) =>
  call('POST', '/tariffImports', { token, body, headers: { 'content-type': 'application/xml' } })

/** The list once its rows are in force. */
const done = async ({ json }: Awaited<ReturnType<typeof post>>) => {
  await harness.service.runs.idle()
  return (await call('GET', `/tariffImports/${json.importId}`, { token: system })).json
}

test('adds rows that take over from their first day; the same file again changes nothing', async () => {
  const first = await xml(rows('26.500000', '2024-01-01'))
  const imported = await done(await post(first))
  expect(imported).toMatchObject({ state: 'accepted', rowsRead: 3, rowsAdded: 1 })
  expect(await post(first)).toMatchObject({ status: 202, json: { importId: imported.importId, rowsAdded: 1 } })
  const both = await xml(rows('26.500000', '2024-01-01'), rows('27.000000', '2024-07-01'))
  expect(await done(await post(both))).toMatchObject({ rowsRead: 6, rowsAdded: expect.any(Number) })
  const price = async (careDate: string) =>
    (await call('POST', '/tariffs/query', { body: { nomenclature: '101054', careDate, preferential: true } })).json
  expect(await price('2024-06-30')).toMatchObject({
    officialFeeCents: 2650,
    interventionCents: 2500,
    confidence: 'verified',
  })
  expect(await price('2024-07-01')).toMatchObject({ officialFeeCents: 2700, tariffFrom: '2024-07-01' })
  // two files were new; the tariffs that come with the service are nobody's task
  const tasks = (await call('GET', '/tasks', { token: system })).json.items
  expect(tasks).toMatchObject(
    [6, 3].map((total) => ({ kind: 'tariffImport', state: 'done', progress: { done: total } })),
  )
  expect((await call('GET', `/tasks/${tasks[0].taskId}`, { token: system })).status).toBe(303)
  expect((await call('GET', '/tasks', { token: clerk })).json.items).toEqual([])
  expect((await call('GET', `/tasks/${tasks[0].taskId}`, { token: clerk })).status).toBe(404)
})

test('refuses a broken file and changes nothing', async () => {
  const before = await harness.count('app.tariffs')
  const { status, json } = await post('<dataroot><NOMEN_HONORAIRES><nomen_code>101054')
  expect([status, json.issues.length > 0]).toEqual([400, true])
  expect((await post('not xml')).status).toBe(400)
  const headers = { 'content-type': 'application/xml; charset=utf-8' }
  const body = (await xml(rows('28.000000', '2024-07-01'))).replace(/encoding="[^"]*"/i, 'encoding="ISO-8859-1"')
  expect(body).toContain('ISO-8859-1')
  expect((await call('POST', '/tariffImports', { token: system, body, headers })).status).toBe(400)
  expect([await harness.count('app.tariffs'), await harness.count('app.staged_fees')]).toEqual([before, 0])
})
const priceOf = async (nomenclature: string, careDate: string) =>
  (await call('POST', '/tariffs/query', { body: { nomenclature, careDate } })).json
const issuesOf = async (importId: string) =>
  (await call('GET', `/tariffImports/${importId}/issues`, { token: system })).json.items as {
    readonly code: string
    readonly en: string
  }[]

test('refuses a bad row and every amount of its code, and says so; the other codes take over', async () => {
  const [fee, normal] = rows('30.000000', '2025-02-01').map((row) => ({ ...row, code: '101032' }))
  const known = await priceOf('101032', '2025-02-03')
  const before = await harness.count("app.tariffs where code = '101032'")
  const bad = await xml([fee!, { ...normal!, amount: 'abc' }], rows('28.500000', '2025-02-01'))
  const imported = await done(await post(bad))
  expect(imported).toMatchObject({ state: 'partiallyAccepted', rowsRead: 4, rowsAdded: 1, refused: 2 })
  expect(await priceOf('101032', '2025-02-03')).toEqual(known)
  expect((await priceOf('101054', '2025-02-03')).officialFeeCents).toBe(2850)
  const issues = await issuesOf(imported.importId)
  expect(issues.map(({ code }) => code)).toEqual(['NOMEN-AMOUNT', 'NOMEN-INCOMPLETE'])
  expect(issues[1]!.en).toContain('101032')
  // put right or not: what was refused in part is taken anew
  expect((await done(await post(bad))).importId).not.toBe(imported.importId)
  expect(await harness.count("app.tariffs where code = '101032'")).toBe(before)
})

test('refuses a list of which no amount takes over, wherever in the list its bad rows stand', async () => {
  const [fee, normal, preferential] = rows('31.000000', '2025-03-01')
  const before = await harness.count('app.tariffs')
  // behind the amounts of its code, and of another first day: the fee of March would go on from June without what it reimburses
  const list = await xml([fee!, preferential!, { ...normal!, validFrom: isoDate('2025-06-01'), amount: '' }])
  const imported = await done(await post(list))
  expect(imported).toMatchObject({ state: 'refused', rowsRead: 2, rowsAdded: 0, rowsUnchanged: 0, refused: 3 })
  expect(await harness.count('app.tariffs')).toBe(before)
  const findings = await Array.fromAsync(harness.service.verify())
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})

test('is for the system only', async () => {
  expect((await post('<dataroot/>', clerk)).status).toBe(403)
})
