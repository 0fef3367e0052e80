import type { EventStore } from '@ziv/event-store'
import type { Clock } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Database } from '@ziv/postgres'

/** What every write on contribution years needs. */
export interface YearContext {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly law: Law
}

/** Who asked for it and in which conversation: stored beside every event. */
export interface Origin {
  readonly actor: string
  readonly correlationId: string
  readonly causationId?: string
}

export const streamIdOf = (personId: string, year: number): string => `contributionYear-${personId}-${year}`
