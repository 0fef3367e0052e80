import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { logsNoted } from '@ziv/contracts'
import { isoDate } from '@ziv/kernel'
import { type Sandbox, verifySandbox } from '@ziv/sandbox'
import type { Finding } from '@ziv/service'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiOf } from './api.ts'
import { openBehind } from './behind.fixture.ts'
import { startTestSandbox, type TestSandbox, type TestSandboxOptions } from './test-sandbox.ts'

/** An installation with three notes, each of which had something new to note. */
class Noted {
  #world!: TestSandbox

  get sandbox(): Sandbox {
    return this.#world.sandbox
  }
  get file(): string {
    return join(this.#world.folder, 'anchors.jsonl')
  }
  readonly start = async (options: Omit<TestSandboxOptions, 'startAt'>): Promise<void> => {
    this.#world = await startTestSandbox({ ...options, startAt: isoDate('2025-03-10') })
    await this.sandbox.clock.moveTo(isoDate('2025-03-11'))
    for (const ssin of ['85073000259', '93051822361']) await this.noteAbout(ssin)
  }
  readonly restart = async (): Promise<void> => {
    this.#world = await this.#world.restart()
  }
  readonly drop = async (): Promise<void> => await this.#world?.drop()

  readonly clerk = () => apiOf(this.sandbox, { roles: ['clerk'], insurer: '300', ziekenfonds: '306' })

  /** A new event and the note of it, which waits for it: a writing transaction of another spec on the same server holds the newest events back. */
  readonly noteAbout = async (ssin: string): Promise<void> => {
    const before = (await this.lines()).length
    await this.clerk().post('/affiliation/v1/persons', { ssin, lastName: 'Peeters', firstNames: 'An' })
    const noted = async () => {
      await this.sandbox.note()
      return (await this.lines()).length > before
    }
    await vi.waitUntil(noted, { timeout: 30_000 })
  }
  readonly lines = async (): Promise<string[]> => (await readFile(this.file, 'utf8')).trimEnd().split('\n')
  readonly write = (lines: readonly string[]): Promise<void> => writeFile(this.file, `${lines.join('\n')}\n`)

  /** What the topic holds, written as the lines of the file. */
  readonly published = async (): Promise<string[]> => {
    const published: string[] = []
    await this.sandbox.driver.read({ topic: logsNoted.topic, group: 'spec' }, async (messages) => {
      for (const { value } of messages) {
        const { note, signature } = logsNoted.schema.parse(JSON.parse(value))
        published.push(`${note}\t${signature}`)
      }
    })
    return published
  }
  /** What both checks say now: heads against the file, topic against the file. */
  readonly told = async (): Promise<readonly (Finding | undefined)[]> => {
    const findings = await Array.fromAsync(verifySandbox(this.sandbox))
    return ['logs hold what was noted outside the databases', 'notes in the topic are those of the file'].map((name) =>
      findings.find(({ check }) => check === name),
    )
  }
}

function tellOfAChangedFile(noted: Noted): void {
  it('tell when the end of the file was cut off, which no chain notices', async () => {
    const lines = await noted.lines()
    await noted.write(lines.slice(0, -1))
    const detail = `note ${lines.length} of the topic stands in no file, and was signed: the end of a file was cut off`
    expect(await noted.told()).toMatchObject([{ ok: true }, { ok: false, detail }])
    await noted.write(lines)
  })

  it('tell when a note of the file was changed, and that the topic holds the original', async () => {
    const lines = await noted.lines()
    await noted.write(lines.with(1, lines[1]!.replace('2025-03-11', '2025-03-12')))
    expect(await noted.told()).toMatchObject([
      { ok: false, detail: expect.stringContaining('note 2 has not the signature') },
      { ok: false, detail: 'note 2 of the file was changed: the topic holds it as it was signed' },
    ])
    await noted.write(lines)
  })

  it('tell when the file is gone, and no new ones are begun in its place', async () => {
    const away = `${noted.file}.away`
    const gone = { ok: false, detail: expect.stringContaining('note 1 of the topic') }
    await rename(noted.file, away)
    expect(await noted.told()).toMatchObject([{ ok: false }, gone])
    await noted.restart()
    expect(await noted.told()).toMatchObject([{ ok: false, detail: expect.stringContaining('no note was made') }, gone])
    await rename(away, noted.file)
  })
}

/** Holds a table that every consumer of rights needs in the middle of a batch; answers once one waits for it. */
async function holdRights(noted: Noted): Promise<() => Promise<void>> {
  const about = { ssin: '64010207750', lastName: 'Peeters', firstNames: 'An' }
  const { personId } = await noted.clerk().post<{ personId: string }>('/affiliation/v1/persons', about)
  const { database, [Symbol.asyncDispose]: close } = await openBehind(noted.sandbox, 'rights')
  // in a mode that takes no transaction id: one would hold back what relays send
  const holder = await database.pool.connect()
  await holder.query('begin; lock table es.consumed in exclusive mode')
  await noted
    .clerk()
    .post(`/affiliation/v1/persons/${personId}/affiliations`, { ziekenfonds: '306', from: '2025-03-11' })
  const waits = `select from pg_locks where not granted and relation = 'es.consumed'::regclass`
  await vi.waitUntil(async () => (await holder.query(waits)).rowCount, { timeout: 30_000 })
  return async () => {
    await holder.query('rollback')
    holder.release()
    await close()
  }
}

function comeLast(noted: Noted): void {
  it('are not made at the end while a consumer still writes', async () => {
    await noted.sandbox.idle()
    const before = await noted.lines()
    const release = await holdRights(noted)
    const restarted = noted.restart()
    await setTimeout(1_000)
    const meanwhile = await noted.lines()
    await release()
    await restarted
    expect(meanwhile).toEqual(before)
  })
}

function goOn(noted: Noted): void {
  it('go on in a new file after a restore, when the old one is set aside', async () => {
    const aside = join(noted.file, '..', 'anchors-2025-03-10.jsonl')
    const before = await noted.lines()
    await rename(noted.file, aside)
    await noted.restart()
    expect(await noted.lines()).toHaveLength(1)
    expect(await noted.told()).toMatchObject([
      { ok: true, examined: 1 },
      { ok: true, examined: before.length + 1 },
    ])
    await rename(aside, `${aside}.away`)
    const gone = expect.stringContaining('note 1 of the topic')
    expect((await noted.told())[1]).toMatchObject({ ok: false, detail: gone })
    await rename(`${aside}.away`, aside)
  })

  it('are made and published once, also across a start', async () => {
    const lines = await noted.lines()
    await noted.noteAbout('90020100130')
    expect(await noted.lines()).toHaveLength(lines.length + 1)
    const published = await noted.published()
    // nothing new to note: a start adds none, and repeats none
    await noted.restart()
    expect(await noted.published()).toEqual(published)
  })
}

/** What the notes of a running installation prove, on either driver. */
export function notesProof(
  name: string,
  servers: () => Omit<TestSandboxOptions, 'startAt'>,
  more: (noted: Noted) => void = () => undefined,
): void {
  describe(`notes on ${name}`, () => {
    const noted = new Noted()
    beforeAll(() => noted.start(servers()))
    afterAll(noted.drop)
    beforeEach(async () => {
      expect(await noted.told()).toMatchObject([{ ok: true }, { ok: true }])
    })

    it('stand in the file and in the topic, each as it was signed', async () => {
      const lines = await noted.lines()
      expect(lines.length).toBeGreaterThanOrEqual(3)
      expect(await noted.published()).toEqual(lines)
    })
    comeLast(noted)
    tellOfAChangedFile(noted)
    goOn(noted)
    more(noted)
  })
}
