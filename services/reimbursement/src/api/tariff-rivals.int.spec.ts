import { randomUUID } from 'node:crypto'
import { writeNomensoft } from '@ziv/formats'
import { isoDate } from '@ziv/kernel'
import { sideBySide } from '@ziv/testing'
import { expect, test } from 'vitest'
import { call, claimBody, harness, useApi } from '../testing/api-world.ts'
import { bytes } from '../testing/harness.ts'

useApi()

/** A list of fees in which a consultation costs 31.23 from the beginning of 2024. */
async function correctedList(): Promise<string> {
  const row = { code: '101032', validFrom: isoDate('2024-01-01'), validTo: null, category: null, document: 'OA2024_2' }
  const words = { description: { nl: '', fr: '' }, feeDescription: { nl: '', fr: '' } }
  const amounts = [
    ['0', '31.230000'],
    ['1600', '25.000000'],
    ['1300', '28.000000'],
  ] as const
  const rows = amounts.map(([feeCode, amount]) => ({ ...row, ...words, feeCode, amount }))
  return (await Array.fromAsync(writeNomensoft(rows))).join('')
}

test('a claim that was priced before a list of fees came in is explained by the fee it was priced by', async () => {
  const list = await correctedList()
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
