import { isoDate, makeRszNumber } from '@ziv/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, joined, mutations } from '../testing.ts'
import { readDmfa } from './reader.ts'
import { codesOf, endOf, formOf, personArbitrary, personOf, read, recordsOf, sample } from './testing.ts'
import { writeDmfa } from './writer.ts'

describe('reading and writing quarterly declarations', () => {
  test('what is written is read back equal, whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(personArbitrary, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 999 }),
        async (raw, chunk) => {
          const persons = raw.map(personOf)
          const items = await read(await joined(writeDmfa(formOf(persons))), chunk, { today: isoDate('2026-11-22') })
          expect(codesOf(items)).toEqual([])
          const records = recordsOf(items)
          expect(records.map((r) => r.insz)).toEqual(persons.map((p) => p.insz))
          for (const [at, record] of records.entries()) {
            const source = raw[at]!
            const occupation = record.occupations[0]!
            expect(occupation.services).toEqual(source.days)
            expect(occupation.remunerations.map(({ code, cents: amount }) => ({ code, cents: amount }))).toEqual(
              source.wages,
            )
            const wage = source.wages.filter((w) => w.code < '010').reduce((sum, w) => sum + w.cents, 0)
            expect(record).toMatchObject({ wageCents: wage, basisCents: 12_345, usable: true, workerCode: source.code })
          }
          expect(endOf(items).wageCents).toBe(records.reduce((sum, r) => sum + r.wageCents, 0))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('the header of a form comes before its records', async () => {
    const items = await read(await sample())
    expect(items[0]).toMatchObject({
      kind: 'form',
      form: { form: 1, quarter: '2026Q2', employerNumber: makeRszNumber(1_234_567), reference: 'ZIV & é€ <1>' },
    })
    expect(items.at(-1)).toMatchObject({ kind: 'end', end: { complete: true, workerRecords: 4, usable: 4 } })
  })

  test('all errors of a file are told at once, each with its place', async () => {
    const good = await sample()
    const broken = good
      .replace(/<INSS>(\d{9})\d\d</u, '<INSS>$100<')
      .replace('<EmployerClass>010<', '<EmployerClass>1X<')
      .replace('<NOSSQuarterStartingDate>2026-04-01<', '<NOSSQuarterStartingDate>2026-02-30<')
    const items = await read(broken)
    expect(codesOf(items)).toEqual(['DMFA-INSZ', 'DMFA-NOT-NUMERIC', 'DMFA-DATE'])
    const issues = items.flatMap((item) => (item.kind === 'issue' ? [item.issue] : []))
    expect(issues[0]).toMatchObject({ officialCode: '00024-004', severity: 'error', place: { form: 1, person: 1 } })
    expect(issues[1]?.place.path).toBe('DmfAOriginal/Form/EmployerDeclaration/NaturalPerson/WorkerRecord/EmployerClass')
    expect(issues[1]?.nl).toContain('EmployerClass')
    expect(recordsOf(items).map((r) => r.usable)).toEqual([false, true, true, true])
  })

  test('an INSZ never stands in a message', async () => {
    const good = await sample()
    const insz = /<INSS>(\d{11})</u.exec(good)![1]!
    const items = await read(good.replace(insz, `${insz}9`).replace('<Retired>0', '<Retired>x'))
    expect(JSON.stringify(items.filter((i) => i.kind === 'issue'))).not.toContain(insz.slice(0, 9))
  })

  test('the number of issues that is told is bounded, the rest is counted', async () => {
    const good = await sample()
    const items = await read(good.replaceAll('<Retired>0<', '<Retired>7<'), 4096, { maxIssues: 2 })
    expect(codesOf(items)).toHaveLength(2)
    expect(endOf(items).issues).toMatchObject({ warning: 4, notListed: 2, byCode: { 'DMFA-DOMAIN': 4 } })
  })

  test.each([
    ['a quarter that has not ended', '20262', '20264', 'DMFA-QUARTER-FUTURE'],
    ['a quarter that does not exist', '20262', '20265', 'DMFA-QUARTER'],
    ['a quarter of the year 0', '20262', '00001', 'DMFA-QUARTER'],
    ['a quarter before social security', '20262', '19444', 'DMFA-QUARTER'],
    ['a quarter that is not the one of the dates', '20262', '20254', 'DMFA-QUARTER-DATES'],
  ])('%s is refused', async (_name, from, to, code) => {
    const items = await read((await sample()).replace(`<Quarter>${from}<`, `<Quarter>${to}<`), 4096, {
      today: isoDate('2026-11-22'),
    })
    expect(codesOf(items)).toContain(code)
    expect(endOf(items).usable).toBe(0)
  })

  test.each([
    ['missing element', (s: string) => s.replace(/<INSS>\d+<\/INSS>/u, ''), 'DMFA-MISSING'],
    ['repeated element', (s: string) => s.replace(/(<WorkerCode>\d+<\/WorkerCode>)/u, '$1$1'), 'DMFA-TOO-MANY'],
    ['wrong order', (s: string) => s.replace(/(<INSS>\d+<\/INSS>)(<WorkerRecord>)/u, '$2$1'), 'DMFA-UNKNOWN-ELEMENT'],
    ['unknown element', (s: string) => s.replace('<Border>', '<Frontier>1</Frontier><Border>'), 'DMFA-UNKNOWN-ELEMENT'],
    ['forbidden element', (s: string) => s.replace('<WorkerRecord>', '<SIS>1</SIS><WorkerRecord>'), 'DMFA-FORBIDDEN'],
    [
      'employer number',
      (s: string) => s.replace(/<NOSSRegistrationNbr>\d+/u, '<NOSSRegistrationNbr>123456700'),
      'DMFA-EMPLOYER',
    ],
    ['attribute', (s: string) => s.replace('<Form>', '<Form id="1">'), 'DMFA-ATTRIBUTE'],
    ['text between elements', (s: string) => s.replace('<Form>', '<Form>hello '), 'DMFA-TEXT'],
    ['child in a field', (s: string) => s.replace('<Border>0', '<Border>0<x/>'), 'DMFA-UNKNOWN-ELEMENT'],
    [
      'period',
      (s: string) =>
        s.replace(
          '</OccupationStartingDate>',
          '</OccupationStartingDate><OccupationEndingDate>2024-01-01</OccupationEndingDate>',
        ),
      'DMFA-PERIOD',
    ],
    ['repeated sequence number', (s: string) => s.replace('>0000002<', '>0000001<'), 'DMFA-DUPLICATE'],
    ['person without a record', (s: string) => s.replace(/<WorkerRecord>.*?<\/WorkerRecord>/u, ''), 'DMFA-MISSING'],
  ])('reports: %s', async (_name, change, code) => {
    const good = await sample()
    const changed = change(good)
    expect(changed).not.toBe(good)
    expect(codesOf(await read(changed))).toContain(code)
  })
})

describe('files that are no quarterly declaration', () => {
  const utf16 = (s: string, mark: boolean): Buffer =>
    Buffer.concat([mark ? Buffer.from([0xff, 0xfe]) : Buffer.alloc(0), Buffer.from(s, 'utf16le')])
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>'
  test.each<[string, string | Buffer, string]>([
    ['nothing at all', '', 'DMFA-EMPTY'],
    ['only spaces', '   \n ', 'DMFA-NOT-XML'],
    ['plain words', 'Beste collega, in bijlage', 'DMFA-NOT-XML'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), 'DMFA-ENCODING-BYTES'],
    ['another root', '<Loon/>', 'DMFA-ROOT'],
    ['a receipt', '<ACRF><Form/></ACRF>', 'DMFA-OTHER-MESSAGE'],
    ['an update', '<DmfAUpdate/>', 'DMFA-OTHER-MESSAGE'],
    ['a namespace', '<DmfAOriginal xmlns="urn:x"/>', 'DMFA-NAMESPACE'],
    ['a prefix', '<x:DmfAOriginal xmlns:x="urn:x"/>', 'DMFA-NAMESPACE'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><DmfAOriginal>&b;</DmfAOriginal>', 'DMFA-DOCTYPE'],
    ['an entity', '<DmfAOriginal>&lol;</DmfAOriginal>', 'DMFA-ENTITY'],
    [
      'wrong UTF-8',
      Buffer.concat([Buffer.from(`${declaration}<DmfAOriginal>`), Buffer.from([0xe9, 0x20])]),
      'DMFA-ENCODING-BYTES',
    ],
    [
      'half a character',
      Buffer.concat([Buffer.from(`${declaration}<DmfAOriginal>`), Buffer.from([0xe2, 0x82])]),
      'DMFA-ENCODING-BYTES',
    ],
    ['UTF-16 that says UTF-8', utf16(`${declaration}<DmfAOriginal/>`, true), 'DMFA-ENCODING-CONFLICT'],
    ['an unknown encoding', '<?xml version="1.0" encoding="EBCDIC-37"?><DmfAOriginal/>', 'DMFA-ENCODING-UNKNOWN'],
    ['mismatched tags', '<DmfAOriginal><Form></DmfAOriginal>', 'DMFA-XML'],
    [
      'too many attributes',
      `<DmfAOriginal ${Array.from({ length: 20 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
      'DMFA-TOO-LONG',
    ],
    ['too deep', '<DmfAOriginal><Form>'.concat('<a>'.repeat(50)), 'DMFA-TOO-DEEP'],
  ])('%s is refused in words', async (_name, file, code) => {
    const items = await read(file, 5)
    expect(codesOf(items)).toContain(code)
    const issue = items.find((item) => item.kind === 'issue' && item.issue.code === code)
    expect(issue).toMatchObject({
      issue: { severity: 'fatal', nl: expect.stringMatching(/\w/u), fr: expect.stringMatching(/\w/u) },
    })
    expect(endOf(items).complete).toBe(false)
  })

  test('UTF-16 with a mark, Latin-1 that says so and a UTF-8 mark are read', async () => {
    const good = await sample()
    const wide = utf16(good.replace('encoding="UTF-8"', 'encoding="UTF-16"'), true)
    const latin = Buffer.from(good.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace('ZIV', 'Zïv'), 'latin1')
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(good)])
    for (const file of [wide, latin, marked]) {
      const items = await read(file, 7)
      expect(codesOf(items)).toEqual([])
      expect(recordsOf(items)).toHaveLength(4)
    }
  })

  test('a file that is cut off tells so and keeps what came before', async () => {
    const good = await sample()
    const items = await read(good.slice(0, good.lastIndexOf('<NaturalPerson>') + 40))
    expect(codesOf(items)).toEqual(['DMFA-CUT-OFF'])
    expect(recordsOf(items)).toHaveLength(3)
  })

  test.each([
    ['letters', (at: number) => Buffer.alloc(65_536, 97 + (at % 20))],
    ['an endless name', (at: number) => Buffer.from(at === 0 ? '<' : 'a'.repeat(65_536))],
    ['an endless comment', (at: number) => Buffer.from(at === 0 ? '<DmfAOriginal><!--' : 'a'.repeat(65_536))],
    ['an endless text', (at: number) => Buffer.from(at === 0 ? '<DmfAOriginal>' : 'a '.repeat(32_768))],
    ['an endless DOCTYPE', (at: number) => Buffer.from(at === 0 ? '<!DOCTYPE a [' : '<!ENTITY a "b">'.repeat(4000))],
    ['open tags', () => Buffer.from('<Form>'.repeat(10_000))],
  ])('100 MB of noise stop early: %s', async (_name, chunk) => {
    let given = 0
    async function* noise(): AsyncGenerator<Buffer> {
      for (let at = 0; given < 100_000_000; at += 1) {
        const bytes = chunk(at)
        given += bytes.length
        yield bytes
      }
    }
    const items = await collect(readDmfa(noise()))
    expect(endOf(items).complete).toBe(false)
    expect(given).toBeLessThan(2_000_000)
  })

  test('no change of bytes makes the reader throw or hang', async () => {
    const good = Buffer.from(await sample())
    await fc.assert(
      fc.asyncProperty(mutations(good.length), fc.integer({ min: 1, max: 5000 }), async (mutate, chunk) => {
        const items = await read(mutate(good), chunk)
        expect(items.at(-1)?.kind).toBe('end')
        expect(items.length).toBeGreaterThan(1)
      }),
      { numRuns: 150 },
    )
  })
})
