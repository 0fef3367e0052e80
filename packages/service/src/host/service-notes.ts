import { dirname, join } from 'node:path'
import type { Clock } from '@ziv/kernel'
import type { MessagingDriver } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { Logger } from 'pino'
import { logsProof, topicHolds } from '../notes/anchor-proofs.ts'
import { keepNoting, type Noting, noteOrLog, openAnchors } from '../notes/anchors.ts'
import { anchorKey } from '../notes/signed-file.ts'

/** What the notes of a service rest on that runs as a process of its own. */
export interface NotedService {
  readonly name: string
  /** Put before its name, in the key of its messages and the group that reads them: cells have chains of their own. */
  readonly prefix: string
  /** In no database and with no broker; replicas share it. */
  readonly folder: string
  readonly database: Database
  readonly clock: Clock
  readonly driver: MessagingDriver
  readonly logger: Logger
}

/** Of notes, per database: only one replica writes at a time. */
const LOCK = 7_161_231

async function anchoredOf({ name, prefix, folder, database, clock, driver, logger }: NotedService) {
  const own = `${prefix}${name}`
  const [file, keyFile] = [join(folder, own, 'anchors.jsonl'), join(folder, own, 'secrets', 'anchor.pem')]
  const chain = { key: own, group: `${own}.notes`, alone: false }
  return { file, key: await anchorKey(keyFile), databases: { [name]: database }, clock, driver, chain, logger }
}

/** Lets one replica make a note; the others leave it, and make the next one. */
async function alone(database: Database, note: () => Promise<void>): Promise<void> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  try {
    const { rows } = await client.query<{ mine: boolean }>(`select pg_try_advisory_lock(${LOCK}) as mine`)
    if (rows[0]?.mine !== true) return
    await note().finally(() => client.query(`select pg_advisory_unlock(${LOCK})`))
  } catch (error) {
    // a connection that may still hold the lock is not given back
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * Notes what the log of a service holds while its process runs: at once, every hour and at its end, into a file and the topic, with
 * its own key. A note that cannot be made stops no service. Answers how it is ended.
 */
export async function startServiceNotes(noted: NotedService): Promise<() => Promise<void>> {
  const { database, clock, logger } = noted
  const anchors = openAnchors(await anchoredOf(noted))
  const noting: Noting = { note: () => alone(database, () => anchors.note()) }
  // the first note of a long log takes a while, and nobody waits for it
  const first = noteOrLog(noting, clock, logger)
  const stop = keepNoting(noting, clock, logger)
  return async () => {
    await first
    await stop()
  }
}

/** Whether log, file and topic of a service still agree: what is proved once a run, and what holds at a moment. */
export async function serviceNotesProofs(noted: NotedService) {
  const anchored = await anchoredOf(noted)
  const { file, key } = anchored
  return { logs: logsProof(anchored), topic: () => topicHolds(anchored), folder: dirname(file), key }
}
