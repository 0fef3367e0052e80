import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Instant } from '@ziv/kernel'
import { type Database, outlastTransactions } from '@ziv/postgres'
import { badRequest, problem } from '../problems/problem-error.ts'

type Place = 'query' | 'body'

const future = {
  nl: 'ligt in de toekomst',
  fr: 'est dans le futur',
  de: 'liegt in der Zukunft',
  en: 'lies in the future',
} as const

const beingRecorded = {
  nl: 'Wat tot het gevraagde moment gekend was, wordt nog opgeslagen; vraag het over enkele seconden opnieuw.',
  fr: "Ce qui était connu au moment demandé est encore en cours d'enregistrement; redemandez-le dans quelques secondes.",
  de: 'Was bis zum gefragten Zeitpunkt bekannt war, wird noch gespeichert; fragen Sie in einigen Sekunden erneut.',
  en: 'What was known up to the moment asked for is still being stored; ask again in a few seconds.',
} as const

/** By so much the clocks of two machines of one service may differ. */
const CLOCKS_DIFFER_MS = 50
/** How long a question waits for what is being recorded. A chunk of a file takes about a second. */
const PATIENCE_MS = 10_000

/**
 * The moment of knowledge of a question, now when absent. 400 when it has not come: nobody knows what will be known. For a service that
 * answers from what others recorded; one that answers from what it records itself asks `settledKnownAt`.
 */
export function knownAtOf(clock: Clock, asked: Instant | undefined, place: Place = 'query'): Instant {
  const now = clock.now()
  if (asked !== undefined && asked > now) {
    throw badRequest({ type: 'outOfRange', in: place, name: 'knownAt', value: asked, detail: future })
  }
  return asked ?? now
}

/** Where the facts are recorded, and the clock that says when. */
export interface Recording {
  readonly clock: Clock
  readonly database: Database
  /** Default 10,000. */
  readonly patienceMs?: number
}

/**
 * `knownAtOf` in the service that records what is asked about: with a moment given, it resolves once nothing can be recorded any more
 * that is known at it, so that the answer stays. An event is recorded at a moment drawn in its transaction: those that began up to
 * `knownAt` must have ended, and the clock of every process must be past it. 503 when that takes too long; without a moment it waits
 * for nothing.
 */
export async function settledKnownAt(
  { clock, database, patienceMs = PATIENCE_MS }: Recording,
  asked: Instant | undefined,
  place: Place = 'query',
): Promise<Instant> {
  const knownAt = knownAtOf(clock, asked, place)
  if (asked === undefined) return knownAt
  const deadline = performance.now() + patienceMs
  let past = await isPast(clock, asked, deadline)
  // in milliseconds that passed, not in moments: neither the date of a sandbox nor that of the database's machine is compared with the other
  const agoMs = Math.max(0, clock.millisSince(asked) - CLOCKS_DIFFER_MS)
  past &&= await outlastTransactions(database, { agoMs, patienceMs: deadline - performance.now() })
  if (past) return knownAt
  throw problem('serviceUnavailable', 503, { detail: beingRecorded, headers: { 'Retry-After': '5' } })
}

/** Waits until no clock of the service can give this moment any more. */
async function isPast(clock: Clock, moment: Instant, deadline: number): Promise<boolean> {
  const from = Date.parse(moment) + CLOCKS_DIFFER_MS
  for (;;) {
    const leftMs = from - Date.parse(clock.now())
    if (leftMs < 0) return true
    if (performance.now() >= deadline) return false
    await sleep(Math.min(leftMs + 1, 10))
  }
}
