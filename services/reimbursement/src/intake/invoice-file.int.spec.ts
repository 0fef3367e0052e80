import { makeRizivNumber } from '@ziv/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerText, failedFindings, fileIn, readAnswer } from '../testing/answers.ts'
import { bytes, createHarness, fileText, type Harness, invoice, patient } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.drop())

/** The provider of the specs, billing under another qualification. */
const otherQualification = makeRizivNumber(110_003, 3) as string
/** So many lines that one in error does not refuse the whole file. */
const daysOf = (month: string) =>
  Array.from({ length: 24 }, (_, day) => ({ date: `2024-${month}-${String(day + 1).padStart(2, '0')}` }))
const [manyDays, otherDays] = [daysOf('04'), daysOf('05')]
const people = [1, 2, 3].map((n) => patient(n))

describe('a billing file', () => {
  test('is settled, answered and published', async () => {
    await harness.insured(...people)
    const text = await fileText(people.map((person, index) => invoice(person, index + 1)))
    const file = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    expect(file).toMatchObject({
      state: 'settled',
      answerKind: '920900',
      invoices: 3,
      lines: 3,
      acceptedLines: 3,
      refusedLines: 0,
      askedCents: 3 * 1968,
      paidCents: 3 * 1968,
    })
    const { items } = await readAnswer(harness, file.fileId)
    expect(items.filter((item) => item.kind === 'issue')).toEqual([])
    expect(items.find((item) => item.kind === 'settlement')).toMatchObject({
      totals: { askedCents: 5904, acceptedCents: 5904, refusedCents: 0 },
    })
    const { rows } = await harness.database.query<{ topic: string }>('select topic from es.outbox')
    expect(rows.map((row) => row.topic)).toEqual(Array(3).fill('ziv.300.reimbursement.v1'))
    expect(await failedFindings(harness)).toEqual([])
  })

  test('repeats in its answer every byte of the records that were sent', async () => {
    const text = await fileText([invoice(people[0]!, 7, [{ date: '2024-04-02' }])])
    const file = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    const { items } = await readAnswer(harness, file.fileId)
    const sent = items.flatMap((item) => (item.kind === 'record' ? [item.record.text] : [])).join('')
    expect(sent).toBe(text.slice(227, 227 + sent.length))
    expect(sent).toHaveLength(5 * 350)
  })

  test('sent twice changes nothing and gives the same answer', async () => {
    const text = await fileText(people.map((person, index) => invoice(person, 10 + index, [{ date: '2024-03-04' }])))
    const first = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    const answer = await answerText(harness, first.fileId)
    const counts = async () =>
      Promise.all(
        ['es.events', 'es.outbox', 'app.claims', 'app.settled_lines', 'app.staged_invoices'].map(harness.count),
      )
    const before = await counts()
    const again = await harness.service.importInvoiceFile(bytes(text, 777))
    expect(again).toMatchObject({ ok: true, alreadyKnown: true, file: { fileId: first.fileId } })
    expect(await answerText(harness, first.fileId)).toBe(answer)
    expect(await counts()).toEqual(before)
  })

  test('twice at the same moment is one file', async () => {
    const text = await fileText(people.map((person, index) => invoice(person, 20 + index, [{ date: '2024-02-05' }])))
    const results = await Promise.all([1, 2, 3].map(() => harness.service.importInvoiceFile(bytes(text))))
    expect(new Set(results.map((result) => fileIn(result).fileId)).size).toBe(1)
    expect(await failedFindings(harness)).toEqual([])
  })

  test('two files with the same care at the same moment: it is paid once', async () => {
    const lines = [{ date: '2024-01-08' }]
    const texts = await Promise.all(
      [30, 40].map((from) => fileText(people.map((person, index) => invoice(person, from + index, lines)))),
    )
    const files = (await Promise.all(texts.map((text) => harness.service.importInvoiceFile(bytes(text))))).map(fileIn)
    expect(files.reduce((sum, file) => sum + file.paidCents, 0)).toBe(3 * 1968)
    expect(await failedFindings(harness)).toEqual([])
  })
})

describe('a test file', () => {
  test('is controlled and answered, and nothing of it is paid, published or counted as paid before', async () => {
    const person = patient(80)
    const stranger = patient(81)
    await harness.insured(person)
    const invoices = [invoice(person, 80, manyDays), invoice(stranger, 81)]
    const before = await Promise.all(['es.outbox', 'app.claims', 'app.settled_lines'].map(harness.count))
    const file = fileIn(await harness.service.importInvoiceFile(bytes(await fileText(invoices, { test: true }))))
    expect(file).toMatchObject({
      state: 'tested',
      test: true,
      answerKind: '920098',
      acceptedLines: 24,
      refusedLines: 1,
    })
    expect([file.paidCents, ...file.parts.map((part) => part.paidCents)].every((paid) => paid === 0)).toBe(true)
    expect(file.completedAt).toBeDefined()
    expect(await Promise.all(['es.outbox', 'app.claims', 'app.settled_lines'].map(harness.count))).toEqual(before)
    const { items, headers, services } = await readAnswer(harness, file.fileId)
    expect(items.find((item) => item.kind === 'header')).toMatchObject({ messageType: '920098' })
    expect(headers.map((codes) => codes.length > 0)).toEqual([false, true])
    expect(services.every((service) => service.paidCents === 0)).toBe(true)
    await (await harness.restart()).resume()
    const real = fileIn(await harness.service.importInvoiceFile(bytes(await fileText(invoices))))
    expect(real).toMatchObject({ state: 'settled', test: false, acceptedLines: 24, paidCents: 24 * 1968 })
    expect(await failedFindings(harness)).toEqual([])
  })
})

describe('one provider', () => {
  test('under another qualification is not paid twice for the same care, in one file or in two', async () => {
    const person = patient(85)
    await harness.insured(person)
    const asOther = (number: number, lines = [{}]) => {
      const made = invoice(person, number, lines)
      return { ...made, services: made.services.map((service) => ({ ...service, provider: otherQualification })) }
    }
    const both = await fileText([invoice(person, 85, manyDays), asOther(86, manyDays.slice(0, 1))])
    const first = fileIn(await harness.service.importInvoiceFile(bytes(both)))
    expect(first).toMatchObject({ acceptedLines: 24, refusedLines: 1, paidCents: 24 * 1968 })
    const later = [invoice(person, 87, otherDays), asOther(88, manyDays.slice(1, 2))]
    const second = fileIn(await harness.service.importInvoiceFile(bytes(await fileText(later))))
    expect((await readAnswer(harness, second.fileId)).services.at(-1)).toEqual({ codes: ['500544'], paidCents: 0 })
    expect(await failedFindings(harness)).toEqual([])
  })
})

interface Told {
  readonly place: string
  readonly code: string
}
const issuesOf = async (fileId: string) => {
  const sql = 'select place, code, nl, fr, de, en from app_files.issues where file_id = $1 order by line, number'
  return (await harness.database.query<Told>(sql, [fileId])).rows
}

describe('a file that is refused as a whole', () => {
  test('for the check digits of its account says so with the official code, and pays nothing', async () => {
    const text = await fileText([invoice(people[0]!, 90, [{ date: '2023-11-06' }])], { iban: 'BE69539007547034' })
    const file = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    expect(file).toMatchObject({ state: 'refused', answerKind: '920999', paidCents: 0 })
    const { rows } = await harness.database.query(
      `select code, detail ->> 'letter' as letter from app_files.issues where file_id = $1`,
      [file.fileId],
    )
    expect(rows).toContainEqual({ code: '103602', letter: 'B' })
    expect((await issuesOf(file.fileId))[0]).toMatchObject({ place: 'file', code: 'fileBlocked' })
  })

  test('for more lines in error than are allowed says how many and what is, also when the list of issues is full', async () => {
    await harness.insured(...people)
    const invoices = [
      invoice(people[0]!, 94, [{ date: '2024-06-03' }]),
      invoice(people[1]!, 95, [{ date: '2024-06-03' }]),
      ...[96, 97].map((n) => invoice(people[2]!, n, [{ date: '2024-06-04', code: '999935' }])),
    ]
    const narrow = await harness.restart({ config: { issuesMax: 1 } })
    const file = fileIn(await narrow.importInvoiceFile(bytes(await fileText(invoices))))
    expect(file).toMatchObject({ state: 'refused', answerKind: '920099', lines: 4, errorLines: 2 })
    const issues = await issuesOf(file.fileId)
    expect(issues.map(({ place, code }) => [place, code])).toEqual([
      ['file', 'fileTooManyErrors'],
      [expect.any(String), '500403'],
    ])
    expect(issues[0]).toMatchObject({
      nl: expect.stringMatching(/50 % van de lijnen .* 5 %/),
      fr: expect.stringMatching(/50 % des lignes .* 5 %/),
      de: expect.stringMatching(/50 % der Zeilen .* 5 %/),
      en: expect.stringMatching(/50 % of its lines .* 5 %/),
    })
  })

  test('for want of any invoice says that', async () => {
    const file = fileIn(await harness.service.importInvoiceFile(bytes(await fileText([]))))
    expect(file).toMatchObject({ state: 'refused', answerKind: '920999', invoices: 0 })
    expect((await issuesOf(file.fileId))[0]).toMatchObject({ place: 'file', code: 'fileWithoutInvoice' })
  })

  test('because a second one stands behind it leaves nothing and says why', async () => {
    const texts = await Promise.all([91, 92].map((n) => fileText([invoice(people[0]!, n, [{ date: '2023-10-02' }])])))
    const result = await harness.service.importInvoiceFile(bytes(texts.join('')))
    expect(result).toMatchObject({ ok: false, reason: 'unreadable', issues: [{ code: 'EFACT-TRAILING' }] })
    expect(await failedFindings(harness)).toEqual([])
  })
})

describe('a killed process', () => {
  test('goes on where it was and gives the same answer as an undisturbed one', async () => {
    const many = Array.from({ length: 12 }, (_, n) => patient(100 + n))
    await harness.insured(...many)
    const text = await fileText(many.map((person, index) => invoice(person, 100 + index)))
    let chunks = 0
    const fragile = await harness.restart({
      config: { invoicesPerChunk: 1, linesPerChunk: 4 },
      afterChunk: () => {
        chunks += 1
        if (chunks === 2) throw new Error('killed')
      },
    })
    await expect(fragile.importInvoiceFile(bytes(text))).rejects.toThrow('killed')
    expect(
      await harness.database.query(
        `select p.cursor from app_runs.parts p join app_files.files f on f.file_id::text = (
           select key from app_runs.runs r where r.run_id = p.run_id) where f.state = 'processing'`,
      ),
    ).toMatchObject({ rows: [{ cursor: expect.stringMatching(/^[2-6]$/) }] })
    const next = await harness.restart({ config: { invoicesPerChunk: 5 } })
    await next.resume()
    await next.runs.idle()
    const again = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    expect(again).toMatchObject({ state: 'settled', acceptedLines: 12, paidCents: 12 * 1968 })
    expect(await failedFindings(harness)).toEqual([])
  })

  test('leaves a file that two others take up at the same moment, and every invoice is settled once', async () => {
    const many = Array.from({ length: 20 }, (_, n) => patient(300 + n))
    await harness.insured(...many)
    // the last one bills again what the first one billed, chunks later
    const invoices = [...many, many[0]!].map((person, index) => invoice(person, 300 + index))
    const text = await fileText(invoices)
    const config = { invoicesPerChunk: 2, linesPerChunk: 4 }
    const fragile = await harness.restart({
      config,
      afterChunk: () => {
        throw new Error('killed')
      },
    })
    await expect(fragile.importInvoiceFile(bytes(text))).rejects.toThrow('killed')
    const others = await Promise.all([harness.restart({ config }), harness.restart({ config })])
    await Promise.all(others.map((other) => other.resume()))
    await Promise.all(others.map((other) => other.runs.idle()))
    const again = fileIn(await harness.service.importInvoiceFile(bytes(text)))
    expect(again).toMatchObject({ state: 'settled', acceptedLines: 20, refusedLines: 1, paidCents: 20 * 1968 })
    expect((await readAnswer(harness, again.fileId)).services.at(-1)).toEqual({ codes: ['500423'], paidCents: 0 })
    expect(await failedFindings(harness)).toEqual([])
  })

  test('in the middle of reading leaves an upload that is swept', async () => {
    const text = await fileText([invoice(people[0]!, 60, [{ date: '2023-12-04' }])])
    async function* dying() {
      yield Buffer.from(text.slice(0, 1000), 'latin1')
      throw new Error('connection lost')
    }
    await expect(harness.service.importInvoiceFile(dying())).rejects.toThrow('connection lost')
    const { rowCount } = await harness.database.query(`select from app_files.files where state = 'receiving'`)
    expect(rowCount).toBe(0)
  })
})

describe('privacy', () => {
  test('no table holds an INSZ, a name or an account in the clear', async () => {
    const secret = patient(55)
    await harness.insured(secret)
    const withNumberInReference = invoice(secret, 70, [{}], { reference: secret.insz })
    fileIn(await harness.service.importInvoiceFile(bytes(await fileText([withNumberInReference]))))
    const stranger = patient(56)
    fileIn(await harness.service.importInvoiceFile(bytes(await fileText([invoice(stranger, 71)]))))
    const { rows } = await harness.database.query<{ table_schema: string; table_name: string }>(
      `select table_schema, table_name from information_schema.tables
        where table_schema in ('app', 'es', 'app_http', 'app_files', 'app_runs') and table_type = 'BASE TABLE'`,
    )
    expect(rows.length).toBeGreaterThan(10)
    const found: string[] = []
    for (const { table_schema, table_name } of rows) {
      const { rowCount } = await harness.database.query(
        `select from ${table_schema}.${table_name} t where t::text like any ($1) limit 1`,
        [[...people, secret, stranger].map((person) => `%${person.insz}%`).concat('%PEETERS%', '%BE68539007547034%')],
      )
      if (rowCount !== 0) found.push(`${table_schema}.${table_name}`)
    }
    expect(found).toEqual([])
  })

  test('after an erasure the answer stays readable, without the number', async () => {
    const gone = patient(57)
    await harness.insured(gone)
    const file = fileIn(await harness.service.importInvoiceFile(bytes(await fileText([invoice(gone, 72)]))))
    expect(await answerText(harness, file.fileId)).toContain(gone.insz)
    await harness.vault.erase(gone.personId)
    const text = await answerText(harness, file.fileId)
    expect(text).not.toContain(gone.insz)
    expect((await readAnswer(harness, file.fileId)).services).toEqual([{ codes: [], paidCents: 1968 }])
    expect(await failedFindings(harness)).toEqual([])
  })
})
