import { randomBytes } from 'node:crypto'
import type { Database } from '@ziv/postgres'
import { readKeyFile, writeKeyFile } from './key-file.ts'
import { rewrapKeys } from './key-store.ts'

/** What turning the master key did. */
export interface TurnedMasterKey {
  /** Keys of persons that are wrapped with the new key now. */
  readonly rewrapped: number
  /** Whether the key before is out of the file: nothing is wrapped with it any more. */
  readonly dropped: boolean
}

const perPage = 1_000
/** A service that made a key with the one before had not looked at the file yet: it does within this time. */
const settleMs = 2_000

/**
 * Puts a new master key in the place of the one in use, while services run: they read the file again. First the new key is
 * written beside the old one, then every key of a person is wrapped anew, page by page, and when a last look finds none that
 * the old key wraps, it goes. Stopped half-way, both keys are in the file: the next run goes on from there with the same new
 * key. A key that is destroyed meanwhile stays destroyed. Throws when a key opens with neither.
 */
export async function turnMasterKey(
  database: Database,
  file: string,
  { wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) } = {},
): Promise<TurnedMasterKey> {
  const before = await readKeyFile(file)
  if (before.previousMasterKeys.length === 0) {
    const previousMasterKeys = [before.masterKey]
    await writeKeyFile(file, { ...before, masterKey: randomBytes(32), previousMasterKeys })
  }
  const { masterKey, previousMasterKeys, indexKey } = await readKeyFile(file)
  let rewrapped = 0
  for (;;) {
    // whoever had read the file before the new key was there has looked again by now
    await wait(settleMs)
    const moved = await rewrapAll(database, masterKey, previousMasterKeys)
    rewrapped += moved
    if (moved === 0) break
  }
  await writeKeyFile(file, { masterKey, indexKey, previousMasterKeys: [] })
  return { rewrapped, dropped: true }
}

async function rewrapAll(database: Database, masterKey: Buffer, previous: readonly Buffer[]): Promise<number> {
  let moved = 0
  for (let after: string | null = ''; after !== null; ) {
    const page = await rewrapKeys(database, { masterKey, previous }, { after, limit: perPage })
    moved += page.moved
    after = page.last
  }
  return moved
}
