import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase, type TestDatabase } from '@ziv/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  acquireLease,
  eventStoreMigrations,
  type Lease,
  LeaseLost,
  readCheckpoint,
  releaseLease,
  renewLease,
  START,
  saveCheckpoint,
} from './index.ts'

let test: TestDatabase

beforeAll(async () => {
  test = await createTestDatabase({ migrations: [eventStoreMigrations] })
})
afterAll(() => test.drop())

const acquire = (processor: string, holder: string, leaseMs = 60_000): Promise<Lease | null> =>
  acquireLease(test.database, { processor, holder, leaseMs })

const at = (position: string) => ({ epoch: 1, tx: '800', position })

it('gives the lease to one holder at a time, with a term that rises', async () => {
  const first = await acquire('one', 'a')
  expect(first).toMatchObject({ term: 1, position: START })
  expect(await acquire('one', 'b')).toBeNull()
  await releaseLease(test.database, first!)
  expect(await acquire('one', 'b')).toMatchObject({ term: 2 })
  expect(await acquire('one', 'a')).toBeNull()
})

it('gives the lease to one of many that ask at once', async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, (_, n) => acquire('crowd', `h${n}`)))
  expect(asked.filter((lease) => lease !== null)).toHaveLength(1)
})

it('moves on from where the last holder stood, after its lease ran out', async () => {
  const slow = (await acquire('paused', 'slow', 20))!
  const moved = await saveCheckpoint(test.database, slow, at('5'))
  await sleep(40)
  const next = (await acquire('paused', 'next'))!
  expect(next).toMatchObject({ term: 2, position: at('5') })
  await expect(saveCheckpoint(test.database, moved, at('6'))).rejects.toThrow(LeaseLost)
  await expect(renewLease(test.database, moved, 1000)).rejects.toThrow(LeaseLost)
  expect(await readCheckpoint(test.database, 'paused')).toEqual(at('5'))
  await saveCheckpoint(test.database, next, at('7'))
  expect(await readCheckpoint(test.database, 'paused')).toEqual(at('7'))
})

it('refuses to move a checkpoint that is not where its reader left it', async () => {
  const lease = (await acquire('stale', 'a'))!
  await saveCheckpoint(test.database, lease, at('5'))
  await expect(saveCheckpoint(test.database, lease, at('6'))).rejects.toThrow(LeaseLost)
})

it('leaves the checkpoint where it was when the transaction of the work fails', async () => {
  const lease = (await acquire('atomic', 'a'))!
  const failing = test.database.transaction(async (tx) => {
    await saveCheckpoint(tx, lease, at('9'))
    throw new Error('the projection failed')
  })
  await expect(failing).rejects.toThrow('the projection failed')
  expect(await readCheckpoint(test.database, 'atomic')).toEqual(START)
})
