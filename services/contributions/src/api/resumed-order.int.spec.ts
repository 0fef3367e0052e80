import { isoDate } from '@ziv/kernel'
import type { Database, Transaction } from '@ziv/postgres'
import { expect, it } from 'vitest'
import { contributions } from '../service.ts'
import { app, base, employerNumber, get, h, person, post, rsz, selfEmployed, useApi } from '../testing/api-world.ts'
import { serverOf } from '../testing/http.ts'

useApi()

/** A database whose connection breaks whenever the staged lines of a file are read. */
const breakingAtLines = (database: Database): Database => ({
  ...database,
  transaction: (work) =>
    database.transaction((tx) => {
      const query = (first: unknown, ...rest: unknown[]) => {
        if (JSON.stringify(first).includes('intake-pages'))
          throw Object.assign(new Error('the connection broke'), { code: '57P01' })
        return (tx.query as (...all: unknown[]) => Promise<unknown>)(first, ...rest)
      }
      return work({ ...tx, query: query as Transaction['query'] })
    }),
})

/** Sends a file to a process that can record nothing of it and ends; gives its address. */
async function sendToBroken(resource: string, line: object): Promise<string> {
  const service = await contributions.create({ ...h.deps, database: breakingAtLines(h.database) })
  const broken = await serverOf({ ...h, service })
  const headers = { 'content-type': 'application/x-ndjson', authorization: rsz }
  const sent = await broken.inject({
    ...{ method: 'POST', url: `${base}/${resource}`, payload: JSON.stringify(line), headers },
  })
  expect(sent.statusCode).toBe(202)
  await service.stop()
  expect((await app.inject({ url: sent.json().href, headers })).json()).toMatchObject({ state: 'received', handled: 0 })
  return sent.json().href
}

const takenUp = {
  'at a start': async () => await h.service.resume(),
  'by its route': async (href: string) => {
    const headers = { authorization: rsz }
    expect((await app.inject({ method: 'POST', url: `${href}/resumption`, headers })).statusCode).toBe(202)
  },
}

it.each([
  ['at a start', '2025Q1'],
  ['by its route', '2025Q2'],
] as const)(
  'a file that broke off replaces nothing that was received after it when it is taken up %s',
  async (how, quarter) => {
    const attest = { ssin: selfEmployed.insz, fundNumber: '005', quarter, status: 'unpaid', amountCents: 0 }
    const slip = { ssin: person.insz, employerNumber, quarter, amountCents: 100 }
    const files = [await sendToBroken('selfEmployedAttestBatches', attest), await sendToBroken('slipBatches', slip)]
    h.clock.moveTo(isoDate(how === 'at a start' ? '2026-02-20' : '2026-02-24'))
    const paid = { ...attest, status: 'paid', amountCents: 87_000 }
    expect((await post('/selfEmployedAttests', paid, rsz)).json()).toEqual({ outcome: 'recorded' })
    expect((await post('/slips', { ...slip, amountCents: 700 }, rsz)).json()).toEqual({ outcome: 'recorded' })
    for (const file of files) await takenUp[how](file)
    await h.service.runs.idle()
    const headers = { authorization: rsz }
    for (const url of files) expect((await app.inject({ url, headers })).json().state).toBe('accepted')
    const { attests } = (await get(`/persons/${selfEmployed.personId}/referenceYears/2025`)).json()
    const { slips } = (await get(`/persons/${person.personId}/referenceYears/2025`)).json()
    const of = (one: { readonly quarter: string }) => one.quarter === quarter
    expect([attests.find(of).status, slips.find(of).amountCents]).toEqual(['paid', 700])
  },
)
