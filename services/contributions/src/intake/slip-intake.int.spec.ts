import { randomUUID } from 'node:crypto'
import { addDays, type IsoDate, isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dmfaFile, textOf } from '../testing/dmfa-file.ts'
import { acquired, bytesOf, createHarness, type Harness, opened, replaced } from '../testing/harness.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const employer = makeRszNumber(1234567)
const other = makeRszNumber(1111111)
let serial = 100
const nextSerial = () => {
  serial += 1
  return serial
}
const newPerson = () => ({
  personId: randomUUID(),
  insz: makeInsz(isoDate('1980-05-05'), nextSerial()),
})
const line = (insz: string, amountCents: number, employerNumber: string = employer, quarter = '2025Q1') => ({
  insz,
  employerNumber,
  quarter,
  amountCents,
})
const send = async (...lines: ReturnType<typeof line>[]) => {
  const result = await h.service.importSlipFile(dmfaFile(lines), { format: 'dmfa' })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  return result
}
const slipsOf = async (personId: string) => {
  const { rows } = await h.database.query<{ state: { slips: Record<string, { amountCents: number }> } }>(
    'select state from app.year_state where person_id = $1',
    [personId],
  )
  return Object.values(rows[0]?.state.slips ?? {}).map((slip) => slip.amountCents)
}
const messages = async (personId: string) =>
  (
    await h.database.query<{ payload: Record<string, unknown> }>(
      'select payload from es.outbox where key = $1 order by sequence',
      [personId],
    )
  ).rows.map((row) => row.payload)

describe('a declaration', () => {
  it('gives the slips of known persons and lets the others wait', async () => {
    const known = newPerson()
    const unknown = newPerson()
    await h.affiliation(opened(known), acquired(known, 'EMPLOYEE'))
    const { intake } = await send(line(known.insz, 500_000), line(unknown.insz, 400_000))
    expect(intake).toMatchObject({ state: 'accepted', records: 2, received: 2, recorded: 1, waiting: 1, refused: 0 })
    expect(await slipsOf(known.personId)).toEqual([500_000])
    expect(await messages(known.personId)).toMatchObject([
      { amountCents: 500_000, quarter: '2025Q1', source: 'rsz', assessment: { met: false, regime: 'wage' } },
    ])
    await h.affiliation(opened(unknown), acquired(unknown, 'EMPLOYEE'))
    expect(await slipsOf(unknown.personId)).toEqual([400_000])
    expect(await h.count('app.waiting_slips')).toBe(0)
  })

  it('sent twice is one intake', async () => {
    const person = newPerson()
    await h.affiliation(opened(person))
    const first = await send(line(person.insz, 100_000))
    const events = await h.count('es.events')
    const second = await send(line(person.insz, 100_000))
    expect(second.alreadyKnown).toBe(true)
    expect(second.intake.intakeId).toBe(first.intake.intakeId)
    expect(await h.count('es.events')).toBe(events)
    expect(await h.count('app_files.pages')).toBe(0)
  })

  it('counts and names the record of a student, which gives no slip', async () => {
    const [student, worker] = [newPerson(), newPerson()]
    const both = await textOf(dmfaFile([line(student.insz, 1), line(worker.insz, 2)]))
    const occupation = /<Occupation>.*?<\/Occupation>/s
    const work =
      '<StudentRemunAmount>00000120000</StudentRemunAmount><StudentContributionAmount>000003252</StudentContributionAmount>'
    const block = `<StudentContribution>${work}<StudentNbrDays>012</StudentNbrDays></StudentContribution>`
    const text = both.replace(occupation, block)
    const result = await h.service.importSlipFile(bytesOf(text), { format: 'dmfa' })
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    const { intakeId, ...intake } = result.intake
    expect(intake).toMatchObject({ state: 'accepted', records: 2, withoutSlip: 1, received: 1, waiting: 1, refused: 0 })
    const issues = await h.database.query('select code from app_files.issues where file_id = $1', [intakeId])
    expect(issues.rows).toEqual([{ code: 'studentWork' }])
    const alone = await textOf(dmfaFile([line(student.insz, 3)]))
    expect(await h.service.importSlipFile(bytesOf(alone.replace(occupation, block)), { format: 'dmfa' })).toMatchObject(
      {
        ok: true,
        intake: { state: 'accepted', records: 1, withoutSlip: 1, received: 0 },
      },
    )
  })

  it('sums the worker records of one person at one employer', async () => {
    const person = newPerson()
    await h.affiliation(opened(person))
    const { intake } = await send(line(person.insz, 100_000), line(person.insz, 50_000), line(person.insz, 7, other))
    expect(intake).toMatchObject({ records: 3, received: 2, recorded: 2 })
    expect((await slipsOf(person.personId)).sort()).toEqual([150_000, 7])
  })

  it('replaces what an earlier one said and publishes the previous amount', async () => {
    const person = newPerson()
    const still = newPerson()
    await h.affiliation(opened(person), opened(still))
    await send(line(person.insz, 100_000), line(still.insz, 1))
    const { intake } = await send(line(person.insz, 90_000), line(still.insz, 1))
    expect(intake).toMatchObject({ recorded: 1, unchanged: 1 })
    expect(await slipsOf(person.personId)).toEqual([90_000])
    expect((await messages(person.personId)).at(-1)).toMatchObject({
      amountCents: 90_000,
      previousAmountCents: 100_000,
    })
  })

  it('created before the one on file changes nothing when it comes after it, whether its person is known or not', async () => {
    const [person, unknown] = [newPerson(), newPerson()]
    await h.affiliation(opened(person))
    const of = (day: string, cents: number) =>
      [person, unknown].map(({ insz }) => ({ ...line(insz, cents), createdOn: isoDate(day) }))
    await send(...of('2025-05-10', 90_000))
    const { intake } = await send(...of('2025-04-20', 100_000))
    expect(intake).toMatchObject({ state: 'accepted', recorded: 0, unchanged: 2 })
    await h.affiliation(opened(unknown))
    expect([await slipsOf(person.personId), await slipsOf(unknown.personId)]).toEqual([[90_000], [90_000]])
    expect(await h.count(`es.events where type = 'SlipSuperseded'`)).toBe(1)
    await send(...of('2025-06-01', 80_000), ...of('2025-06-02', 70_000))
    expect(await slipsOf(person.personId)).toEqual([70_000])
  })

  it('refused as a whole says so first, also when the list of issues is full', async () => {
    const tomorrow = addDays(h.clock.today(), 1)
    const wrong = [1, 2, 3].map((cents) => ({ ...line(newPerson().insz, cents), createdOn: tomorrow }))
    const narrow = await h.restart({ config: { issuesMax: 1 } })
    const result = await narrow.importSlipFile(dmfaFile(wrong), { format: 'dmfa' })
    if (!result.ok) throw new Error(JSON.stringify(result.issues))
    const { rows } = await h.database.query(
      'select place, code from app_files.issues where file_id = $1 order by line, number',
      [result.intake.intakeId],
    )
    expect(rows).toMatchObject([{ place: 'file', code: 'fileTooManyBadRecords' }, { code: 'formInFuture' }])
  })

  it('that says it was made on a day to come is refused: it would replace everything sent until then', async () => {
    const person = newPerson()
    await h.affiliation(opened(person))
    const made = (cents: number, createdOn: IsoDate) => ({ ...line(person.insz, cents), createdOn })
    const tomorrow = addDays(h.clock.today(), 1)
    const { intake } = await send(made(1, tomorrow))
    expect(intake).toMatchObject({ state: 'refused', recorded: 0, refused: 1 })
    const { rows } = await h.database.query('select code from app_files.issues where file_id = $1', [intake.intakeId])
    expect(rows).toContainEqual({ code: 'formInFuture' })
    await send(made(2, h.clock.today()))
    expect(await slipsOf(person.personId)).toEqual([2])
  })

  it('finds a person under a replaced number, and what waited under it', async () => {
    const person = newPerson()
    const bis = makeInsz(isoDate('1980-05-05'), nextSerial(), { bis: 40 })
    await send(line(bis, 70_000))
    await h.affiliation(opened(person))
    expect(await slipsOf(person.personId)).toEqual([])
    await h.affiliation(replaced(person, bis))
    expect(await slipsOf(person.personId)).toEqual([70_000])
    await send(line(bis, 80_000))
    expect(await slipsOf(person.personId)).toEqual([80_000])
  })

  it('never holds a number of a person anywhere', async () => {
    const person = newPerson()
    await send(line(person.insz, 12_345))
    const dump = JSON.stringify([
      (await h.database.query('select * from app.waiting_slips')).rows,
      (await h.database.query('select * from app_files.files')).rows,
      (await h.database.query('select * from es.events')).rows,
    ])
    expect(dump).not.toContain(person.insz)
  })

  it('cut off leaves nothing behind', async () => {
    const before = await Promise.all(['app_files.files', 'app_files.pages', 'app_files.issues'].map(h.count))
    const whole = await textOf(dmfaFile([line(newPerson().insz, 1), line(newPerson().insz, 2)]))
    const result = await h.service.importSlipFile(bytesOf(whole.slice(0, -200)), { format: 'dmfa' })
    expect(result.ok).toBe(false)
    expect(await Promise.all(['app_files.files', 'app_files.pages', 'app_files.issues'].map(h.count))).toEqual(before)
  })

  it('is proven by verify', async () => {
    const findings = await Array.fromAsync(h.service.verify())
    expect(findings.filter((finding) => !finding.ok)).toEqual([])
    expect(findings.length).toBeGreaterThan(4)
  })
})
