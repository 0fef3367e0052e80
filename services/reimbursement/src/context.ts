import type { EventMetadata, EventStore, Origin } from '@ziv/event-store'
import type { Intake } from '@ziv/intake'
import type { Law } from '@ziv/law'
import type { ServiceDeps } from '@ziv/service'
import type { ReimbursementConfig } from './config.ts'
import type { Tariffs } from './projections/tariff-store.ts'

/** What the parts of this service share. */
export interface ReimbursementContext
  extends Pick<ServiceDeps, 'database' | 'clock' | 'law' | 'vault' | 'logger' | 'insurers'> {
  readonly store: EventStore
  readonly tariffs: Tariffs
  readonly config: ReimbursementConfig
  readonly intake: Intake
}

export const metadataOf = (origin: Origin, law: Law): EventMetadata => ({ ...origin, law: law.version })
