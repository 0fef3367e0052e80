import { instant, isoDate, movableClock } from '@ziv/kernel'
import type { Database } from '@ziv/postgres'
import { createRuns, type Runs, runsMigrations } from '@ziv/runs'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fileRunKind } from './file-run.ts'
import { createFiles } from './files.ts'
import { type FileEnd, type FileHead, type IntakeFile, intakeMigrations, storePages } from './index.ts'
import { type NumbersFacts, numbersFile } from './testing/numbers-file.ts'
import { withdrawFile } from './withdraw.ts'

let db: TestDatabase
let runs: Runs
let files: ReturnType<typeof createFiles>
let kind: ReturnType<typeof numbersFile>
const ended: [string, string][] = []
const withdrawn: FileEnd = { outcome: 'withdrawn', counts: { sum: 0 } }
const clock = movableClock(isoDate('2026-01-05'), undefined, instant('2026-01-05T12:00:00.000Z'))
const head: FileHead = { origin: { actor: 'spec', correlationId: 'spec' }, format: 'numbers' }

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [runsMigrations, intakeMigrations] })
  const { database } = db
  await database.query('create table numbers (file_id uuid, value int, place serial)')
  const { work } = numbersFile(database)
  const { givenUp: _, ...whole } = work
  kind = numbersFile(database, {
    work: { ...whole, whole: true, inTurn: true },
    withdrawn,
    end: async (_, { fileId }, { outcome }) => {
      ended.push([fileId, outcome])
    },
  })
  const options = { database, clock, logger: pino({ level: 'silent' }) }
  runs = createRuns({ ...options, pollMs: 0 }, [fileRunKind({ database, clock, runs: () => runs }, kind)])
  files = createFiles({ ...options, runs }, [kind])
})
afterAll(async () => {
  await runs.stop()
  await db.drop()
})
beforeEach(async () => {
  await db.database.query('truncate numbers, app_files.files, app_files.pages, app_runs.runs cascade')
  ended.length = 0
})

async function send(text: string): Promise<IntakeFile<NumbersFacts>> {
  const source = (async function* () {
    yield Buffer.from(text)
  })()
  const received = await files.receive<NumbersFacts>('numbersFile', source, head)
  if (!received.ok) throw new Error(JSON.stringify(received.issues))
  return await files.process(received.file)
}
const stored = async (): Promise<readonly number[]> =>
  (await db.database.query<{ value: number }>('select value from numbers order by place')).rows.map(
    ({ value }) => value,
  )

test('a file that can never be worked is withdrawn: nothing of it holds, it is answered, and those behind it go on', async () => {
  const bad = await send('13\n')
  const [next, last] = [await send('14\n'), await send('15\n')]
  expect([bad.state, next.state, last.state, await stored()]).toEqual(['processing', 'processing', 'processing', []])
  const done = await files.withdraw('numbersFile', bad.fileId)
  expect(done).toMatchObject({ ok: true, file: { state: 'done', outcome: 'withdrawn', counts: { sum: 0 } } })
  await runs.idle()
  expect(await stored()).toEqual([14, 15])
  expect(ended).toEqual([
    [bad.fileId, 'withdrawn'],
    [next.fileId, 'added'],
    [last.fileId, 'added'],
  ])
  expect((await db.database.query('select 1 from app_files.pages')).rowCount).toBe(0)
})

test('once more it stays as it is, and one that is answered is not withdrawn', async () => {
  const bad = await send('13\n')
  await files.withdraw('numbersFile', bad.fileId)
  expect(await files.withdraw('numbersFile', bad.fileId)).toMatchObject({ ok: true, file: { outcome: 'withdrawn' } })
  expect(ended).toHaveLength(1)
  const good = await send('1\n')
  expect(await files.withdraw('numbersFile', good.fileId)).toEqual({ ok: false, why: 'fileAnswered' })
  expect(await stored()).toEqual([1])
})

test('one whose work has not failed is not withdrawn under it', async () => {
  const received = await files.receive<NumbersFacts>(
    'numbersFile',
    (async function* () {
      yield Buffer.from('2\n')
    })(),
    head,
  )
  if (!received.ok) throw new Error('it is not taken in')
  expect(await files.withdraw('numbersFile', received.file.fileId)).toEqual({ ok: false, why: 'fileAtWork' })
  await files.process(received.file)
  expect(await stored()).toEqual([2])
})

test('work that was taken up again at the same moment stores nothing of a file that was withdrawn', async () => {
  const bad = await send('13\n')
  await files.withdraw('numbersFile', bad.fileId)
  // whoever read the file before starts its run after
  const pages = [{ bucket: 0, page: 0, content: '000000001 7' }]
  await db.database.transaction((tx) => storePages(tx, bad.fileId, pages))
  await runs.run('numbersFile', { fileId: bad.fileId }, bad)
  expect(await stored()).toEqual([])
})

test('a resumption that stores while a withdrawal waits for the file keeps it: the withdrawal is refused', async () => {
  const { database } = db
  await database.query('alter table numbers add constraint never check (value <> 17) not valid')
  const bad = await send('17\n')
  await database.query('alter table numbers drop constraint never')
  const [stored17, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const resume = () =>
    runs.run('numbersFile', { fileId: bad.fileId }, bad, async () => {
      stored17.resolve()
      await goOn.promise
    })
  let resumed: ReturnType<typeof resume> | undefined
  // the resumption is at work up to its last item when the withdrawal comes to lock the file
  const late: Database = {
    ...database,
    transaction: async (work) => {
      resumed ??= resume()
      await stored17.promise
      return await database.transaction(work)
    },
  }
  const answer = await withdrawFile({ database: late, clock, runs }, kind, bad.fileId)
  goOn.resolve()
  await resumed
  const file = await files.find('numbersFile', bad.fileId)
  expect([answer, file?.outcome, await stored()]).toEqual([{ ok: false, why: 'fileAtWork' }, 'added', [17]])
})
