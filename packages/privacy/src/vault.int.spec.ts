import { randomBytes, randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault, ERASED, privacyMigrations, SubjectErasedError, TamperedError, type Vault } from './index.ts'

const masterKey = randomBytes(32)
const indexKey = randomBytes(32)
let db: TestDatabase
let vault: Vault
const open = (): Vault => createVault({ database: db.database, masterKey, indexKey })

beforeAll(async () => {
  db = await createTestDatabase({ migrations: [privacyMigrations] })
  vault = open()
})
afterAll(async () => {
  await vault.close()
  await db.drop()
})

const sealOne = async (subjectId: string, plaintext: string, context = 'event-1/name') =>
  (await vault.seal([{ subjectId, context, plaintext }]))[0]!

describe('vault', () => {
  it('opens what it sealed, in the order asked', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    const requests = [
      { subjectId: a, context: 'e1/name', plaintext: 'Peeters' },
      { subjectId: b, context: 'e2/name', plaintext: 'Dubois' },
      { subjectId: a, context: 'e1/street', plaintext: 'Kerkstraat 1' },
    ]
    const sealed = await vault.seal(requests)
    const opened = await vault.open(requests.map((request, index) => ({ ...request, sealed: sealed[index]! })))
    expect(opened).toEqual(['Peeters', 'Dubois', 'Kerkstraat 1'])
    expect(JSON.stringify(sealed)).not.toMatch(/Peeters|Dubois|Kerkstraat/)
    expect(sealed[0]!.$sealed).toMatch(/^v1:[\w-]{16}:[\w-]{16}:[\w-]+$/)
  })

  it('never gives the same sealed text twice for the same value', async () => {
    const subjectId = randomUUID()
    expect(await sealOne(subjectId, 'x')).not.toEqual(await sealOne(subjectId, 'x'))
  })

  it('survives any text and a restart', async () => {
    const subjectId = randomUUID()
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
          { maxLength: 5 },
        ),
        async (texts) => {
          const requests = texts.map((plaintext, index) => ({ subjectId, context: `e/${index}`, plaintext }))
          const sealed = await vault.seal(requests)
          const afterRestart = open()
          const opened = await afterRestart.open(
            requests.map((request, index) => ({ ...request, sealed: sealed[index]! })),
          )
          expect(opened).toEqual(texts)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('refuses a value that was moved to another place or another person', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    const sealed = await sealOne(a, 'Peeters')
    await sealOne(b, 'Dubois')
    await expect(vault.open([{ subjectId: a, context: 'event-2/name', sealed }])).rejects.toThrow(TamperedError)
    await expect(vault.open([{ subjectId: b, context: 'event-1/name', sealed }])).rejects.toThrow(/another subject/)
    await expect(vault.open([{ subjectId: randomUUID(), context: 'event-1/name', sealed }])).rejects.toThrow(
      /never had/,
    )
  })

  it('refuses a value in which any character was changed', async () => {
    const subjectId = randomUUID()
    const { $sealed } = await sealOne(subjectId, 'Peeters')
    const places = [...$sealed].map((_, index) => index).slice(0, -1)
    for (const index of places) {
      const other = $sealed[index] === 'A' ? 'B' : 'A'
      const changed = { $sealed: $sealed.slice(0, index) + other + $sealed.slice(index + 1) }
      await expect(vault.open([{ subjectId, context: 'event-1/name', sealed: changed }])).rejects.toThrow(TamperedError)
    }
    await expect(vault.open([{ subjectId, context: 'x', sealed: { $sealed: 'Peeters' } }])).rejects.toThrow(/form/)
  })

  it('gives the erased mark once a key is destroyed, here and in every other process', async () => {
    const subjectId = randomUUID()
    const sealed = await sealOne(subjectId, 'Peeters')
    expect(await vault.erase(subjectId)).toBe(true)
    expect(await vault.erase(subjectId)).toBe(false)
    expect(await vault.open([{ subjectId, context: 'event-1/name', sealed }])).toEqual([ERASED])
    expect(await open().open([{ subjectId, context: 'event-1/name', sealed }])).toEqual([ERASED])
    await expect(sealOne(subjectId, 'again')).rejects.toThrow(SubjectErasedError)
    const { rows } = await db.database.query('select wrapped, destroyed_at from privacy.keys where subject_id = $1', [
      subjectId,
    ])
    expect(rows).toEqual([{ wrapped: null, destroyed_at: expect.any(String) }])
  })

  it('forgets a key that was destroyed elsewhere when it is told', async () => {
    const subjectId = randomUUID()
    const sealed = await sealOne(subjectId, 'Peeters')
    await open().erase(subjectId)
    vault.forget(subjectId)
    expect(await vault.open([{ subjectId, context: 'event-1/name', sealed }])).toEqual([ERASED])
  })

  it('makes no key any more for a person who was erased before having one', async () => {
    const subjectId = randomUUID()
    expect(await vault.erase(subjectId)).toBe(false)
    await expect(sealOne(subjectId, 'late')).rejects.toThrow(SubjectErasedError)
  })

  it('gives two processes that seal for a new person at the same moment one key', async () => {
    const subjectIds = Array.from({ length: 50 }, () => randomUUID())
    const requests = subjectIds.map((subjectId) => ({ subjectId, context: 'e/name', plaintext: subjectId }))
    const results = await Promise.all([open(), open(), open()].map((each) => each.seal(requests)))
    for (const sealed of results) {
      const opened = await vault.open(requests.map((request, index) => ({ ...request, sealed: sealed[index]! })))
      expect(opened).toEqual(subjectIds)
    }
  })

  it('seals ten thousand persons with two queries per five thousand', async () => {
    const requests = Array.from({ length: 10_000 }, () => ({
      subjectId: randomUUID(),
      context: 'e/name',
      plaintext: 'Peeters',
    }))
    let queries = 0
    const query = (...args: [never]) => {
      queries += 1
      return db.database.query(...args)
    }
    const counting = createVault({ database: { ...db.database, query } as never, masterKey, indexKey })
    const sealed = await counting.seal(requests)
    expect(sealed).toHaveLength(10_000)
    expect(queries).toBe(4)
    await counting.open(requests.map((request, index) => ({ ...request, sealed: sealed[index]! })))
    expect(queries).toBe(4)
  })

  it('does not unwrap keys with another master key', async () => {
    const subjectId = randomUUID()
    const sealed = await sealOne(subjectId, 'Peeters')
    const other = createVault({ database: db.database, masterKey: randomBytes(32), indexKey })
    await expect(other.open([{ subjectId, context: 'event-1/name', sealed }])).rejects.toThrow(/master key/)
  })
})
