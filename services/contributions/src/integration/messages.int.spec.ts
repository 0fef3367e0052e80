import { randomUUID } from 'node:crypto'
import {
  affiliationClosed,
  capacityEnded,
  catalog,
  personErased,
  referenceYearAssessed,
  referenceYearSettled,
  slipIntakeCompleted,
  slipRecorded,
} from '@ziv/contracts'
import { cents, isoDate, makeInsz, makeRszNumber, quarter, uuidV5 } from '@ziv/kernel'
import type { ReceivedEvent } from '@ziv/messaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dmfaFile } from '../testing/dmfa-file.ts'
import { acquired, bytesOf, createHarness, type Harness, opened, type SpecPerson } from '../testing/harness.ts'
import { sendLines } from '../testing/lines.ts'

let h: Harness
beforeAll(async () => {
  h = await createHarness()
})
afterAll(() => h.drop())

const employerNumber = makeRszNumber(1234567)
let serial = 500
const newPerson = (): SpecPerson => {
  serial += 1
  return { personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), serial) }
}
const line = (insz: string, amountCents: number, on = '2025Q1') => ({ insz, employerNumber, quarter: on, amountCents })

async function toldBy(key: string) {
  const { rows } = await h.database.query<{ topic: string; type: string; payload: Record<string, unknown> }>(
    'select topic, type, payload from es.outbox where key = $1 order by epoch, tx, id',
    [key],
  )
  for (const { type, payload } of rows) expect(catalog.get(type)?.schema.parse(payload)).toEqual(payload)
  return rows
}

/** An event of affiliation about a person that the harness has no word for. */
const about = ({ personId }: SpecPerson, type: string, data: object): ReceivedEvent => {
  const like = acquired({ personId, insz: '' }, 'EMPLOYEE')
  return { ...like, type, data: { personId, insurer: '300', ziekenfonds: '306', ...data } }
}

const endOfEmployee = ({ personId }: SpecPerson, to: string) => ({
  ...{ capacityId: uuidV5(`capacity:${personId}:EMPLOYEE`), capacity: 'EMPLOYEE', role: 'holder', to },
})

describe('what contributions tell', () => {
  it('every slip with the state of its year, and the outcome of the year when it is settled', async () => {
    const person = newPerson()
    await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
    await h.service.importSlipFile(dmfaFile([line(person.insz, 900_000)]), { format: 'dmfa' })
    await h.service.importSlipFile(dmfaFile([line(person.insz, 950_000)]), { format: 'dmfa' })
    await h.service.settleYear(2025)
    const rows = await toldBy(person.personId)
    expect(rows.map(({ topic, type }) => [topic, type])).toEqual([
      ['ziv.300.contributions.v1', slipRecorded.type],
      ['ziv.300.contributions.v1', slipRecorded.type],
      ['ziv.300.contributions.v1', referenceYearSettled.type],
    ])
    expect(rows.map(({ payload }) => payload)).toMatchObject([
      { amountCents: 900_000, source: 'rsz', assessment: { referenceYear: 2025, met: true } },
      { amountCents: 950_000, previousAmountCents: 900_000, assessment: { totalCents: 950_000 } },
      { settledOn: '2026-02-16', assessment: { referenceYear: 2025, met: true, totalCents: 950_000 } },
    ])
  })

  it('what would meet a year that is short and not settled, with the slip: the contribution on the wage, not the wage', async () => {
    const person = newPerson()
    await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
    const sent = [line(person.insz, 300_000, '2023Q1'), line(person.insz, 200_000, '2023Q2')]
    await h.service.importSlipFile(dmfaFile(sent.slice(0, 1)), { format: 'dmfa' })
    await h.service.importSlipFile(dmfaFile(sent.slice(1)), { format: 'dmfa' })
    await h.service.importSlipFile(dmfaFile([line(person.insz, 900_000, '2023Q3')]), { format: 'dmfa' })
    const told = (await toldBy(person.personId)).map(({ payload }) => payload)
    expect(told.map(({ repairs }) => (repairs as { kind: string }[]).map(({ kind }) => kind))).toEqual([
      ['payComplement', 'residentRegistration'],
      ['payComplement', 'residentRegistration'],
      [],
    ])
    expect(told[1]).toMatchObject({ repairs: [{ params: { shortCents: 222_464, payCents: 16_351 } }, {}] })
  })

  it('a year that runs as far as it came: nothing is short or asked, and how it would stand on its last day is apart', async () => {
    const person = newPerson()
    await h.affiliation(opened(person), acquired(person, 'STUDENT', '2025-01-01'))
    const paid = { paymentId: randomUUID(), personId: person.personId, quarter: quarter('2026Q1') }
    await sendLines(h, 'paymentBatch', [{ ...paid, amountCents: cents(100), receivedOn: isoDate('2026-02-01') }])
    const [row] = await toldBy(person.personId)
    expect(row?.payload).toMatchObject({
      assessment: { referenceYear: 2026, totalCents: 100, met: false, shortCents: 0, awaits: 'yearEnd' },
      atYearEnd: { grounds: [{ rule: 'minimum.personal', satisfied: false }], repairs: [{ kind: 'payQuarters' }] },
    })
    expect(row?.payload).not.toHaveProperty('grounds')
    const { assessment, atYearEnd } = row!.payload as unknown as Record<string, Record<string, number>>
    expect(atYearEnd?.shortCents).toBe((assessment?.requiredCents as number) - 100)
  })

  it('a capacity that changes a year which waits for its settlement, once, with reasons and repairs', async () => {
    const person = newPerson()
    await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
    await h.service.importSlipFile(dmfaFile([line(person.insz, 900_000)]), { format: 'dmfa' })
    const selfEmployed = acquired(person, 'SELF_EMPLOYED', '2025-07-01')
    await h.affiliation(about(person, capacityEnded.type, endOfEmployee(person, '2025-01-31')), selfEmployed)
    await h.affiliation(selfEmployed)
    const rows = await toldBy(person.personId)
    expect(rows.map(({ type }) => type)).toEqual([slipRecorded.type, referenceYearAssessed.type])
    const answers = await Array.fromAsync(h.service.answerYears())
    const answer = answers.find(({ personId }) => personId === person.personId)
    const { regime, met, shortCents } = answer!.now
    expect(rows[1]?.payload).toMatchObject({ assessedOn: '2026-02-16', assessment: { regime, met, shortCents } })
  })

  it('the counts of a file under the key of its intake, without a person', async () => {
    const { insz } = newPerson()
    const result = await h.service.importSlipFile(dmfaFile([line(insz, 7_000)]), { format: 'dmfa' })
    const intakeId = result.ok ? result.intake.intakeId : ''
    expect(await toldBy(intakeId)).toMatchObject([
      {
        topic: 'ziv.rsz.contribution-slips.v1',
        type: slipIntakeCompleted.type,
        payload: { intakeId, format: 'dmfa', state: 'accepted', received: 1, waiting: 1, recorded: 0 },
      },
    ])
  })
})

describe('what contributions hear of affiliation', () => {
  it('whoever left is told about at the last insurer, and the end of a capacity ends what is due', async () => {
    const person = newPerson()
    const capacityId = uuidV5(`capacity:${person.personId}:STUDENT`)
    await h.affiliation(opened(person), acquired(person, 'STUDENT', '2025-01-01'))
    const required = async () => {
      const fold = await sendLines(h, 'paymentBatch', [
        {
          ...{ paymentId: randomUUID(), personId: person.personId, quarter: quarter('2025Q1') },
          ...{ amountCents: cents(1), receivedOn: isoDate('2026-02-01') },
        },
      ])
      expect(fold.counts).toMatchObject({ recorded: 1 })
      const assessments = (await toldBy(person.personId)).map(({ payload }) => payload.assessment)
      return (assessments.at(-1) as { requiredCents: number }).requiredCents
    }
    const wholeYear = await required()
    await h.affiliation(
      about(person, capacityEnded.type, { capacityId, capacity: 'STUDENT', to: '2025-06-30' }),
      about(person, affiliationClosed.type, {
        ...{ affiliationId: uuidV5(`affiliation:${person.personId}:300`), to: '2025-06-30', reason: 'departure' },
      }),
    )
    expect(await required()).toBe(wholeYear / 2)
  })

  it('whoever was erased is found by no number any more', async () => {
    const person = newPerson()
    await h.affiliation(opened(person), acquired(person, 'EMPLOYEE'))
    await h.affiliation(about(person, personErased.type, {}))
    const result = await h.service.importSlipFile(dmfaFile([line(person.insz, 8_000)]), { format: 'dmfa' })
    expect(result).toMatchObject({ intake: { recorded: 0, waiting: 1 } })
    const { rows } = await h.database.query<{ birth: string; erased: string }>(
      'select member ->> 0 as birth, member ->> 3 as erased from app_members.persons where person_id = $1',
      [person.personId],
    )
    expect(rows).toEqual([{ birth: '1980-07-01', erased: 'true' }])
  })
})

describe('what contributions refuse', () => {
  it('a slip of a quarter that runs, and a payment with a communication that is not one of ours, each in its place', async () => {
    const { insz } = newPerson()
    const paper = { ssin: insz, employerNumber, amountCents: cents(1) }
    const slips = await sendLines(h, 'slipBatch', [
      { ...paper, quarter: quarter('2026Q1') },
      { ...paper, quarter: quarter('2025Q4') },
    ])
    expect(slips).toMatchObject({ counts: { waiting: 1, refused: 1 }, issues: [[1, 'quarterNotOver']] })
    const payment = { paymentId: 'CODA-77', amountCents: cents(100), receivedOn: isoDate('2026-02-01') }
    const [mistyped, neverGiven] = ['800000000097', '800000000078']
    const payments = await sendLines(h, 'paymentBatch', [
      { ...payment, ogm: mistyped },
      { ...payment, ogm: neverGiven },
      { ...payment, personId: newPerson().personId, quarter: quarter('2025Q4') },
    ])
    const issues = [
      [1, 'ogmInvalid'],
      [2, 'ogmUnknown'],
      [3, 'personNotFound'],
    ]
    expect(payments).toMatchObject({ counts: { refused: 3 }, issues })
  })

  it('nothing of a file that ends in the middle', async () => {
    const result = await h.service.importSlipFile(bytesOf('<DmfAOriginal>'), { format: 'dmfa' })
    expect(result.ok).toBe(false)
  })
})
