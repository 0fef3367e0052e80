import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz } from '@ziv/kernel'
import { expect, it } from 'vitest'
import {
  employerNumber,
  get,
  h,
  person,
  post,
  postFile,
  postLines,
  rsz,
  selfEmployed,
  settled,
  student,
  system,
  useApi,
} from '../testing/api-world.ts'
import { opened } from '../testing/harness.ts'

useApi()

const yearOf = async ({ personId }: { readonly personId: string }, year: number) =>
  (await get(`/persons/${personId}/referenceYears/${year}`)).json()
const amountOf = async (year: number): Promise<number> => (await yearOf(person, year)).slips[0].amountCents
const attests = (status: string, year = 2025) =>
  [1, 2, 3, 4].map((n) => ({
    ...{ ssin: selfEmployed.insz, fundNumber: '005', quarter: `${year}Q${n}`, status },
    amountCents: status === 'paid' ? 87_000 : 0,
  }))
const slip = (amountCents: number, quarter: string) => ({ ssin: person.insz, employerNumber, quarter, amountCents })
const jsonl = async (amountCents: number, quarter: string, headers = {}) => {
  const row = { ssin: person.insz, quarter, employerNumber, amountCents, days: 60 }
  const answer = await postFile(`${JSON.stringify(row)}\n`, 'application/x-ndjson', rsz, headers)
  expect(answer.statusCode).toBe(202)
  await h.service.runs.idle()
  return settled(answer.json().intakeId)
}

it('attests put back by the file that came first hold again, and their year is not met', async () => {
  const send = async (status: string) => (await postLines('selfEmployedAttestBatches', attests(status), rsz)).file
  const first = await send('unpaid')
  expect((await send('unpaid')).batchId).toBe(first.batchId)
  await send('paid')
  expect((await yearOf(selfEmployed, 2025)).assessment).toMatchObject({ met: true })
  const back = await send('unpaid')
  expect(back).toMatchObject({ recorded: 4 })
  expect(back.batchId).not.toBe(first.batchId)
  expect((await yearOf(selfEmployed, 2025)).assessment).toMatchObject({ met: false })
  expect((await send('unpaid')).batchId).toBe(back.batchId)
})

it('paper slips put back by the file that came first hold again; what did not change counts as unchanged', async () => {
  const send = async (cents: number) =>
    (await postLines('slipBatches', [slip(cents, '2024Q1'), slip(5, '2024Q2')], rsz)).file
  await send(111)
  await send(222)
  expect(await send(111)).toMatchObject({ recorded: 1, unchanged: 1 })
  expect(await amountOf(2024)).toBe(111)
})

it('slips of the RSZ put back by the file that came first hold again', async () => {
  const first = await jsonl(1_000, '2023Q1')
  await jsonl(2_000, '2023Q1')
  const back = await jsonl(1_000, '2023Q1')
  expect(back).toMatchObject({ state: 'accepted', recorded: 1 })
  expect(back.intakeId).not.toBe(first.intakeId)
  expect(await amountOf(2023)).toBe(1_000)
})

it('a single operation that came in between counts as well', async () => {
  await jsonl(1_000, '2022Q1')
  expect((await post('/slips', slip(2_000, '2022Q1'), rsz)).statusCode).toBeLessThan(300)
  expect(await jsonl(1_000, '2022Q1')).toMatchObject({ recorded: 1 })
  expect(await amountOf(2022)).toBe(1_000)
})

it('a retry under the key of the first request is that request, whatever came in between', async () => {
  const key = { 'idempotency-key': randomUUID() }
  const first = await jsonl(1_000, '2021Q1', key)
  await jsonl(2_000, '2021Q1')
  expect((await jsonl(1_000, '2021Q1', key)).intakeId).toBe(first.intakeId)
  expect(await amountOf(2021)).toBe(2_000)
})

it('a bank line in a file that is sent again after another is booked once', async () => {
  const payment = (paymentId: string) => ({
    ...{ paymentId, personId: student.personId, quarter: '2025Q4', amountCents: 100, receivedOn: '2026-02-01' },
  })
  const send = async (name: string) => (await postLines('paymentBatches', [payment(name)], system)).file
  await send('P1')
  await send('P2')
  await send('P1')
  expect(await h.count(`es.events where type = 'PersonalContributionPaid'`)).toBe(2)
})

it('a reference in other capitals or with blanks is the bank line that is booked, by every route', async () => {
  const booked = `es.events where type = 'PersonalContributionPaid'`
  const before = await h.count(booked)
  const payment = (paymentId: string, personId: string) => ({
    ...{ paymentId, personId, quarter: '2025Q4', amountCents: 100, receivedOn: '2026-02-01' },
  })
  const sent = async (...[paymentId, personId]: Parameters<typeof payment>) =>
    (await post('/payments', payment(paymentId, personId), system)).statusCode
  const exact = [await sent('CODA-7b969068', student.personId), await sent('CODA-7b969068', person.personId)]
  const typed = [await sent('coda-7b969068', person.personId), await sent(' CODA-7B96 9068 ', person.personId)]
  expect({ exact, typed }).toEqual({ exact: [200, 409], typed: [409, 409] })
  // a hyphen is a character of the reference: 1-11 is not 11-1
  expect(await sent('CODA-1-11', student.personId)).toBe(200)
  expect(await sent('CODA-11-1', person.personId)).toBe(200)
  const { file } = await postLines(
    'paymentBatches',
    [payment('file-1', student.personId), payment('FILE-1', person.personId)],
    system,
  )
  expect(file).toMatchObject({ recorded: 1, refused: 1 })
  expect((await h.count(booked)) - before).toBe(4)
})

it('slips refused by a fault of ours are recorded when their file is sent again', async () => {
  await h.database.query('alter table app.year_state rename to year_state_away')
  expect(await jsonl(1_500, '2020Q1')).toMatchObject({ state: 'refused', refused: 1 })
  await h.database.query('alter table app.year_state_away rename to year_state')
  expect(await jsonl(1_500, '2020Q1')).toMatchObject({ state: 'accepted', recorded: 1 })
  expect(await amountOf(2020)).toBe(1_500)
})

it('a slip that came before its quarter was over is recorded when its file is sent again after', async () => {
  expect(await jsonl(1_500, '2026Q1')).toMatchObject({ state: 'refused', refused: 1 })
  h.clock.moveTo(isoDate('2026-04-02'))
  expect(await jsonl(1_500, '2026Q1')).toMatchObject({ state: 'accepted', recorded: 1 })
})

it('of an employer and a fund with one number both wait, and both are recorded', async () => {
  const unknown = { personId: randomUUID(), insz: makeInsz(isoDate('1979-05-05'), 3) }
  const [number, quarter] = ['0403170404', '2025Q1']
  const about = { ssin: unknown.insz, quarter }
  const attest = { ...about, fundNumber: number, status: 'paid', amountCents: 87_000 }
  expect(
    (await postLines('slipBatches', [{ ...about, employerNumber: number, amountCents: 5 }], rsz)).file.waiting,
  ).toBe(1)
  expect((await postLines('selfEmployedAttestBatches', [attest], rsz)).file.waiting).toBe(1)
  await h.affiliation(opened(unknown))
  const year = await yearOf(unknown, 2025)
  expect([year.slips.length, year.attests.length]).toEqual([1, 1])
})

it('every line that changes what waits counts as waiting, and one that says the same as unchanged', async () => {
  const ssin = makeInsz(isoDate('1979-05-05'), 5)
  const lines = [500, 600, 600].map((cents) => ({ ...slip(cents, '2025Q1'), ssin }))
  expect((await postLines('slipBatches', lines, rsz)).file).toMatchObject({ waiting: 2, unchanged: 1 })
})

it('leaves proofs that hold', async () => {
  const findings = await Array.fromAsync(h.service.verify())
  expect(findings.filter((finding) => !finding.ok)).toEqual([])
})
