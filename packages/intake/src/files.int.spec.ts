import { instant, isoDate, movableClock } from '@ziv/kernel'
import { createRuns, type Runs, runsMigrations } from '@ziv/runs'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fileRunKind } from './file-run.ts'
import { createFiles } from './files.ts'
import { type FileHead, type FileKind, intakeMigrations, isStanding } from './index.ts'
import { type NumbersFacts, numbersFile } from './testing/numbers-file.ts'

let db: TestDatabase
const clock = movableClock(isoDate('2026-01-05'), undefined, instant('2026-01-05T08:00:00.000Z'))
const logger = pino({ level: 'silent' })
const head: FileHead = { origin: { actor: 'spec', correlationId: 'spec' }, format: 'numbers' }
const tables = ['app_files.files', 'app_files.pages', 'app_files.issues', 'app_runs.runs', 'numbers']
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [runsMigrations, intakeMigrations] })
  await db.database.query('create table numbers (file_id uuid, value int)')
})
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()))
  await db.drop()
})
beforeEach(async () => {
  await db.database.query(`truncate ${tables.join(', ')} cascade`)
})

// biome-ignore lint/suspicious/noExplicitAny: items are of no interest here
function filesOf(more: Partial<FileKind<NumbersFacts, any>> = {}) {
  const { database } = db
  const kind = numbersFile(database, more)
  const ofFiles = fileRunKind({ database, clock, runs: () => runs }, kind)
  const runs: Runs = createRuns({ database, clock, logger, pollMs: 0 }, [ofFiles])
  stops.push(() => runs.stop())
  return { files: createFiles({ database, clock, logger, runs }, [kind]), runs }
}

async function* bytesOf(...pieces: readonly string[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece, 'latin1')
}
const receive = async (files: ReturnType<typeof filesOf>['files'], text: string, other: Partial<FileHead> = {}) => {
  const received = await files.receive<NumbersFacts>('numbersFile', bytesOf(text), { ...head, ...other })
  if (!received.ok) throw new Error(JSON.stringify(received.issues))
  return received
}
const rowsOf = async (table: string): Promise<number> => (await db.database.query(`select from ${table}`)).rowCount ?? 0
const rows = () => Promise.all(tables.map(rowsOf))

describe('a file', () => {
  test('is received, worked through and answered, with its issues by line', async () => {
    const { files } = filesOf()
    const { file } = await receive(files, '1\n2\nx\n4\n')
    expect(file).toMatchObject({ state: 'processing', facts: { lines: 4 }, sizeBytes: 8, outcome: null })
    expect(await files.process(file)).toMatchObject({ state: 'done', outcome: 'added', counts: { sum: 7 } })
    const issues = await db.database.query('select line, place, code from app_files.issues')
    expect(issues.rows).toEqual([{ line: 3, place: 'line 3', code: 'NAN' }])
    expect(await rowsOf('app_files.pages')).toBe(0)
  })

  test('sent again is the same file; of another sender it is another', async () => {
    const { files } = filesOf()
    const first = await receive(files, '1\n')
    await files.process(first.file)
    const again = await receive(files, '1\n')
    expect([again.alreadyKnown, again.file.fileId, again.file.outcome]).toEqual([true, first.file.fileId, 'added'])
    const other = await receive(files, '1\n', { sender: 'other' })
    expect([other.alreadyKnown, other.file.fileId === first.file.fileId]).toEqual([false, false])
  })

  test('sent twice at the same moment is one', async () => {
    const { files } = filesOf()
    const both = await Promise.all([receive(files, '5\n6\n'), receive(files, '5\n6\n')])
    expect(new Set(both.map(({ file }) => file.fileId)).size).toBe(1)
    await Promise.all(both.map(({ file }) => files.process(file)))
    expect(await rowsOf('numbers')).toBe(2)
    expect(await rowsOf('app_files.files')).toBe(1)
  })

  test('that may be taken anew is another file, once', async () => {
    const { files } = filesOf({ isSame: ({ outcome }) => outcome !== 'partly' })
    const first = await receive(files, '13\n')
    await files.process(first.file)
    const second = await receive(files, '13\n')
    expect([second.alreadyKnown, second.file.fileId === first.file.fileId]).toEqual([false, false])
    expect((await receive(files, '13\n')).file.fileId).toBe(second.file.fileId)
  })

  test('of a kind that replaces is taken anew once another of its sender came in between, and not before', async () => {
    const { files } = filesOf({ isSame: isStanding })
    const send = async (text: string, sender = 'one') => {
      const received = await receive(files, text, { sender })
      await files.process(received.file)
      return received
    }
    const first = await send('1\n')
    await send('2\n', 'other')
    expect((await send('1\n')).file.fileId).toBe(first.file.fileId)
    await send('2\n')
    const back = await send('1\n')
    expect([back.alreadyKnown, back.file.fileId === first.file.fileId]).toEqual([false, false])
    expect((await send('1\n')).file.fileId).toBe(back.file.fileId)
  })

  test('that is only tried is answered at once and works on nothing', async () => {
    const { files } = filesOf()
    const { file } = await receive(files, '1\n', { format: 'trial' })
    expect(file).toMatchObject({ state: 'done', outcome: 'tried' })
    expect([await rowsOf('app_files.pages'), await rowsOf('app_runs.runs'), await rowsOf('numbers')]).toEqual([0, 0, 0])
  })
})

describe('nothing stays', () => {
  test('of a file that cannot be read', async () => {
    const { files } = filesOf()
    expect(await files.receive('numbersFile', bytesOf('1\n', '\0'), head)).toMatchObject({
      ok: false,
      issues: [{ code: 'NUL' }],
    })
    expect(await rows()).toEqual([0, 0, 0, 0, 0])
  })

  test('of one that breaks off, whoever breaks it', async () => {
    async function* broken() {
      yield Buffer.from('1\n')
      throw new Error('the line broke')
    }
    const { files } = filesOf()
    await expect(files.receive('numbersFile', broken(), head)).rejects.toThrow('the line broke')
    const swept = filesOf({
      stage: async (upload) => {
        await db.database.query('delete from app_files.files where file_id = $1', [upload.fileId])
        await upload.store()
        return { facts: { lines: 0 } }
      },
    })
    await expect(swept.files.receive('numbersFile', bytesOf('1\n'), head)).rejects.toThrow('send the file again')
    expect(await rows()).toEqual([0, 0, 0, 0, 0])
  })

  test('of one whose process died, once its lease has run out', async () => {
    const { files } = filesOf()
    await db.database.query(
      `insert into app_files.files (file_id, kind, state, sender, format, business_date, actor, correlation_id, received_at, lease_until)
       select gen_random_uuid(), 'numbersFile', 'receiving', '', 'numbers', now(), 'a', 'b', now(), now() + s * interval '1 s'
         from unnest('{-1, 60}'::int[]) s`,
    )
    await files.resume()
    expect(await rowsOf('app_files.files')).toBe(1)
  })

  test('of what a kind kept for the second pass: after the end, and again by who finds that nobody did it', async () => {
    const discarded: string[] = []
    const discard = async (_: unknown, fileId: string) => {
      discarded.push(`${fileId} ${await rowsOf('app_files.pages')} ${await rowsOf('numbers')}`)
    }
    const { files } = filesOf({ discard })
    const { file } = await receive(files, '1\n2\n')
    expect(discarded).toEqual([])
    await files.process(file)
    expect(discarded).toEqual([`${file.fileId} 1 2`])
    await db.database.query('insert into app_files.pages values ($1, 0, 0, $2)', [file.fileId, 'left'])
    await files.resume()
    const tried = await receive(files, '1\n', { format: 'trial' })
    expect(discarded.slice(1)).toEqual([`${file.fileId} 1 2`, `${tried.file.fileId} 1 2`])
    expect(await rowsOf('app_files.pages')).toBe(0)
  })

  test('of one that was taken for dead: its reader, who lives after all, is told to send it again', async () => {
    const { files } = filesOf()
    const late = filesOf({
      stage: async (upload) => {
        await upload.store()
        await upload.settle()
        await db.database.query(`update app_files.files set lease_until = now() - interval '1 s'`)
        // another process begins to remove it and is slow
        await db.database.query('create rule slow as on delete to app_files.files do instead nothing')
        await files.resume()
        await db.database.query('drop rule slow on app_files.files')
        return { facts: { lines: 0 } }
      },
    })
    await expect(late.files.receive('numbersFile', bytesOf('1\n'), head)).rejects.toThrow('send the file again')
    expect(await rows()).toEqual([0, 0, 0, 0, 0])
  })
})

describe('the work on a file', () => {
  test('goes on where a killed process left it, whether it had begun or not', async () => {
    const { files } = filesOf()
    const { file } = await receive(files, '1\n2\n3\n4\n5\n')
    const kill = () => {
      throw new Error('killed')
    }
    await expect(files.process(file, kill)).rejects.toThrow('killed')
    const untouched = await receive(files, '6\n')
    const next = filesOf()
    await next.files.resume()
    await next.runs.idle()
    expect((await next.files.find('numbersFile', file.fileId))?.counts).toMatchObject({ sum: 15 })
    expect((await next.files.find('numbersFile', untouched.file.fileId))?.outcome).toBe('added')
    expect(await rowsOf('numbers')).toBe(6)
  })

  test('leaves out an item that fails, counts it and stops nothing', async () => {
    const { files, runs } = filesOf()
    const { file } = await receive(files, '1\n13\n3\n')
    expect(await files.process(file)).toMatchObject({ outcome: 'partly', counts: { sum: 4, left: 1 } })
    expect(await runs.list(null, 1)).toMatchObject([{ state: 'done', failed: 1 }])
  })

  test('that may leave nothing out fails before it, and goes on when it can', async () => {
    const whole = numbersFile(db.database).work
    const { files, runs } = filesOf({ work: { ...whole, whole: true } })
    const { file } = await receive(files, '1\n13\n3\n')
    expect(await files.process(file)).toMatchObject({ state: 'processing', counts: { sum: 1 } })
    expect(await runs.list(null, 1)).toMatchObject([{ state: 'failed', problem: expect.stringContaining('thirteen') }])
    const corrected = filesOf({
      work: { ...whole, whole: true, store: async (_, { items }) => ({ sum: items.length }) },
    })
    expect(await corrected.files.process(file)).toMatchObject({ state: 'done', counts: { sum: 3 } })
  })
})
