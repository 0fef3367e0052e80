import { instant, isoDate, movableClock } from '@ziv/kernel'
import { createRuns, type Runs, runsMigrations } from '@ziv/runs'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileRunKind } from './file-run.ts'
import { createFiles } from './files.ts'
import { type FileHead, type FileKind, type IntakeFile, intakeMigrations } from './index.ts'
import { type NumbersFacts, numbersFile } from './testing/numbers-file.ts'

let db: TestDatabase
const start = instant('2026-01-05T22:59:00.000Z')
const clock = movableClock(isoDate('2026-01-05'), undefined, start)
const head: FileHead = { origin: { actor: 'spec', correlationId: 'spec' }, format: 'numbers' }
const stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [runsMigrations, intakeMigrations] })
  await db.database.query('create table numbers (file_id uuid, value int, place serial)')
})
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()))
  await db.drop()
})

/** A service whose files take over from each other; `mended`: it can add thirteen. */
function filesOf(mended = false) {
  const { database } = db
  const { work } = numbersFile(database)
  const store: FileKind<NumbersFacts, { value: number }>['work']['store'] = async (tx, { items }, run) => {
    if (!mended && items.some(({ value }) => value === 13)) throw new Error('nobody adds thirteen')
    const values = [run.params.fileId, items.map(({ value }) => value)]
    await tx.query('insert into numbers select $1, n from unnest($2::int[]) n', values)
    return { sum: items.length }
  }
  // biome-ignore lint/suspicious/noExplicitAny: items are of no interest here
  const kind = numbersFile(database, { work: { ...work, store: store as any, whole: true, inTurn: true } })
  const options = { database, clock, logger: pino({ level: 'silent' }) }
  const runs: Runs = createRuns({ ...options, pollMs: 0 }, [fileRunKind({ database, clock, runs: () => runs }, kind)])
  stops.push(() => runs.stop())
  return { files: createFiles({ ...options, runs }, [kind]), runs }
}
type Files = ReturnType<typeof filesOf>['files']

async function* bytesOf(text: string, rest?: Promise<void>): AsyncGenerator<Buffer> {
  yield Buffer.from(text.slice(0, 1))
  await rest
  yield Buffer.from(text.slice(1))
}
const receive = async (files: Files, text: string, rest?: Promise<void>): Promise<IntakeFile<NumbersFacts>> => {
  const received = await files.receive<NumbersFacts>('numbersFile', bytesOf(text, rest), head)
  if (!received.ok) throw new Error(JSON.stringify(received.issues))
  return received.file
}
const stored = async () =>
  (await db.database.query<{ value: number }>('select value from numbers order by place')).rows.map(
    ({ value }) => value,
  )

test('a file came in when it was whole: one that began before it and took longer came in after it', async () => {
  const { files } = filesOf()
  const { promise: rest, resolve: goOn } = Promise.withResolvers<void>()
  const slow = receive(files, '1\n', rest)
  while ((await db.database.query(`select from app_files.files where state = 'receiving'`)).rowCount === 0);
  const quick = await receive(files, '2\n')
  await files.process(quick)
  clock.moveTo(isoDate('2026-01-06'))
  goOn()
  const last = await files.process(await slow)
  expect(last.arrival).toBeGreaterThan(quick.arrival)
  expect([quick.businessDate, last.businessDate]).toEqual(['2026-01-05', '2026-01-06'])
  expect(last.receivedAt > quick.receivedAt).toBe(true)
  expect(await stored()).toEqual([2, 1])
})

test('a file that takes over never passes one before it whose work failed, however it is taken up again', async () => {
  const { files, runs } = filesOf()
  await db.database.query('truncate numbers')
  const first = await files.process(await receive(files, '13\n'))
  const second = await files.process(await receive(files, '14\n'))
  expect([first.state, second.state, await stored()]).toEqual(['processing', 'processing', []])
  expect((await runs.list(null, 2)).map(({ state }) => state)).toEqual(['failed', 'failed'])
  const [problem] = (await runs.list(null, 1)).map((run) => run.problem)
  expect(problem).toContain(first.fileId)
  await files.start(second)
  await runs.idle()
  expect(await stored()).toEqual([])
  const mended = filesOf(true)
  await mended.files.start(second)
  await mended.runs.idle()
  expect(await stored()).toEqual([13, 14])
})
