import { setTimeout as sleep } from 'node:timers/promises'
import { instant, isoDate, movableClock } from '@ziv/kernel'
import { createDatabase, type Transaction } from '@ziv/postgres'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createRuns,
  keysOfParts,
  type Run,
  type RunKind,
  type Runs,
  type RunsOptions,
  runsMigrations,
} from './index.ts'

let db: TestDatabase
const opened: Runs[] = []
const origin = { actor: 'spec', correlationId: 'spec' }
const clock = movableClock(isoDate('2026-01-05'), undefined, instant('2026-01-05T08:00:00.000Z'))

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [runsMigrations], max: 12 })
  await db.database.query('create table items (key text collate "C" primary key, broken text)')
  await db.database.query('create table work_done (run_id uuid, key text collate "C", worker text, mode text)')
})
afterAll(async () => {
  await Promise.all(opened.map((runs) => runs.stop()))
  await db.drop()
})
beforeEach(async () => {
  await db.database.query('truncate items, work_done, app_runs.runs cascade')
})

interface Item {
  readonly key: string
  readonly broken: string | null
}
type Hook = (tx: Transaction, items: readonly Item[]) => Promise<void>

/** Writes every item down once; an item that is broken says how. */
const kindOf = (worker: string, more: Partial<RunKind<object, Item>> = {}, hook?: Hook): RunKind<object, Item> => ({
  kind: 'spec',
  keyOf: () => 'all',
  chunkSize: 10,
  plan: (q) => keysOfParts(q, 'select key from items', [], 10, 2),
  itemKey: ({ key }) => key,
  read: async (tx, { after, through, limit }) => {
    const { rows } = await tx.query<Item>(
      `select key, broken from items where key > $1 and ($2::text is null or key <= $2) order by key limit $3`,
      [after ?? '', through, limit],
    )
    return rows.length === 0 ? null : { items: rows, last: rows.at(-1)!.key }
  },
  store: async (tx, { items }, run, mode) => {
    await hook?.(tx, items)
    await tx.query(`insert into work_done select $1, k, $2, $3 from unnest($4::text[]) k`, [
      ...[run.runId, worker, mode, items.map(({ key }) => key)],
    ])
    const bad = items.find(({ broken }) => broken !== null)
    if (bad?.broken === 'throws') throw new Error('this one cannot be done')
    if (bad?.broken === 'sql') await tx.query('select 1 / 0')
    return { worked: items.length }
  },
  ...more,
})

function runsOf(kind: RunKind<object, Item>, options: Partial<RunsOptions> = {}): Runs {
  const logger = pino({ level: 'silent' })
  const runs = createRuns({ database: db.database, clock, logger, pollMs: 0, leaseMs: 600, ...options }, [kind])
  opened.push(runs)
  return runs
}

const fill = (count: number, broken: Readonly<Record<number, string>> = {}) =>
  db.database.query(
    `insert into items select 'k' || lpad(n::text, 5, '0'), $2::jsonb->>n::text from generate_series(1, $1) n`,
    [count, JSON.stringify(broken)],
  )
const done = async () =>
  (await db.database.query<{ key: string; worker: string }>('select key, worker from work_done order by key')).rows
const once = (rows: readonly { key: string }[]) => new Set(rows.map(({ key }) => key)).size === rows.length

describe('a run', () => {
  test('works on every key once, in parts, and counts them', async () => {
    await fill(95)
    const run = await runsOf(kindOf('a')).run('spec', {}, origin)
    expect(run).toMatchObject({ state: 'done', total: 95, done: 95, failed: 0, counts: { worked: 95 } })
    const rows = await done()
    expect(rows).toHaveLength(95)
    expect(once(rows)).toBe(true)
    const parts = await db.database.query('select from app_runs.parts')
    expect(parts.rowCount).toBe(5)
  })

  test('of nothing is done at once', async () => {
    expect(await runsOf(kindOf('a')).run('spec', {}, origin)).toMatchObject({ state: 'done', done: 0 })
  })

  test('is the one at work while there is one, and a new one after', async () => {
    await fill(5)
    // the first one may not be done before the second is asked for
    const asked = Promise.withResolvers<void>()
    const runs = runsOf(kindOf('a', {}, () => asked.promise))
    const [first, second] = [await runs.start('spec', {}, origin), await runs.start('spec', {}, origin)]
    asked.resolve()
    expect(second.runId).toBe(first.runId)
    await runs.idle()
    expect((await runs.start('spec', {}, origin)).runId).not.toBe(first.runId)
  })

  test('is listed with the others of every kind, the newest first, a page at a time', async () => {
    const [runs, other] = [runsOf(kindOf('a')), runsOf(kindOf('b', { kind: 'other' }))]
    const made = [await runs.run('spec', {}, origin), await other.run('other', {}, origin)]
    const ids = [...made, await runs.run('spec', {}, origin)].map(({ runId }) => runId).reverse()
    const first = await runs.list(null, 2)
    expect(first.map(({ runId, kind, state }) => [runId, kind, state])).toEqual([
      [ids[0], 'spec', 'done'],
      [ids[1], 'other', 'done'],
    ])
    expect((await runs.list(first[1]!, 2)).map(({ runId }) => runId)).toEqual([ids[2]])
  })

  test('that happens once is the same run for ever', async () => {
    await fill(5)
    const runs = runsOf(kindOf('a', { once: true }))
    const first = await runs.run('spec', {}, origin)
    expect(await runs.run('spec', {}, origin)).toEqual(first)
    expect(await done()).toHaveLength(5)
  })

  test('begins a phase only when every part of the one before is done', async () => {
    await fill(45)
    const seen: number[] = []
    const kind = kindOf('a', { phases: 2 })
    const store: typeof kind.store = (tx, read, run, mode, turn) => {
      seen.push(run.phase)
      return kind.store(tx, read, run, mode, turn)
    }
    await runsOf({ ...kind, store }).run('spec', {}, origin)
    expect(seen).toEqual(seen.toSorted())
    expect(seen.filter((phase) => phase === 2)).toHaveLength(seen.length / 2)
  })
})

test('whoever follows the progress can interrupt a run, which goes on where it was', async () => {
  await fill(40)
  const runs = runsOf(kindOf('a', { inFlight: 1 }))
  const stop = ({ done: keys }: Run) => {
    if (keys >= 20) throw new Error('killed')
  }
  await expect(runs.run('spec', {}, origin, stop)).rejects.toThrow('killed')
  expect(await done()).toHaveLength(20)
  expect(await runs.run('spec', {}, origin)).toMatchObject({ state: 'done', done: 40 })
  expect(once(await done())).toBe(true)
})

describe('a key that fails', () => {
  test.for(['throws', 'sql'])('is left out and named, and stops nobody else (%s)', async (how) => {
    await fill(50, { 17: how, 18: how, 50: how })
    const runs = runsOf(kindOf('a'))
    const run = await runs.run('spec', {}, origin)
    expect(run).toMatchObject({ state: 'done', done: 50, failed: 3, counts: { worked: 47 } })
    expect((await runs.failures(run.runId, '', 10)).map(({ key }) => key)).toEqual(['k00017', 'k00018', 'k00050'])
    const rows = await done()
    expect(rows).toHaveLength(47)
    expect(once(rows)).toBe(true)
  })

  test('too many of them end the run as failed, and it can be started again', async () => {
    await fill(20, { 1: 'throws', 2: 'throws', 3: 'throws' })
    const runs = runsOf(kindOf('a', { once: true }), { failuresMax: 1 })
    expect(await runs.run('spec', {}, origin)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/keys failed/),
    })
    await db.database.query('update items set broken = null')
    await db.database.query('delete from app_runs.failures')
    expect(await runs.run('spec', {}, origin)).toMatchObject({ state: 'done', done: 20 })
  })

  test('a chunk that cannot be read ends the run with its reason instead of trying for ever', async () => {
    await fill(5)
    const kind = kindOf('a', { read: () => Promise.reject(new Error('the list cannot be read')) })
    expect(await runsOf(kind).run('spec', {}, origin)).toMatchObject({
      state: 'failed',
      problem: 'the list cannot be read',
    })
  })

  test('a conflict is tried again, alone, and nothing is lost or done twice', async () => {
    await fill(60)
    let conflicts = 3
    const hook: Hook = async (_tx, items) => {
      if (items[0]?.key !== 'k00021' || conflicts === 0) return
      conflicts -= 1
      throw Object.assign(new Error('another writer was faster'), { retriable: true })
    }
    expect(await runsOf(kindOf('a', {}, hook)).run('spec', {}, origin)).toMatchObject({ failed: 0, done: 60 })
    expect(once(await done())).toBe(true)
  })

  test('a chunk that waits for a lock of the one behind it gets it', async () => {
    await fill(40)
    // the first chunk is slow to lock what the second one has locked already
    const hook: Hook = async (tx, items) => {
      if (items[0]?.key === 'k00001') await sleep(50)
      if (['k00001', 'k00011'].includes(items[0]?.key ?? ''))
        await tx.query("select from items where key = 'k00015' for update")
    }
    const run = await runsOf(kindOf('a', { chunkSize: 10 }, hook), { turnMs: 100 }).run('spec', {}, origin)
    expect(run).toMatchObject({ state: 'done', done: 40, failed: 0 })
    expect(once(await done())).toBe(true)
  })
})

describe('replicas', () => {
  test('share a run: each key is worked on by one of them', async () => {
    await fill(200)
    const slow: Hook = () => sleep(5)
    const [a, b] = [runsOf(kindOf('a', {}, slow)), runsOf(kindOf('b', {}, slow))]
    const [first, second] = await Promise.all([
      a.run('spec', {}, origin),
      sleep(5).then(() => b.run('spec', {}, origin)),
    ])
    expect(second).toEqual(first)
    const rows = await done()
    expect(once(rows)).toBe(true)
    expect(rows).toHaveLength(200)
    expect(new Set(rows.map(({ worker }) => worker))).toEqual(new Set(['a', 'b']))
  })

  test('take over the part of one that died, and it cannot commit any more', async () => {
    await fill(60)
    const database = createDatabase({ connectionString: db.connectionString, applicationName: 'dying' })
    const hung = Promise.withResolvers<void>()
    let calls = 0
    // hangs in its second chunk, without a heartbeat: its lease runs out
    const hang: Hook = async () => {
      calls += 1
      if (calls > 1) await hung.promise
    }
    const dead = runsOf(kindOf('dead', { inFlight: 1 }, hang), { database: silenced(database) })
    await dead.start('spec', {}, origin)
    while (calls < 2) await sleep(10)
    const run = await runsOf(kindOf('alive')).run('spec', {}, origin)
    expect(run).toMatchObject({ state: 'done', done: 60, counts: { worked: 60 } })
    hung.resolve()
    await dead.stop()
    const rows = await done()
    expect(rows).toHaveLength(60)
    expect(once(rows)).toBe(true)
    expect(rows.filter(({ worker }) => worker === 'dead')).toHaveLength(10)
    await database.close()
  })

  test('find what was left when they start, and what another starts later', async () => {
    await fill(30)
    const stopper = runsOf(kindOf('a', { inFlight: 1 }), {
      onProgress: async (run: Run) => {
        if (run.done >= 10) void stopper.stop()
      },
    })
    await stopper.start('spec', {}, origin)
    await stopper.idle()
    expect(await done()).not.toHaveLength(30)
    const next = runsOf(kindOf('b'))
    await next.resume()
    await next.idle()
    expect(once(await done())).toBe(true)
    expect(await done()).toHaveLength(30)
  })

  test('tells of a new kind by itself that its runs are tasks, and where they lead; one over a file is the task of the file', () => {
    const runs = runsOf(kindOf('a', { resultOf: (runId) => `/toy/v1/counts/${runId}` }))
    expect([runs.taskKinds(), runs.resultOf({ kind: 'spec', runId: '1' })]).toEqual([['spec'], '/toy/v1/counts/1'])
    expect(runsOf(kindOf('a')).resultOf({ kind: 'spec', runId: '1' })).toBeNull()
    expect(runsOf(kindOf('a', { ofFile: true })).taskKinds()).toEqual([])
  })
})

/** A database whose heartbeats of runs are lost, as those of a process that hangs. */
function silenced(database: ReturnType<typeof createDatabase>): ReturnType<typeof createDatabase> {
  const query = ((first: string | { text: string }, values?: unknown[]) => {
    const text = typeof first === 'string' ? first : first.text
    if (text.includes('set lease_until = clock_timestamp()')) return Promise.resolve({ rows: [], rowCount: 0 })
    return database.query(first as string, values)
  }) as typeof database.query
  return { ...database, query }
}
