import { randomUUID } from 'node:crypto'
import { addDays, isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContributionsOptions } from '../service.ts'
import { dmfaFile } from '../testing/dmfa-file.ts'
import { acquired, createHarness, type Harness, opened, replaced, type SpecPerson } from '../testing/harness.ts'

const employers = [makeRszNumber(1234567), makeRszNumber(1111111)] as const
const personOf = (serial: number): SpecPerson => ({
  personId: randomUUID(),
  insz: makeInsz(addDays(isoDate('1980-01-01'), serial), 1),
})

/** Options that end the work in the middle, as a killed process would: after this many chunks. */
function dyingAfter(chunks: number): ContributionsOptions {
  let left = chunks
  return {
    config: { personsPerChunk: 3, rowsPerChunk: 4 },
    afterChunk: () => {
      left -= 1
      if (left <= 0) throw new Error('killed')
    },
  }
}
const living: ContributionsOptions = { config: { personsPerChunk: 3, rowsPerChunk: 4 } }

describe('work that a killed process left half done', () => {
  let h: Harness
  const persons = Array.from({ length: 20 }, (_, index) => personOf(index))
  beforeAll(async () => {
    h = await createHarness(living)
    // one in four is not known yet: their slips wait
    for (const person of persons.filter((_, index) => index % 4 !== 0))
      await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
  })
  afterAll(() => h.drop())

  const file = (quarter: string) =>
    dmfaFile(
      persons.map(({ insz }, index) => ({ insz, employerNumber: employers[0], quarter, amountCents: 100_000 + index })),
    )

  for (const [chunks, quarter] of [
    [1, '2025Q1'],
    [2, '2025Q2'],
    [4, '2025Q3'],
    [7, '2025Q4'],
  ] as const) {
    it(`an intake killed after ${chunks} chunks goes on without repeating or losing a slip`, async () => {
      const dying = await h.restart(dyingAfter(chunks))
      await expect(dying.importSlipFile(file(quarter), { format: 'dmfa' })).rejects.toThrow('killed')
      const next = await h.restart(living)
      await next.resume()
      const again = await next.importSlipFile(file(quarter), { format: 'dmfa' })
      expect(again).toMatchObject({ ok: true, alreadyKnown: true })
      expect(again.ok && again.intake).toMatchObject({ state: 'accepted', received: 20, recorded: 15, waiting: 5 })
      const sql = `es.events where type = 'SlipRecorded' and data ->> 'quarter' = '${quarter}'`
      expect(await h.count(sql)).toBe(15)
      expect(await h.count('app_files.pages')).toBe(0)
    })
  }

  it('an upload whose process died is swept', async () => {
    const before = await h.count('app_files.files')
    await h.database.query(
      `with upload as (
         insert into app_files.files (file_id, kind, state, sender, format, business_date, actor, correlation_id, received_at, lease_until)
         values (gen_random_uuid(), 'slipIntake', 'receiving', '', 'dmfa', now(), 'spec', 'spec', now(), now() - interval '1 second')
         returning file_id)
       insert into app_files.pages select file_id, 97 * 16 + 12, 1, repeat('a', 43) || ' 123456789 2025Q1 1 1' from upload`,
    )
    await (await h.restart(living)).resume()
    expect(await h.count('app_files.files')).toBe(before)
    expect(await h.count('app_files.pages')).toBe(0)
  })

  it('a settlement run goes on, and settles everybody once', async () => {
    const dying = await h.restart(dyingAfter(2))
    await expect(dying.settleYear(2025)).rejects.toThrow('killed')
    const next = await h.restart(living)
    expect(await next.settleYear(2025)).toMatchObject({ state: 'done', persons: 15, settled: 15, failed: 0 })
    expect(await h.count(`es.events where type = 'YearSettled'`)).toBe(15)
    const second = await next.settleYear(2025)
    expect(second).toMatchObject({ persons: 15, settled: 0, unchanged: 15 })
  })

  it('two processes that take up the same file record it once', async () => {
    const other = Array.from({ length: 12 }, (_, index) => personOf(1_000 + index))
    for (const person of other) await h.affiliation(opened(person))
    const lines = other.map(({ insz }) => ({ insz, employerNumber: employers[1], quarter: '2025Q1', amountCents: 5 }))
    const dying = await h.restart(dyingAfter(1))
    await expect(dying.importSlipFile(dmfaFile(lines), { format: 'dmfa' })).rejects.toThrow('killed')
    const [one, two] = [await h.restart(living), await h.restart(living)]
    await Promise.all([one.resume(), two.resume()])
    await Promise.all([one.runs.idle(), two.runs.idle()])
    const { rows } = await h.database.query('select outcome, counts from app_files.files order by arrival desc limit 1')
    expect(rows).toEqual([
      { outcome: 'accepted', counts: { received: 12, recorded: 12, unchanged: 0, waiting: 0, refused: 0 } },
    ])
  })

  it('leaves proofs that hold', async () => {
    const findings = await Array.fromAsync(h.service.verify())
    expect(findings.filter((finding) => !finding.ok)).toEqual([])
  })
})

describe('the order of arrival', () => {
  let h: Harness
  beforeAll(async () => {
    h = await createHarness(living)
  })
  afterAll(() => h.drop())

  it('of a person, a replaced number and the slips under both does not matter', async () => {
    let serial = 2_000
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), fc.boolean(), async (order, oneFile) => {
        serial += 1
        const person = personOf(serial)
        const bis = makeInsz(addDays(isoDate('1980-01-01'), serial), 2, { bis: 40 })
        const line = (insz: string, amountCents: number) => ({
          insz,
          employerNumber: employers[0],
          quarter: '2025Q1',
          amountCents,
        })
        const send = (...lines: ReturnType<typeof line>[]) =>
          h.service.importSlipFile(dmfaFile(lines), { format: 'dmfa' })
        // the files come in this order among each other; the facts of the person come anywhere between them
        const files = oneFile
          ? [
              () => send(line(person.insz, serial * 10), line(bis, 7)),
              () => send(line(bis, serial * 20)),
              () => send(line(bis, serial * 30 + 1)),
            ]
          : [
              () => send(line(bis, serial * 10)),
              () => send(line(person.insz, serial * 20)),
              () => send(line(bis, serial * 30 + 1)),
            ]
        const facts = [() => h.affiliation(opened(person)), () => h.affiliation(replaced(person, bis))]
        let file = 0
        let fact = 0
        for (const step of order) await (step < 3 ? files[file++]!() : facts[fact++]!())
        const { rows } = await h.database.query<{ state: { slips: Record<string, { amountCents: number }> } }>(
          'select state from app.year_state where person_id = $1',
          [person.personId],
        )
        expect(Object.values(rows[0]!.state.slips).map((slip) => slip.amountCents)).toEqual([serial * 30 + 1])
      }),
      { numRuns: 25 },
    )
    expect(await h.count('app.waiting_slips')).toBe(0)
    const findings = await Array.fromAsync(h.service.verify())
    expect(findings.filter((finding) => !finding.ok)).toEqual([])
  })
})
