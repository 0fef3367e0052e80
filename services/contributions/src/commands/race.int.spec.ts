import { randomUUID } from 'node:crypto'
import { createEventStore } from '@ziv/event-store'
import { addDays, type Cents, instant, isoDate, makeInsz, makeRszNumber, type Quarter } from '@ziv/kernel'
import { sealPersonal } from '@ziv/members/testing'
import type { Transaction } from '@ziv/postgres'
import { lockWaits } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { contributionYearEvents } from '../domain/contribution-year.events.ts'
import { waitingSlipsEvents } from '../domain/waiting-slips.events.ts'
import { recordPaperSlips } from '../intake/record-lines.ts'
import { dmfaFile } from '../testing/dmfa-file.ts'
import { acquired, createHarness, type Harness, opened } from '../testing/harness.ts'
import { answerYears } from '../verify/year-answers.ts'

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

it('a file about persons of whom news never ends is recorded to its end, with the news', async () => {
  const persons = Array.from({ length: 20 }, (_, index) => ({
    personId: randomUUID(),
    insz: makeInsz(addDays(isoDate('1965-01-01'), index), 3),
  }))
  for (const person of persons) await h.affiliation(opened(person), acquired(person, 'STUDENT', '2025-01-01'))
  const slips = persons.map(({ insz }) => ({
    ...{ insz, employerNumber: makeRszNumber(1234567), quarter: '2025Q1', amountCents: 2_000_000 },
  }))
  let recorded = false
  const file = h.service.importSlipFile(dmfaFile(slips), { format: 'dmfa' }).finally(() => {
    recorded = true
  })
  const news = (async () => {
    for (let round = 0; !recorded || round < 2; round += 1) {
      await h.affiliation(
        ...persons.map((person) => acquired(person, 'EMPLOYEE', round % 2 ? '2025-01-01' : '2024-10-01')),
      )
    }
  })()
  expect(await file).toMatchObject({ ok: true, intake: { recorded: persons.length, refused: 0 } })
  await news
  for await (const { personId, now } of answerYears(h.database, h.deps)) {
    if (persons.some((person) => person.personId === personId))
      expect(await toldLast(personId)).toMatchObject({ met: now.met })
  }
})

/** How a year of a person was told last. */
async function toldLast(personId: string): Promise<object | undefined> {
  const { rows } = await h.database.query<{ readonly assessment: object }>(
    `select payload -> 'assessment' as assessment from es.outbox where key = $1 order by sequence desc limit 1`,
    [personId],
  )
  return rows[0]?.assessment
}

const pairs = ['slip', 'capacity'] as const

it.each(pairs)('a slip and the capacity it is for, at once, the %s first: the year knows both', async (first) => {
  const person = { personId: randomUUID(), insz: makeInsz(addDays(isoDate('1960-01-01'), first.length), 7) }
  await h.affiliation(opened(person), acquired(person, 'STUDENT', '2025-01-01'))
  const capacity = await sealPersonal(h.deps.vault, [acquired(person, 'EMPLOYEE', '2025-01-01')])
  const context = {
    ...{ ...h.deps, config: readConfig() },
    store: createEventStore([contributionYearEvents, waitingSlipsEvents]),
  }
  const slip = {
    ...{ ssin: person.insz, employerNumber: makeRszNumber(1234567) },
    ...{ quarter: '2025Q1' as Quarter, amountCents: 2_000_000 as Cents },
  }
  const origin = { actor: 'spec', correlationId: randomUUID() }
  const came = { on: isoDate('2026-02-16'), at: instant('2026-02-16T00:00:00.000Z'), arrival: 1 }
  const works: Record<(typeof pairs)[number], (tx: Transaction) => Promise<unknown>> = {
    slip: async (tx) =>
      expect(await recordPaperSlips(context, tx, [{ line: 1, item: slip }], origin, came)).toEqual(['recorded']),
    capacity: (tx) => h.service.consumers[0]!.handle(tx, capacity),
  }
  const written = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const one = h.database.transaction(async (tx) => {
    await works[first](tx)
    written.resolve()
    await commit.promise
  })
  await written.promise
  const other = h.database.transaction(works[first === 'slip' ? 'capacity' : 'slip'])
  await lockWaits(h.database, 1, other)
  commit.resolve()
  await Promise.all([one, other])
  expect(await toldLast(person.personId)).toMatchObject({ regime: 'wage', met: true })
})
