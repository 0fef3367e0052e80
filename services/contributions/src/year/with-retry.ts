import { setTimeout as sleep } from 'node:timers/promises'
import { WrongExpectedVersion } from '@ziv/event-store'
import type { Database, Transaction } from '@ziv/postgres'

const triesMax = 5

/** Runs a transaction again when another writer was faster on one of its streams; after five tries the conflict is thrown. */
export async function withRetry<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work)
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion) || attempt >= triesMax) throw error
      await sleep(20 * attempt)
    }
  }
}
