import { capacityRequested, type DataOf } from '@ziv/contracts'
import { LANGUAGES, type Words } from '@ziv/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { fileIn } from '../testing/answers.ts'
import { call, clerk, harness, insured, sameProvider, useApi } from '../testing/api-world.ts'
import {
  bytes,
  fileText,
  inOrder,
  invoice,
  opened,
  type Patient,
  patient,
  provider,
  received,
} from '../testing/harness.ts'

useApi()

const crowd = Array.from({ length: 45 }, (_, n) => patient(400 + n))
const waiting = patient(460)
const strange = patient(461)
const asleep = patient(462)

beforeAll(async () => {
  await harness.insured(...crowd, asleep)
  const openings = [waiting, strange].map((person) => opened(person, harness.vault.blindIndex('insz', person.insz)))
  await harness.deliver(...openings, requested(waiting))
  // a right that ran out before the day of the care
  await harness.deliver(inOrder(asleep, '2020-01-01', '2024-05-01'))
})

const requested = (person: Patient) =>
  received<DataOf<typeof capacityRequested>>('ziv.300.affiliation.v1', capacityRequested.type, person.personId, {
    ...{ personId: person.personId, insurer: '300', ziekenfonds: person.ziekenfonds as '306' },
    ...{ capacityId: person.personId, capacity: 'RESIDENT', role: 'holder' as const },
    ...{ acquiredOn: '2024-04-02', requestedOn: '2024-04-15', waitingFor: 'immigrationOffice' as const },
  })

interface Refusal {
  readonly code: string
  readonly letter: string
  readonly text: Words
}
interface Line {
  readonly refusals: readonly Refusal[]
  readonly grounds: readonly { readonly rule: string; readonly article?: string; readonly text: string }[]
  readonly repairs: readonly { readonly rule: string; readonly kind: string; readonly text: string }[]
}
interface Claim {
  readonly claimId: string
  readonly refusals: readonly Refusal[]
  readonly grounds: readonly { readonly rule: string; readonly text: string }[]
  readonly repairs: readonly { readonly text: string }[]
  readonly lines: readonly Line[]
}

const line = { nomenclature: '101032', careDate: '2024-05-06', askedCents: 2568 }
const ask = async (person: Patient, language = 'en'): Promise<Claim> => {
  const body = { ssin: person.insz, providerNumber: provider, lines: [line] }
  const headers = { 'accept-language': language }
  return (await call('POST', '/claims', { body, headers, token: sameProvider })).json
}
const wordsOf = ({ nl, fr, de, en }: Words): Words => ({ nl, fr, de, en })

interface Issue extends Words {
  readonly code: string
}

/** The issues of a file with good invoices around one of a person, and the claim that the invoice became. */
async function billed(person: Patient, lines: Parameters<typeof invoice>[2], date: string, by = harness.service) {
  const good = crowd.map((someone, n) => invoice(someone, n + 1, [{ date }]))
  const text = await fileText([...good, invoice(person, 99, lines)])
  const file = fileIn(await by.importInvoiceFile(bytes(text)))
  expect(file.state).toBe('settled')
  const { items } = (await call('GET', `/invoiceFiles/${file.fileId}/issues`, { token: clerk })).json
  const { rows } = await harness.database.query<{ claim_id: string }>(
    'select claim_id from app.claims where file_id = $1 order by sequence desc limit 1',
    [file.fileId],
  )
  const claim = (await call('GET', `/claims/${rows[0]!.claim_id}`)).json as Claim
  return { issues: items as readonly Issue[], claim }
}

describe('care of a person whose capacity waits', () => {
  test('is refused with whose decision it waits for and since when, in the language of the caller', async () => {
    const [en, nl, fr, de] = await Promise.all(['en', 'nl', 'fr', 'de'].map((language) => ask(waiting, language)))
    expect(en!.lines[0]).toMatchObject({
      refusals: [{ code: '500540', letter: 'R' }],
      grounds: [{ rule: 'claim.inOrder', article: 'ZIV law art. 32', satisfied: false }],
      repairs: [{ rule: 'claim.inOrder', kind: 'await' }],
    })
    const told = [en, nl, fr, de].map(
      (claim) => `${claim!.lines[0]!.grounds[0]!.text} ${claim!.lines[0]!.repairs[0]!.text}`,
    )
    expect(told[0]).toMatch(/waits since 15 April 2024 .*the Immigration Office/)
    expect(told[1]).toMatch(/wacht sinds 15-04-2024 .*de Dienst Vreemdelingenzaken/)
    expect(told[2]).toMatch(/attend depuis le 15\/04\/2024 .*l'Office des étrangers/)
    expect(told[3]).toMatch(/wartet seit dem 15.04.2024 .*Ausländeramt/)
  })

  test('is told the same in the list of a file, and by REST of the claim that came of it', async () => {
    const byRest = await ask(waiting)
    const { issues, claim } = await billed(waiting, [{ date: '2024-05-06' }], '2024-05-06')
    expect(issues.map(({ code }) => code)).toEqual(['500540'])
    expect(wordsOf(issues[0]!)).toEqual(byRest.lines[0]!.refusals[0]!.text)
    expect(claim.lines[0]!.refusals).toEqual(byRest.lines[0]!.refusals)
    expect(claim.lines[0]!.grounds).toEqual(
      byRest.lines[0]!.grounds.map((ground) => ({ ...ground, text: expect.any(String) })),
    )
    expect(issues[0]!.en).toContain((await ask(waiting)).lines[0]!.repairs[0]!.text)
  })
})

test('of nobody who is not in order is told what holds of another', async () => {
  const texts = await Promise.all([waiting, strange, asleep].map(async (one) => (await ask(one)).lines[0]!.refusals[0]))
  expect(texts.map((refusal) => refusal?.code)).toEqual(['500540', '500540', '500540'])
  for (const language of LANGUAGES) expect(new Set(texts.map((refusal) => refusal?.text[language])).size).toBe(3)
})

test('what the reading of a file found has its words by REST too', async () => {
  const before = { date: '2024-05-08' }
  const { claim, issues } = await billed(insured, [{ ...before, code: '101033' }], '2024-05-08')
  const [refusal] = claim.lines[0]!.refusals
  expect(refusal).toMatchObject({ code: '500402', letter: 'R', text: { en: expect.stringContaining('101033') } })
  expect(claim.lines[0]!.repairs[0]!.text).toMatch(/send .*again/)
  expect(issues.map(({ code }) => code)).toEqual(['500402'])
  for (const language of LANGUAGES) expect(issues[0]![language]).toMatch(/101033/)
  expect(issues[0]!.en).toContain(claim.lines[0]!.repairs[0]!.text)
})

test('care that is found to be paid only when the file is settled is told in the same words', async () => {
  const small = await harness.restart({ config: { invoicesPerChunk: 4, linesPerChunk: 6 } })
  const twice = crowd[0]!
  const { claim, issues } = await billed(twice, [{ date: '2024-05-10' }], '2024-05-10', small)
  expect(issues.map(({ code }) => code)).toEqual(['500423'])
  expect(wordsOf(issues[0]!)).toEqual(claim.lines[0]!.refusals[0]!.text)
  expect(claim.lines[0]).toMatchObject({ repairs: [{ rule: 'claim.once', kind: 'nothing' }] })
})

test('a claim that is refused as a whole says why and what would change it', async () => {
  const stranger = await ask(patient(999))
  expect(stranger).toMatchObject({
    refusals: [{ code: '200820', letter: 'F' }],
    grounds: [{ rule: 'claim.patientKnown', satisfied: false }],
    repairs: [{ rule: 'claim.patientKnown', kind: 'sendAgain' }],
  })
})

test('care that was paid before says that nothing changes it', async () => {
  await ask(insured)
  const again = (await ask(insured)).lines[0]!
  expect(again).toMatchObject({ refusals: [{ code: '500544' }], repairs: [{ rule: 'claim.once', kind: 'nothing' }] })
  expect(again.grounds).toMatchObject([{ rule: 'claim.once', satisfied: false }])
})
