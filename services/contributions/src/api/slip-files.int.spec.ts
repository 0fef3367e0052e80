import { Readable } from 'node:stream'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  base,
  counts,
  declaration,
  employerNumber,
  get,
  h,
  person,
  postFile,
  rsz,
  settled,
  useApi,
} from '../testing/api-world.ts'
import { dmfaFile, textOf } from '../testing/dmfa-file.ts'

useApi()

describe('a file of slips over the API', () => {
  it('is taken with 202 and recorded', async () => {
    const answer = await postFile(await declaration(300_000))
    expect(answer.statusCode).toBe(202)
    expect(answer.headers.location).toBe(`${base}/slipIntakes/${answer.json().intakeId}`)
    expect(await settled(answer.json().intakeId)).toMatchObject({ state: 'accepted', received: 1, recorded: 1 })
  })

  it('sent again gives the first intake', async () => {
    const first = await postFile(await declaration(300_000))
    // what it staged goes when it ends
    await settled(first.json().intakeId)
    const before = await counts()
    const second = await postFile(await declaration(300_000))
    expect(second.json().intakeId).toBe(first.json().intakeId)
    expect(await counts()).toEqual(before)
  })

  it('that names an employer by both numbers is the slip that comes under one of them', async () => {
    const slip = { insz: person.insz, quarter: '2022Q3', amountCents: 400_000 }
    const both = dmfaFile([{ ...slip, employerNumber: '100000015', enterpriseNumber: '0403170404' }])
    await settled((await postFile(await textOf(both))).json().intakeId)
    const { insz, quarter } = slip
    const line = { ssin: insz, quarter, employerNumber: '0403170404', amountCents: 400_000, days: 60 }
    const { intakeId } = (await postFile(`${JSON.stringify(line)}\n`, 'application/x-ndjson')).json()
    expect(await settled(intakeId)).toMatchObject({ state: 'accepted' })
    const year = (await get(`/persons/${person.personId}/referenceYears/2022`)).json()
    const found = year.slips.filter((one: { quarter: string }) => one.quarter === quarter)
    expect(found).toMatchObject([{ employerNumber: '100000015', amountCents: 400_000 }])
  })

  it('that stood still so long that it was swept is a problem that says to send it again, in every language', async () => {
    const before = await counts()
    const text = await declaration(412_345)
    const slow = () =>
      Readable.from(
        (async function* () {
          yield text.slice(0, 40)
          const sweep = () => h.database.query(`delete from app_files.files where state = 'receiving'`)
          await expect.poll(async () => (await sweep()).rowCount).toBe(1)
          yield text.slice(40)
        })(),
      )
    const said = ['opnieuw', 'Renvoyez', 'erneut', 'again']
    for (const [place, language] of ['nl', 'fr', 'de', 'en'].entries()) {
      const answer = await postFile(slow(), 'application/xml', rsz, { 'accept-language': language })
      expect(answer.statusCode).toBe(408)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.json()).toMatchObject({
        type: 'urn:problem-type:ziv:uploadExpired',
        detail: expect.stringContaining(said[place] as string),
      })
    }
    expect(await counts()).toEqual(before)
  })

  it('with good and bad records is partially accepted, with issues as pages and as CSV', async () => {
    const lines = [1, 2, 3].map(() => ({
      ssin: person.insz,
      employerNumber,
      quarter: '2025Q2',
      amountCents: 1_000,
      days: 100,
    }))
    const wrong = [{ ...lines[0], ssin: '80050500000' }]
    const text = [...lines, ...wrong].map((item) => JSON.stringify(item)).join('\n')
    const answer = await postFile(`${text}\n`, 'application/x-ndjson')
    expect(answer.statusCode).toBe(202)
    const { intakeId } = answer.json()
    const done = await settled(intakeId)
    expect(done).toMatchObject({ state: 'partiallyAccepted', refused: 1, recorded: 1, received: 2 })
    const page = (await get(`/slipIntakes/${intakeId}/issues?pageSize=1`, rsz)).json()
    expect(page.items[0]).toMatchObject({ line: 4 })
    expect(JSON.stringify(page)).not.toContain('80050500000')
    for (const csv of [
      await get(`/slipIntakes/${intakeId}/issues`, rsz, { accept: 'text/csv' }),
      await get(`/slipIntakes/${intakeId}/issues/export`, rsz),
    ]) {
      expect(csv.headers['content-type']).toContain('text/csv')
      expect(csv.body.split('\r\n')[0]).toBe('line,place,code,nl,fr,de,en,placeNl,placeFr,placeDe,placeEn')
      expect(csv.body.split('\r\n').length).toBeGreaterThan(2)
    }
  })

  it('with more bad records than allowed is rejected and records nothing', async () => {
    const good = { ssin: person.insz, employerNumber, quarter: '2025Q3', amountCents: 5, days: 100 }
    const text = [good, { ...good, quarter: '2025Q9' }, { ...good, ssin: '1' }]
      .map((item) => JSON.stringify(item))
      .join('\n')
    const before = await h.count(`es.events where stream_id like 'contributionYear%'`)
    const answer = await postFile(`${text}\n`, 'application/x-ndjson')
    expect(answer.json()).toMatchObject({ state: 'refused', received: 3, refused: 3 })
    const told = (await get(`/slipIntakes/${answer.json().intakeId}/issues`, rsz)).json().items
    expect(told.map(({ place, code }: Record<string, string>) => [place, code])).toEqual([
      ['file', 'fileTooManyBadRecords'],
      ['line 2, column 52, path quarter', 'SLIP-QUARTER'],
      ['line 3, column 2, path ssin', 'SLIP-INSZ'],
    ])
    expect(told.map(({ placeTexts }: { placeTexts: Record<string, string> }) => placeTexts.nl)).toEqual([
      ...['bestand', 'regel 2, kolom 52, element quarter', 'regel 3, kolom 2, element ssin'],
    ])
    expect(told[0].en).toMatch(/^The file is refused as a whole: 2 of its 3 records are wrong, more than 50 %/)
    expect(new Set(['nl', 'fr', 'de', 'en'].map((language) => told[0][language])).size).toBe(4)
    const csv = (await get(`/slipIntakes/${answer.json().intakeId}/issues/export`, rsz)).body
    expect(csv.split('\r\n')[1]).toMatch(/^"0","file","fileTooManyBadRecords","Het bestand is in zijn geheel geweigerd/)
    expect(csv.split('\r\n')[1]).toMatch(/,"bestand","fichier","Datei","file"$/)
    expect(await h.count(`es.events where stream_id like 'contributionYear%'`)).toBe(before)
    expect(await h.count('app_files.pages')).toBe(0)
  })

  it('in CSV is read too', async () => {
    const text = `ssin,employerNumber,quarter,amountCents,days\n${person.insz},${employerNumber},2025Q4,7700,100\n`
    const answer = await postFile(text, 'text/csv')
    expect(answer.statusCode).toBe(202)
    expect(await settled(answer.json().intakeId)).toMatchObject({ state: 'accepted', recorded: 1 })
  })
})

describe('a broken file leaves nothing behind', () => {
  // an intake answers as soon as it is settled; its staged rows go a moment later
  beforeAll(() => vi.waitFor(async () => expect(await h.count('app_files.pages')).toBe(0), { timeout: 10_000 }))

  const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">${'<!ENTITY b "&a;&a;&a;&a;">'}]><DmfAOriginal>&b;</DmfAOriginal>`
  const cases: readonly (readonly [string, string, () => Promise<string | Buffer | Readable>])[] = [
    ['of zero bytes', 'application/xml', async () => ''],
    ['of zero bytes as JSON Lines', 'application/x-ndjson', async () => ''],
    ['of zero bytes as CSV', 'text/csv', async () => ''],
    ['that is cut off', 'application/xml', async () => (await declaration(1)).slice(0, -120)],
    [
      'that is cut off in the middle of a character',
      'application/xml',
      async () => Buffer.from(`${(await declaration(1)).slice(0, 900)}é`).subarray(0, -1),
    ],
    ['that is not XML', 'application/xml', async () => 'this is a letter, not a declaration'],
    ['that is JSON sent as XML', 'application/xml', async () => '{"a": 1}'],
    ['with an entity bomb', 'application/xml', async () => bomb],
    ['in another encoding', 'application/xml', async () => Buffer.from(await declaration(1), 'utf16le')],
    [
      'that says UTF-8 and is not',
      'application/xml',
      async () =>
        Buffer.concat([Buffer.from((await declaration(1)).slice(0, 400)), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]),
    ],
    [
      'that says another encoding than its sender',
      'application/xml; charset=utf-8',
      async () => (await declaration(1)).replace(/encoding="[^"]*"/, 'encoding="ISO-8859-1"'),
    ],
    ['of another message type', 'application/xml', async () => '<?xml version="1.0"?><Dimona><Form/></Dimona>'],
    ['of large garbage', 'application/xml', async () => Readable.from(garbage(20_000_000))],
    ['of large garbage as JSON Lines', 'application/x-ndjson', async () => Readable.from(garbage(20_000_000))],
    ['of large garbage as CSV', 'text/csv', async () => Readable.from(garbage(20_000_000))],
    ['of a CSV header only', 'text/csv', async () => 'ssin,employerNumber,quarter,amountCents,days\n'],
    ['with other CSV columns', 'text/csv', async () => 'a,b\n1,2\n'],
  ]
  for (const [what, type, payload] of cases) {
    it(what, async () => {
      const before = await counts()
      const answer = await postFile(await payload(), type)
      expect(answer.statusCode).toBe(400)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.json().issues.length).toBeGreaterThan(0)
      expect(await counts()).toEqual(before)
    })
  }

  it('of a type that is not taken', async () => {
    expect((await postFile('x', 'application/pdf')).statusCode).toBe(415)
  })

  it('whose source breaks off', async () => {
    const before = await counts()
    const start = (await declaration(1)).slice(0, 500)
    async function* broken() {
      yield Buffer.from(start)
      throw new Error('connection lost')
    }
    await expect(h.service.importSlipFile(broken(), { format: 'dmfa' })).rejects.toThrow('connection lost')
    expect(await counts()).toEqual(before)
  })

  it('with a wrong INSZ or a quarter to come records nothing of these lines', async () => {
    const before = await h.count(`es.events where stream_id like 'contributionYear%'`)
    for (const text of [
      (await declaration(1)).replaceAll(person.insz, '80050500199'),
      await declaration(1, person.insz, '2026Q1'),
    ]) {
      const answer = await postFile(text)
      expect(answer.json()).toMatchObject({ state: 'refused', recorded: 0 })
    }
    expect(await h.count(`es.events where stream_id like 'contributionYear%'`)).toBe(before)
  })
})

async function* garbage(bytes: number) {
  const block = Buffer.alloc(65_536)
  for (let at = 0; at < block.length; at += 1) block[at] = (at * 7919 + (at >> 3)) & 0xff
  for (let sent = 0; sent < bytes; sent += block.length) yield block
}
