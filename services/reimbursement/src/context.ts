import type { EventMetadata, EventStore } from '@ziv/event-store'
import type { Files } from '@ziv/intake'
import type { Clock } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import type { Database } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { Logger } from 'pino'
import type { ReimbursementConfig } from './config.ts'
import type { Tariffs } from './projections/tariff-store.ts'

/** Who asked for a piece of work and in which conversation. */
export interface Origin {
  readonly actor: string
  readonly correlationId: string
  readonly causationId?: string
  /** Digest of the request, where the sender named it by an idempotency key. */
  readonly request?: string
}

/** What the parts of this service share. */
export interface ReimbursementContext {
  readonly database: Database
  readonly store: EventStore
  readonly clock: Clock
  readonly law: Law
  readonly vault: Vault
  readonly logger: Logger
  readonly insurers: readonly string[]
  readonly tariffs: Tariffs
  readonly config: ReimbursementConfig
  readonly files: Files
}

export const metadataOf = (origin: Origin, law: Law): EventMetadata => ({ ...origin, law: law.version })
