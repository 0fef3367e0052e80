import { setTimeout as sleep } from 'node:timers/promises'
import { WrongExpectedVersion } from '@ziv/event-store'
import { type Database, sqlState, type Transaction } from '@ziv/postgres'

const triesMax = 5
const uniqueViolation = '23505'

/** Another transaction was faster on a stream or on the same service. */
export const isConflict = (error: unknown): boolean =>
  error instanceof WrongExpectedVersion || sqlState(error) === uniqueViolation

/** Runs a transaction again when another one was faster on a stream or on the same service; the fifth conflict is thrown. */
export async function withRetry<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work)
    } catch (error) {
      if (!isConflict(error) || attempt >= triesMax) throw error
      await sleep(20 * attempt)
    }
  }
}
