import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { failedFindings, fileIn, readAnswer } from '../testing/answers.ts'
import {
  bytes,
  createHarness,
  fileText,
  type Harness,
  invoice,
  type LineSpec,
  type Patient,
  patient,
  received,
} from '../testing/harness.ts'

let harness: Harness
const crowd = Array.from({ length: 40 }, (_, n) => patient(200 + n))
const subject = patient(301)
beforeAll(async () => {
  harness = await createHarness()
  await harness.insured(...crowd, subject)
})
afterAll(() => harness.drop())

let day = 0
/** Forty good invoices of another day each time, so that one error stays below the limit, and the line to be controlled. */
async function settled(
  lines: readonly LineSpec[],
  extra: Parameters<typeof invoice>[3] = {},
  person: Patient = subject,
) {
  day += 1
  const date = `2024-03-${String(day).padStart(2, '0')}`
  const good = crowd.map((someone, index) => invoice(someone, 1000 + index, [{ date }]))
  const text = await fileText([...good, invoice(person, 1, lines, extra)])
  const file = fileIn(await harness.service.importInvoiceFile(bytes(text)))
  expect(file.state).toBe('settled')
  const answer = await readAnswer(harness, file.fileId)
  return { file, service: answer.services.at(-1)!, header: answer.headers.at(-1)!, answer }
}

describe('a control answers with its official code', () => {
  test('200820: nobody knows the beneficiary', async () => {
    const { header, service } = await settled([{}], {}, patient(999))
    expect(header).toEqual(['200820'])
    expect(service.paidCents).toBe(0)
  })

  test('200742: the beneficiary is a member of another insurer', async () => {
    const { header, service } = await settled([{}], { ziekenfonds: '505' })
    expect(header).toEqual(['200742'])
    expect(service.paidCents).toBe(0)
  })

  test('200742: the beneficiary is a member of another ziekenfonds of the landsbond', async () => {
    const member = patient(302, '304')
    await harness.insured(member)
    expect((await settled([{}], { ziekenfonds: '306' }, member)).header).toEqual(['200742'])
  })

  test('200802: check digits of the INSZ', async () => {
    const wrong = `${subject.insz.slice(0, 9)}${subject.insz.slice(9) === '01' ? '02' : '01'}`
    expect((await settled([{}], { insz: wrong })).header).toContain('200802')
  })

  test('500540: not in order on the day of care', async () => {
    const late = patient(303)
    await harness.insured(late)
    await harness.deliver(
      received('ziv.300.rights.v1', 'be.ziv.rights.v1.insurability.notify.changed', late.personId, {
        personId: late.personId,
        insurer: '300',
        ziekenfonds: '306',
        periods: [],
        changedFrom: '2020-01-01',
        cause: 'correction',
      }),
    )
    expect((await settled([{}], {}, late)).service).toEqual({ codes: ['500540'], paidCents: 0 })
  })

  test('500549: care after death', async () => {
    const dead = patient(304)
    await harness.insured(dead)
    await harness.deliver(
      received('ziv.300.affiliation.v1', 'be.ziv.affiliation.v1.persons.notify.died', dead.personId, {
        personId: dead.personId,
        insurer: '300',
        ziekenfonds: '306',
        diedOn: '2024-05-01',
      }),
    )
    expect((await settled([{ date: '2024-05-02' }], {}, dead)).service.codes).toEqual(['500549'])
  })

  test('500403: no such nomenclature code', async () => {
    expect((await settled([{ code: '999935' }])).service.codes).toEqual(['500403'])
  })

  test('500420: no tariff on the day of care', async () => {
    expect((await settled([{ code: '101496', date: '2023-06-05' }])).service.codes).toEqual(['500420'])
  })

  test('500402: check digit of the nomenclature code', async () => {
    expect((await settled([{ code: '101033' }])).service.codes).toContain('500402')
  })

  test('501940: too much is asked of the insurance; the official amount is paid', async () => {
    const { service, file } = await settled([{ date: '2024-05-08', insurance: 2168, patient: 400 }])
    expect(service).toEqual({ codes: ['501940', '502740'], paidCents: 1968 })
    expect(file).toMatchObject({ acceptedLines: 41, errorLines: 1, paidCents: 41 * 1968 })
  })

  test('502742: the patient was asked too much', async () => {
    const { service } = await settled([{ date: '2024-05-09', insurance: 1968, patient: 700 }])
    expect(service).toEqual({ codes: ['502742'], paidCents: 0 })
  })

  test('503042 informs of a supplement and pays', async () => {
    const { service } = await settled([{ date: '2024-05-10', supplement: 500 }])
    expect(service).toEqual({ codes: ['503042'], paidCents: 1968 })
  })

  test('500510: care in the future', async () => {
    expect((await settled([{ date: '2024-12-01' }])).service.codes).toContain('500510')
  })

  test('500546: time-barred, unless the prescription was lifted', async () => {
    const old = { date: '2022-05-31', insurance: 1393, patient: 600 }
    expect((await settled([old])).service.codes).toEqual(['500546'])
    expect((await settled([old], { prescriptionLifted: true })).service).toEqual({ codes: [], paidCents: 1393 })
  })

  test('500546: the last day of the month two years later still counts', async () => {
    const onTime = { date: '2022-06-01', insurance: 1393, patient: 600 }
    expect((await settled([onTime])).service).toEqual({ codes: [], paidCents: 1393 })
  })

  test('500544: paid before; 500423: twice in this file', async () => {
    const line = { date: '2024-05-13' }
    expect((await settled([line])).service.codes).toEqual([])
    expect((await settled([line])).service).toEqual({ codes: ['500544'], paidCents: 0 })
    const twice = { date: '2024-05-14' }
    const { answer } = await settled([twice, twice])
    expect(answer.services.slice(-2)).toEqual([
      { codes: [], paidCents: 1968 },
      { codes: ['500423'], paidCents: 0 },
    ])
  })

  test('500423 also when the first one stands in another chunk of the same file', async () => {
    const small = await harness.restart({ config: { invoicesPerChunk: 4, linesPerChunk: 6 } })
    const date = '2024-05-15'
    const good = crowd.map((someone, index) => invoice(someone, 1000 + index, [{ date }]))
    const text = await fileText([invoice(subject, 1, [{ date }]), ...good, invoice(subject, 2, [{ date }])])
    const file = fileIn(await small.importInvoiceFile(bytes(text)))
    expect(file).toMatchObject({ state: 'settled', acceptedLines: 41, refusedLines: 1 })
    expect((await readAnswer(harness, file.fileId)).services.at(-1)).toEqual({ codes: ['500423'], paidCents: 0 })
  })

  test('201103: a credit note is refused', async () => {
    const lines = [{ date: '2024-03-01', insurance: -1968, patient: -600, units: -1 }]
    const good = crowd.map((someone, index) => invoice(someone, 1000 + index, [{ date: '2024-04-30' }]))
    const text = await fileText([invoice(subject, 1, lines, { creditNote: true }), ...good])
    const file = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    expect((await readAnswer(harness, file.fileId)).headers[0]).toEqual(['201103'])
  })

  test('every settled file adds up', async () => {
    expect(await failedFindings(harness)).toEqual([])
  })
})

describe('a file is refused as a whole', () => {
  const statusOf = async (text: string) => fileIn(await harness.service.importInvoiceFile(bytes(text)))

  test('920099 when more than 5 % of its lines are in error', async () => {
    const lines = (count: number, wrong: number, date: string) =>
      Array.from({ length: count }, (_, n) =>
        invoice(crowd[n]!, n, [{ date, ...(n < wrong ? { code: '999935' } : {}) }]),
      )
    const atLimit = await statusOf(await fileText(lines(20, 1, '2024-04-01')))
    expect(atLimit).toMatchObject({ state: 'settled', refusedLines: 1, errorLines: 1 })
    const above = await statusOf(await fileText(lines(39, 2, '2024-04-02')))
    expect(above).toMatchObject({ state: 'refused', answerKind: '920099', refusedLines: 39, paidCents: 0 })
    const { services, items } = await readAnswer(harness, above.fileId)
    expect(services.slice(0, 3)).toEqual([
      { codes: ['500403'], paidCents: 0 },
      { codes: ['500403'], paidCents: 0 },
      { codes: [], paidCents: 0 },
    ])
    expect(items[0]).toMatchObject({ kind: 'header', messageType: '920099' })
    const { rowCount } = await harness.database.query('select from app.claims where file_id = $1', [above.fileId])
    expect(rowCount).toBe(0)
  })

  test('920099 when a record has wrong check digits, with the code on the record', async () => {
    const text = await fileText([invoice(subject, 1, [{ date: '2024-04-03' }])])
    const at = 227 + 2 * 350 + 348
    const broken = text.slice(0, at) + (text.slice(at, at + 2) === '11' ? '12' : '11') + text.slice(at + 2)
    const file = await statusOf(broken)
    expect(file).toMatchObject({ state: 'refused', answerKind: '920099' })
    expect((await readAnswer(harness, file.fileId)).services[0]!.codes).toContain('509902')
  })

  test('920999 when the totals of the file are wrong', async () => {
    const text = await fileText([invoice(subject, 1, [{ date: '2024-04-04' }])])
    const at = text.lastIndexOf('96', text.length - 300)
    const broken = `${text.slice(0, at + 24)}9${text.slice(at + 25)}`
    const file = await statusOf(broken)
    expect(file).toMatchObject({ state: 'refused', answerKind: '920999' })
    const { items } = await readAnswer(harness, file.fileId)
    expect(items[0]).toMatchObject({ kind: 'header', messageType: '920999' })
  })

  test('and nothing of it is paid', async () => {
    expect(await failedFindings(harness)).toEqual([])
  })
})

describe('a file that cannot be read leaves nothing behind', () => {
  const tables = ['app_files.files', 'app.staged_invoices', 'app_files.issues', 'es.events']
  const refusedWithoutTrace = async (source: AsyncIterable<Uint8Array>, code: string) => {
    const before = await Promise.all(tables.map(harness.count))
    const result = await harness.service.importInvoiceFile(source)
    expect(result).toMatchObject({ ok: false, reason: 'unreadable' })
    if (!result.ok) expect(result.issues.map((issue) => issue.code)).toContain(code)
    expect(await Promise.all(tables.map(harness.count))).toEqual(before)
  }

  test('0 bytes', () => refusedWithoutTrace(bytes(''), 'EFACT-EMPTY'))
  test('garbage', () => refusedWithoutTrace(bytes('hello, this is no billing file'.repeat(100)), 'EFACT-NOT-BILLING'))
  test('cut off in a record', async () => {
    const text = await fileText(crowd.map((person, n) => invoice(person, n, [{ date: '2024-04-05' }])))
    const small = await harness.restart({ config: { linesPerChunk: 5 } })
    const before = await Promise.all(tables.map(harness.count))
    const result = await small.importInvoiceFile(bytes(text.slice(0, 227 + 350 * 80 + 100)))
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'EFACT-CUT-OFF' }] })
    expect(await Promise.all(tables.map(harness.count))).toEqual(before)
  })
  test('positions lost in the middle', async () => {
    const text = await fileText(crowd.map((person, n) => invoice(person, n, [{ date: '2024-04-05' }])))
    const at = 227 + 350 * 60
    await refusedWithoutTrace(bytes(text.slice(0, at) + text.slice(at + 17)), 'EFACT-LOST')
  })
  test('an answer file', async () => {
    const file = fileIn(
      await harness.service.importInvoiceFile(bytes(await fileText([invoice(crowd[0]!, 1, [{ date: '2024-04-08' }])]))),
    )
    const parts: string[] = []
    for await (const part of await harness.service.invoiceFileAnswer(file.fileId)) parts.push(part)
    await refusedWithoutTrace(bytes(parts.join('')), 'EFACT-ANSWER')
  })
  test('100 MB of noise is streamed, not held', async () => {
    const noise = Buffer.alloc(1_000_000, '920000xyz')
    async function* stream() {
      for (let part = 0; part < 100; part += 1) yield noise
    }
    await refusedWithoutTrace(stream(), 'EFACT-LOST')
  })
})
