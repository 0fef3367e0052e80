import { setTimeout as pause } from 'node:timers/promises'
import { pruneOutbox } from '@ziv/event-store'
import { purgeAccessLog, purgeIdempotency } from '@ziv/http'
import { addDays, type Clock } from '@ziv/kernel'
import { relayProcessor } from '@ziv/messaging'
import type { Database, Queryable } from '@ziv/postgres'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { Background } from '../background.ts'

/** How long a service keeps what it needs for a while only. */
export interface Retention {
  /** Messages that were sent; at least one day. */
  readonly outboxDays: number
  /** Answers to requests with an Idempotency-Key. */
  readonly answersHours: number
  /** Who looked at whom, in business days. */
  readonly accessLogDays: number
}

/** What is kept when nobody sets it: two weeks of messages, a day of answers, ten years of consultations. */
export const defaultRetention: Retention = { outboxDays: 14, answersHours: 24, accessLogDays: 3_653 }

/** Something that grows and may be forgotten after a while. */
export interface UpkeepTask {
  readonly service: string
  /** What goes, for the log line and the metric. */
  readonly what: string
  readonly database: Database
  /** Removes at most `rowsMax` rows whose time is over; answers how many. */
  readonly step: (q: Queryable, rowsMax: number) => Promise<number>
}

/** What every service database has to forget. */
export function serviceUpkeep(
  { name: service, database, clock }: { readonly name: string; readonly database: Database; readonly clock: Clock },
  keep: Retention = defaultRetention,
): UpkeepTask[] {
  const task = (what: string, step: UpkeepTask['step']): UpkeepTask => ({ service, what, database, step })
  return [
    task('outbox', (q, rowsMax) => pruneOutbox(q, { processor: relayProcessor, keepDays: keep.outboxDays, rowsMax })),
    task('idempotency', (q, rowsMax) => purgeIdempotency(q, keep.answersHours, rowsMax)),
    task('accessLog', (q, rowsMax) => purgeAccessLog(q, addDays(clock.today(), -keep.accessLogDays), rowsMax)),
  ]
}

export interface UpkeepOptions {
  readonly tasks: readonly UpkeepTask[]
  readonly logger: Logger
  /** Takes the counter of removed rows. */
  readonly registry: Registry
  /** Between two rounds. Default an hour; the first comes after a minute. */
  readonly everyMs?: number
  /** Rows per transaction: short ones, because an open writer hides new rows from every tail. Default 2,000. */
  readonly rowsMax?: number
  /** Rest between two transactions, so that requests come first. Default 50 ms. */
  readonly pauseMs?: number
}

export interface RunningUpkeep {
  /** One round over all tasks now; a round that runs already is waited for. */
  round(): Promise<void>
  stop(): Promise<void>
}

const FIRST_MS = 60_000
/** Of this kind of work, per database: held for one transaction, so that a killed process leaves nothing behind. */
const LOCK = 7_161_230

/**
 * Removes on a schedule what services keep for a while only. Several processes of one service may run it: of one database only
 * one of them works at a time, step by step. What a round cannot do is logged, and left to the next one.
 */
export function startUpkeep(options: UpkeepOptions): RunningUpkeep {
  const { tasks, logger, everyMs = 3_600_000 } = options
  const removed = new Counter({
    name: 'ziv_upkeep_removed_rows_total',
    help: 'Rows removed because their retention is over',
    labelNames: ['service', 'what'],
    registers: [options.registry],
  })
  const background = new Background(logger)
  const stopping = new AbortController()
  const once = async (): Promise<void> => {
    for (const task of tasks) {
      const { service, what } = task
      try {
        const rows = await removeAll(task, options, stopping.signal)
        removed.inc({ service, what }, rows)
        if (rows > 0) logger.info({ service, what, rows }, 'rows whose retention is over were removed')
      } catch (error) {
        logger.warn({ service, what, err: error }, 'upkeep could not be done; it is tried again in the next round')
      }
    }
  }
  const round = async (): Promise<void> => {
    background.run('upkeep', once)
    await background.idle()
  }
  const tick = (): void => background.run('upkeep', once)
  const first = setTimeout(tick, Math.min(FIRST_MS, everyMs)).unref()
  const timer = setInterval(tick, everyMs).unref()
  return {
    round,
    stop: async () => {
      clearTimeout(first)
      clearInterval(timer)
      stopping.abort()
      await background.idle()
    },
  }
}

async function removeAll(task: UpkeepTask, options: UpkeepOptions, stopping: AbortSignal): Promise<number> {
  const { rowsMax = 2_000, pauseMs = 50 } = options
  let total = 0
  while (!stopping.aborted) {
    const rows = await removeSome(task, rowsMax)
    total += rows
    if (rows < rowsMax) break
    await pause(pauseMs, undefined, { signal: stopping }).catch(() => undefined)
  }
  return total
}

/** One step in a transaction of its own; none when another process is at it. */
async function removeSome({ database, step }: UpkeepTask, rowsMax: number): Promise<number> {
  return await database.transaction(async (tx) => {
    const { rows } = await tx.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock(${LOCK}) as mine`)
    return rows[0]?.mine === true ? await step(tx, rowsMax) : 0
  })
}
