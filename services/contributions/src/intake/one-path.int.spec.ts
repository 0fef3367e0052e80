import { randomUUID } from 'node:crypto'
import { isoDate, makeInsz, makeRszNumber } from '@ziv/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquired, bytesOf, createHarness, type Harness, opened } from '../testing/harness.ts'
import { sendLines } from '../testing/lines.ts'

let h: Harness
const persons = [301, 302].map((serial) => ({ personId: randomUUID(), insz: makeInsz(isoDate('1980-05-05'), serial) }))
const [byFile, byLine] = persons as [(typeof persons)[0], (typeof persons)[0]]
beforeAll(async () => {
  h = await createHarness()
  await h.affiliation(...persons.flatMap((person) => [opened(person), acquired(person, 'EMPLOYEE')]))
})
afterAll(() => h.drop())

interface Slip {
  readonly employerNumber: string
  readonly quarter: string
  readonly amountCents: number
}
const good: Slip = { employerNumber: makeRszNumber(1234567), quarter: '2025Q1', amountCents: 90_000 }

const seenFirst = 'seen when the line is read'
let sent = 0
async function inFile({ employerNumber, quarter, amountCents }: Slip) {
  // each a file of its own, or it would be the one before sent again
  sent += 1
  const row = { reference: String(sent), ssin: byFile.insz, employerNumber, quarter, amountCents, days: 100 }
  const result = await h.service.importSlipFile(bytesOf(`${JSON.stringify(row)}\n`), { format: 'jsonl' })
  if (!result.ok) throw new Error(JSON.stringify(result.issues))
  // whoever reads the line sees first what no slip can hold, and has a code of its own for it
  const { intakeId, recorded, unchanged, waiting, refused } = result.intake
  // a file of one wrong line is refused as a whole besides
  const issues = await h.database.query<{ code: string }>(
    `select code from app_files.issues where file_id = $1 and place <> 'file'`,
    [intakeId],
  )
  return {
    recorded,
    unchanged,
    waiting,
    refused,
    codes: issues.rows.map(({ code }) => (['SLIP-EMPLOYER', 'amountImpossible'].includes(code) ? seenFirst : code)),
  }
}

async function alone({ employerNumber, quarter, amountCents }: Slip) {
  const slip = { ssin: byLine.insz, employerNumber, quarter, amountCents }
  const { counts, issues } = await sendLines(h, 'slipBatch', [slip])
  return { ...counts, codes: issues.map(([, code]) => (code === 'lineInvalid' ? seenFirst : code)) }
}

const stored = async ({ personId }: { readonly personId: string }) =>
  (
    await h.database.query<{ amount: string; year: number }>(
      `select year, slip -> 'amountCents' as amount from app.year_state, jsonb_each(state -> 'slips') s (place, slip)
        where person_id = $1 order by year, place`,
      [personId],
    )
  ).rows

describe('one slip in a file of the RSZ and on a line', () => {
  it.each<[string, Partial<Slip>]>([
    ['is recorded', {}],
    ['is the same again', {}],
    ['corrects the amount', { amountCents: 95_000 }],
    ['of a quarter that runs', { quarter: '2026Q1' }],
    ['of a year without values of the law', { quarter: '1998Q1' }],
    ['of nobody who could be an employer', { employerNumber: '12' }],
    ['of an employer with letters in its number', { employerNumber: 'RSZ-none' }],
    ['of an amount that lost its comma', { amountCents: 20_000_000_000 }],
    ['of the highest amount', { quarter: '2024Q4', amountCents: 10_000_000_000 }],
  ])('%s: both are answered alike and store alike', async (_what, changes) => {
    const slip = { ...good, ...changes }
    expect(await alone(slip)).toEqual(await inFile(slip))
    expect(await stored(byLine)).toEqual(await stored(byFile))
  })
})
