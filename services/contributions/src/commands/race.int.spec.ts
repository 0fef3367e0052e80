import { randomUUID } from 'node:crypto'
import { addDays, isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dmfaFile } from '../testing/dmfa-file.ts'
import { acquired, createHarness, type Harness, opened } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness({ config: { personsPerChunk: 5, rowsPerChunk: 50 } })
})
afterAll(() => h.drop())

it('persons who appear while their slips come in are never missed', async () => {
  const persons = Array.from({ length: 200 }, (_, index) => ({
    personId: randomUUID(),
    insz: makeInsz(addDays(isoDate('1970-01-01'), index), 1),
  }))
  const lines = (quarter: string) =>
    persons.map(({ insz }) => ({ insz, employerNumber: makeRszNumber(1234567), quarter, amountCents: 100 }))
  const appear = async (part: number) => {
    const own = persons.filter((_, index) => index % 2 === part)
    for (let at = 0; at < own.length; at += 4) {
      await h.affiliation(...own.slice(at, at + 4).flatMap((person) => [opened(person), acquired(person, 'EMPLOYEE')]))
    }
  }
  const files = ['2025Q1', '2025Q2'].map((quarter) =>
    h.service.importSlipFile(dmfaFile(lines(quarter)), { format: 'dmfa' }),
  )
  const results = await Promise.all([...files, appear(0), appear(1)])
  expect(results.slice(0, 2)).toMatchObject([{ ok: true }, { ok: true }])
  expect(await h.count('app.waiting_slips')).toBe(0)
  expect(await h.count(`es.events where type = 'SlipRecorded'`)).toBe(400)
  const findings = await Array.fromAsync(h.service.verify())
  expect(findings.filter((finding) => !finding.ok)).toEqual([])
})
