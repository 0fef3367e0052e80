import type { EventMetadata, EventStore } from '@ziv/event-store'
import type { Intake } from '@ziv/intake'
import type { Law } from '@ziv/law'
import type { ServiceDeps } from '@ziv/service'
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
export interface ReimbursementContext
  extends Pick<ServiceDeps, 'database' | 'clock' | 'law' | 'vault' | 'logger' | 'insurers'> {
  readonly store: EventStore
  readonly tariffs: Tariffs
  readonly config: ReimbursementConfig
  readonly intake: Intake
}

export const metadataOf = (origin: Origin, law: Law): EventMetadata => ({ ...origin, law: law.version })
