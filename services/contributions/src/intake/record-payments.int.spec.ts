import { randomUUID } from 'node:crypto'
import { type Cents, isoDate, makeInsz, quarter } from '@ziv/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acquired, createHarness, type Harness, opened, withdrawn } from '../testing/harness.ts'
import { sendLines } from '../testing/lines.ts'
import type { PaymentInput } from './record-payments.ts'

let h: Harness
const persons = [1, 3, 5].map((serial) => ({
  personId: randomUUID(),
  insz: makeInsz(isoDate('2003-05-05'), serial),
  birthDate: '2003-05-05',
}))
beforeAll(async () => {
  h = await createHarness({ config: { personsPerChunk: 3 } })
  await h.affiliation(...persons.flatMap((person) => [opened(person), acquired(person, 'STUDENT', '2024-01-01')]))
})
afterAll(() => h.drop())

const payment = (paymentId: string, place: number, over: Partial<{ quarter: string; receivedOn: string }> = {}) =>
  ({
    paymentId,
    personId: persons[place]!.personId,
    quarter: quarter(over.quarter ?? '2025Q1'),
    amountCents: 7_000 as Cents,
    receivedOn: isoDate(over.receivedOn ?? '2025-06-01'),
  }) satisfies PaymentInput
const paidCount = () => h.count(`es.events where type = 'PersonalContributionPaid'`)

it('one bank line counts once over all persons and years, in one sending and in the next', async () => {
  const lines = [payment('L1', 0), payment('L1', 1), payment('L1', 0, { quarter: '2024Q1' }), payment('L1', 0)]
  expect(await sendLines(h, 'paymentBatch', lines)).toEqual({
    counts: { recorded: 1, unchanged: 1, waiting: 0, refused: 2 },
    issues: [
      [2, 'paymentDiffers'],
      [3, 'paymentDiffers'],
    ],
  })
  expect(await sendLines(h, 'paymentBatch', [payment('L1', 2)])).toMatchObject({
    counts: { refused: 1 },
    issues: [[1, 'paymentDiffers']],
  })
  expect(await paidCount()).toBe(1)
})

it('a payment that was refused leaves its reference free', async () => {
  const wrongDay = payment('L2', 0, { receivedOn: '2019-01-01' })
  expect(await sendLines(h, 'paymentBatch', [wrongDay, payment('L2', 1)])).toMatchObject({
    counts: { recorded: 1, refused: 1 },
  })
})

it('two writers of one bank line at the same moment book it once', async () => {
  const before = await paidCount()
  const results = await Promise.all(persons.map((_, place) => sendLines(h, 'paymentBatch', [payment('L3', place)])))
  expect(results.map(({ counts }) => counts.recorded).toSorted()).toEqual([0, 0, 1])
  expect(await paidCount()).toBe(before + 1)
})

it('a payment counts for somebody whose affiliation was withdrawn: it is what the reference year told to pay', async () => {
  const person = { personId: randomUUID(), insz: makeInsz(isoDate('2003-05-05'), 7), birthDate: '2003-05-05' }
  await h.affiliation(opened(person), withdrawn(person))
  const late = { ...payment('L4', 0), personId: person.personId }
  expect(await sendLines(h, 'paymentBatch', [late])).toMatchObject({ counts: { recorded: 1, refused: 0 } })
})

it('verify names a payment whose booking is gone', async () => {
  const finding = async () =>
    (await Array.fromAsync(h.service.verify())).find(({ check }) => check === 'contributions.payments')
  expect(await finding()).toMatchObject({ ok: true })
  await h.database.query(`delete from app.booked_payments where payment_id = 'L1'`)
  expect(await finding()).toMatchObject({ ok: false })
})

it('verify names a year that was told and would be answered otherwise now', async () => {
  const finding = async () =>
    (await Array.fromAsync(h.service.verify())).find(({ check }) => check === 'contributions.told')
  await h.service.settleYear(2024)
  expect(await finding()).toMatchObject({ ok: true })
  await h.database.query(
    `update app.year_state set state = jsonb_set(state, '{settled,shortCents}', '1') where year = 2024`,
  )
  expect(await finding()).toMatchObject({ ok: false })
})
