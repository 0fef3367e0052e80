import { isoDate, makeInsz } from '@ziv/kernel'
import { expect, it } from 'vitest'
import { employerNumber, get, h, person, post, postFile, rsz, selfEmployed, useApi } from '../testing/api-world.ts'

useApi()

const quarters = [1, 2, 3, 4].map((n) => `2025Q${n}`)
const stranger = makeInsz(isoDate('1961-01-01'), 3)
const attest = (status: string, quarter: string, ssin: string = selfEmployed.insz) => ({
  ...{ ssin, fundNumber: '005', quarter, status, amountCents: status === 'paid' ? 87_000 : 0 },
})
const slip = (amountCents: number, quarter: string, ssin: string = person.insz) => ({
  ...{ ssin, employerNumber, quarter, amountCents },
})
const yearOf = async ({ personId }: { readonly personId: string }) =>
  (await get(`/persons/${personId}/referenceYears/2025`)).json()

/** Sends a file whose work stops at its first page until `meanwhile` is over, and works it through to its end. */
async function sendBefore(
  resource: string,
  waits: object,
  lines: readonly object[],
  meanwhile: () => Promise<void>,
): Promise<void> {
  await h.database.transaction(async (tx) => {
    await tx.query('lock table app.waiting_slips in exclusive mode')
    const items = [...Array.from({ length: 500 }, () => waits), ...lines]
    const payload = items.map((item) => JSON.stringify(item)).join('\n')
    expect((await postFile(payload, 'application/x-ndjson', rsz, {}, resource)).statusCode).toBe(202)
    await meanwhile()
  })
  await h.service.runs.idle()
}

it('an attest received after a file holds, however long the file is worked on; also one that said what was known', async () => {
  const statuses = async () =>
    (await yearOf(selfEmployed)).attests.map(({ status }: { readonly status: string }) => status)
  const { insz: ssin } = selfEmployed
  await post('/selfEmployedAttests', attest('paid', quarters[1]!), rsz)
  const unpaid = quarters.map((quarter) => attest('unpaid', quarter, ssin))
  await sendBefore('selfEmployedAttestBatches', attest('paid', '2025Q1', stranger), unpaid, async () => {
    for (const quarter of quarters)
      expect((await post('/selfEmployedAttests', attest('paid', quarter), rsz)).statusCode).toBe(200)
  })
  expect(await statuses()).toEqual(['paid', 'paid', 'paid', 'paid'])
})

it('of two attests of one file about a quarter the last line holds', async () => {
  const lines = [
    attest('paid', '2025Q3'),
    attest('unpaid', '2025Q3'),
    attest('paid', '2025Q4'),
    attest('unpaid', '2025Q4'),
  ]
  await sendBefore('selfEmployedAttestBatches', attest('unpaid', '2025Q1', stranger), lines, async () => undefined)
  const { attests } = await yearOf(selfEmployed)
  expect(attests.map(({ status }: { readonly status: string }) => status)).toEqual(['paid', 'paid', 'unpaid', 'unpaid'])
})

it('a paper slip received after a file holds, at the same moment of the clock too; lines of one file never add up', async () => {
  await post('/slips', slip(900, quarters[1]!), rsz)
  const lines = [
    slip(100, quarters[0]!),
    slip(200, quarters[0]!),
    slip(300, quarters[1]!),
    slip(400, quarters[2]!),
    slip(500, quarters[2]!),
  ]
  await sendBefore('slipBatches', slip(1, '2025Q1', stranger), lines, async () => {
    expect((await post('/slips', slip(700, quarters[0]!), rsz)).statusCode).toBe(200)
    expect((await post('/slips', slip(900, quarters[1]!), rsz)).statusCode).toBe(200)
  })
  const { slips } = await yearOf(person)
  expect(slips.map(({ amountCents }: { readonly amountCents: number }) => amountCents)).toEqual([700, 900, 500])
})

it.each(['at work', 'done'])(
  'a file sent again after a single attest holds again: the file was %s when that came',
  async (at) => {
    const quarter = at === 'done' ? '2024Q1' : '2024Q2'
    const batch = 'selfEmployedAttestBatches'
    const send = async () => {
      const payload = JSON.stringify(attest('unpaid', quarter))
      return (await postFile(payload, 'application/x-ndjson', rsz, {}, batch)).json().batchId
    }
    const [first, again] = await h.database.transaction(async (tx) => {
      if (at === 'at work') await tx.query('lock table app_runs.parts in exclusive mode')
      const one = await send()
      if (at === 'done') await h.service.runs.idle()
      expect((await post('/selfEmployedAttests', attest('paid', quarter), rsz)).statusCode).toBe(200)
      return [one, await send()]
    })
    await h.service.runs.idle()
    const { attests } = (await get(`/persons/${selfEmployed.personId}/referenceYears/2024`)).json()
    const [{ status }] = attests.filter((one: { readonly quarter: string }) => one.quarter === quarter)
    expect([again === first, status]).toEqual([false, 'unpaid'])
  },
)
