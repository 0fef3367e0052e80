import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import {
  createVault,
  ERASED,
  masterKeyFrom,
  masterKeysOf,
  privacyMigrations,
  proveKeys,
  turnMasterKey,
} from './index.ts'
import { readKeyFile } from './key-file.ts'

let keys: TestDatabase
let folder: string
let file: string
beforeAll(async () => {
  keys = await createTestDatabase({ migrations: [privacyMigrations] })
  folder = await mkdtemp(join(tmpdir(), 'ziv-turn-'))
})
afterAll(async () => {
  await keys.drop()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  await keys.database.query('truncate privacy.keys')
  file = join(folder, `${randomUUID()}.json`)
  await masterKeyFrom(file)
})

/** A running service: it keeps no key of a person in memory, so that each is unwrapped again. */
const service = async () => {
  const { indexKey } = await masterKeyFrom(file)
  return createVault({ database: keys.database, masterKey: masterKeysOf(file), indexKey, cacheMaxAgeMs: 0 })
}
const place = (subjectId: string) => ({ subjectId, context: 'spec' })
const people = Array.from({ length: 30 }, (_, n) => `person-${String(n).padStart(2, '0')}`)
const sealAll = async (vault: Awaited<ReturnType<typeof service>>, ids: readonly string[]) =>
  await vault.seal(ids.map((id) => ({ ...place(id), plaintext: `words of ${id}` })))

it('a turned key opens everything that was sealed before, in services that run on, and the old one opens nothing', async () => {
  const running = await service()
  const sealed = await sealAll(running, people)
  await running.erase(people[3]!)
  const before = await readKeyFile(file)
  expect(await turnMasterKey(keys.database, file)).toEqual({ rewrapped: people.length - 1, dropped: true })
  const after = await readKeyFile(file)
  expect(after.masterKey.equals(before.masterKey)).toBe(false)
  expect([after.indexKey, after.previousMasterKeys]).toEqual([before.indexKey, []])
  for (const vault of [running, await service()]) {
    const opened = await vault.open(people.map((id, n) => ({ ...place(id), sealed: sealed[n]! })))
    expect(opened).toEqual(people.map((id, n) => (n === 3 ? ERASED : `words of ${id}`)))
  }
  const old = createVault({ database: keys.database, masterKey: before.masterKey, indexKey: before.indexKey })
  await expect(old.open([{ ...place(people[0]!), sealed: sealed[0]! }])).rejects.toThrow('does not unwrap')
  expect(await proveKeys(keys.database, masterKeysOf(file))).toMatchObject({
    ...{ examined: people.length, damaged: [], destroyed: [people[3]] },
  })
})

it('keys made while it turns are found, and one destroyed meanwhile stays destroyed', async () => {
  const running = await service()
  await sealAll(running, people)
  let round = 0
  // what a running service does between two looks of the command
  const wait = async () => {
    round += 1
    if (round === 1) await running.erase(people[7]!)
    if (round > 2) return
    // a service that has not looked at the file yet wraps with the key before
    const late = createVault({ database: keys.database, masterKey: before.masterKey, indexKey: before.indexKey })
    await sealAll(late, [`late-${round}`])
  }
  const before = await readKeyFile(file)
  const { rewrapped } = await turnMasterKey(keys.database, file, { wait })
  expect(rewrapped).toBe(people.length - 1 + 2)
  const { rows } = await keys.database.query('select wrapped from privacy.keys where subject_id = $1', [people[7]])
  expect(rows).toEqual([{ wrapped: null }])
  const again = await service()
  expect((await sealAll(again, ['late-1', 'late-2', people[0]!])).length).toBe(3)
})

it('stopped half-way it leaves both keys in the file, and the next one goes on with the same new key', async () => {
  const running = await service()
  const sealed = await sealAll(running, people)
  const broken = async () => {
    throw new Error('the power went')
  }
  await expect(turnMasterKey(keys.database, file, { wait: broken })).rejects.toThrow('the power went')
  const half = await readKeyFile(file)
  expect(half.previousMasterKeys).toHaveLength(1)
  const still = await (await service()).open(people.map((id, n) => ({ ...place(id), sealed: sealed[n]! })))
  expect(still).toEqual(people.map((id) => `words of ${id}`))
  await turnMasterKey(keys.database, file, { wait: async () => undefined })
  expect((await readKeyFile(file)).masterKey).toEqual(half.masterKey)
  expect(JSON.parse(await readFile(file, 'utf8'))).not.toHaveProperty('previousMasterKeys')
})
