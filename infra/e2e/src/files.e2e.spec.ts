import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { officialSamples } from './official-samples.config.ts'
import { shortStory, startWorld, type World } from './security-world.fixture.ts'

let world: World
let dmfa: string
let efact: string
beforeAll(async () => {
  world = await startWorld(shortStory(30), {}, 'error')
  dmfa = await firstFile('dmfa')
  efact = await firstFile('efact')
  await world.sandbox.idle()
})
afterAll(() => world?.close())

const firstFile = async (kind: string): Promise<string> => {
  const folder = join(world.folder, 'files', kind)
  return (await readFile(join(folder, (await readdir(folder)).sort()[0]!))).toString('latin1')
}

interface Uploaded {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** A real upload over a real connection. */
async function upload(url: string, type: string, content: Buffer | Readable): Promise<Uploaded> {
  const authorization = `Bearer ${await world.token({ roles: ['system'] })}`
  const body = content instanceof Readable ? (Readable.toWeb(content) as ReadableStream) : new Uint8Array(content)
  const answer = await fetch(`${world.sandbox.url}${url}`, {
    ...{ method: 'POST', headers: { authorization, 'content-type': type }, body },
    ...(content instanceof Readable ? { duplex: 'half' } : {}),
  } as RequestInit)
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

const slips = '/contributions/v1/slipIntakes'
const bills = '/reimbursement/v1/invoiceFiles'

/** Rows that a file may leave: events, messages, files, staged content and issues. */
async function rows(): Promise<Readonly<Record<string, string>>> {
  const { contributions, reimbursement } = world.sandbox.databases
  const counted = await Promise.all([
    contributions.query<Record<string, string>>(
      `select (select count(*) from es.events) as events, (select count(*) from es.outbox) as messages,
              (select count(*) from app_files.files) as files, (select count(*) from app_files.pages) as staged,
              (select count(*) from app_files.issues) as issues`,
    ),
    reimbursement.query<Record<string, string>>(
      `select (select count(*) from es.events) as bill_events, (select count(*) from es.outbox) as bill_messages,
              (select count(*) from app_files.files) as bill_files, (select count(*) from app.staged_invoices) as bill_staged,
              (select count(*) from app_files.issues) as bill_issues`,
    ),
  ])
  return Object.assign({}, ...counted.map((result) => result.rows[0]))
}

/** Events about the contributions of a person. */
async function yearEvents(): Promise<string> {
  const { rows: found } = await world.sandbox.databases.contributions.query<{ n: string }>(
    `select count(*) as n from es.events where stream_id like 'contributionYear%'`,
  )
  return found[0]!.n
}

const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "${'a'.repeat(100)}">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]><DmfAOriginal>&j;</DmfAOriginal>`
const outside =
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><DmfAOriginal>&a;</DmfAOriginal>'
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le')
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

const brokenSlips: readonly (readonly [string, () => Buffer])[] = [
  ['cut off in the middle', () => latin(dmfa.slice(0, dmfa.length / 2))],
  ['cut off in its last tag', () => latin(dmfa.trimEnd().slice(0, -3))],
  ['no XML', () => latin('Beste collega, hierbij de bonnen.')],
  ['0 bytes', () => Buffer.alloc(0)],
  ['another encoding than it says', () => utf16(dmfa.replace(/encoding="[^"]*"/, 'encoding="UTF-8"'))],
  ['an entity bomb', () => latin(bomb)],
  ['an entity of a file of ours', () => latin(outside)],
  ['another form of the RSZ', () => latin('<?xml version="1.0" encoding="UTF-8"?><DmfAUpdate><Form/></DmfAUpdate>')],
  ['zero bytes', () => Buffer.alloc(10_000)],
  ['bytes that are no UTF-8', () => Buffer.from([...latin('<?xml version="1.0" encoding="UTF-8"?><Dmf'), 0xff, 0xfe])],
]
const brokenBills: readonly (readonly [string, () => Buffer])[] = [
  ['cut off in the middle of a record', () => latin(efact.slice(0, 227 + 350 * 3 + 100))],
  ['no billing file', () => latin('Beste collega, hierbij de rekeningen.')],
  ['0 bytes', () => Buffer.alloc(0)],
  ['UTF-16', () => utf16(efact)],
  ['an answer instead of a bill', () => latin(efact.replace('920000', '920900'))],
  ['a zero byte inside', () => latin(`${efact.slice(0, 600)}\0${efact.slice(601)}`)],
  ['noise after the header', () => latin(efact.slice(0, 227) + '#?'.repeat(4_000))],
]

describe.each([
  ['slips', slips, 'application/xml', brokenSlips],
  ['bills', bills, 'application/octet-stream', brokenBills],
] as const)('a broken file of %s', (kind, url, type, variants) => {
  it.each(variants)(`${kind}: %s is refused with what is wrong, and leaves nothing`, async (_what, content) => {
    const before = await rows()
    const answer = await upload(url, type, content())
    expect([answer.status, answer.type]).toEqual([400, expect.stringMatching(/^application\/problem\+json/)])
    const { issues } = JSON.parse(answer.text)
    expect(issues.length).toBeGreaterThan(0)
    for (const issue of issues) expect(issue.detail.length).toBeGreaterThan(15)
    expect(answer.text).not.toMatch(/root:|\/etc\/passwd/)
    expect(await rows()).toEqual(before)
  })
})

describe('wrong content in a file that can be read', () => {
  const wrong: readonly (readonly [string, () => string])[] = [
    ['a wrong INSZ', () => dmfa.replaceAll(/<INSS>\d{11}/g, '<INSS>12345678901')],
    ['a quarter that has not ended', () => dmfa.replaceAll(/<Quarter>\d{5}/g, '<Quarter>20993')],
  ]
  it.each(wrong)('slips: %s gives issues with their place and records nothing', async (_what, content) => {
    const before = await rows()
    const years = await yearEvents()
    const answer = await upload(slips, 'application/xml', latin(content()))
    expect(answer.status, answer.text.slice(0, 400)).toBeLessThan(500)
    const { events, messages } = await rows()
    if (answer.status === 202) {
      const { intakeId, state } = JSON.parse(answer.text)
      expect(state).toBe('refused')
      const token = await world.token({ roles: ['system'] })
      const list = await world.call({ method: 'GET', url: `${slips}/${intakeId}/issues`, token })
      expect(list.json.items[0]).toMatchObject({ place: expect.any(String), nl: expect.any(String) })
    } else expect(JSON.parse(answer.text).issues.length).toBeGreaterThan(0)
    // what a refused file leaves is that it was refused: one event about the file, told once
    expect(Number(events) - Number(before.events)).toBeLessThanOrEqual(1)
    expect(Number(messages) - Number(before.messages)).toBeLessThanOrEqual(1)
    expect(await yearEvents()).toBe(years)
  })
})

describe('100 MB of garbage', () => {
  const megabytes = 100
  const noise = (): Readable => {
    // one block of noise, over and over: what it is made of does not matter
    const block = Buffer.alloc(1 << 20, '7#<x?>&;\u00e9 ')
    return Readable.from(Array.from({ length: megabytes }, () => block))
  }
  it.each([
    ['slips as XML', slips, 'application/xml', ''],
    ['slips as JSON Lines', slips, 'application/x-ndjson', ''],
    ['slips as CSV', slips, 'text/csv', ''],
    ['slips that begin well', slips, 'application/xml', 'dmfa'],
    ['bills', bills, 'application/octet-stream', ''],
    ['bills that begin well', bills, 'application/octet-stream', 'efact'],
  ])('%s streams through in bounded memory and leaves nothing', async (_what, url, type, head) => {
    const before = await rows()
    const started = performance.now()
    let highest = process.memoryUsage().rss
    const start = highest
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss)
    }, 20)
    const first = head === 'dmfa' ? dmfa.slice(0, -200) : head === 'efact' ? efact.slice(0, 227 + 700) : ''
    async function* content(): AsyncGenerator<Buffer> {
      if (first !== '') yield latin(first)
      yield* noise() as AsyncIterable<Buffer>
    }
    // a server that has seen enough may answer and stop reading: the client then meets a closed connection
    const answer = await upload(url, type, Readable.from(content())).catch((error: unknown) => error as Error)
    clearInterval(watch)
    if (!(answer instanceof Error)) expect([400, 413], answer.text.slice(0, 300)).toContain(answer.status)
    expect((highest - start) / (1 << 20)).toBeLessThan(150)
    await expect.poll(rows, { timeout: 10_000 }).toEqual(before)
    expect(performance.now() - started).toBeLessThan(20_000)
    const health = await fetch(`${world.sandbox.url}/contributions/v1/health`)
    expect(health.status).toBe(200)
  })
})

const folder = officialSamples === undefined ? undefined : join(officialSamples, 'rsz', 'samples')
describe.skipIf(folder === undefined)('the samples of the RSZ (needs ZIV_OFFICIAL_SAMPLES)', () => {
  it('are taken when they are declarations, and refused by their type when they are not', async () => {
    const names = (await readdir(folder!)).filter((name) => name.endsWith('.xml'))
    expect(names.length).toBeGreaterThanOrEqual(10)
    for (const name of names) {
      const answer = await upload(slips, 'application/xml', await readFile(join(folder!, name)))
      const expected = name.startsWith('DmfAOriginal') ? 202 : 400
      expect([name, answer.status, answer.text.slice(0, 200)]).toEqual([name, expected, expect.any(String)])
    }
  })
})
