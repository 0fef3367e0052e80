import type { EventMetadata, EventStore } from '@ziv/event-store'
import type { Instant, IsoDate } from '@ziv/kernel'
import type { EntitlementRules } from '../domain/rules.ts'
import type { Bases } from './bases.ts'

/** With what, when and in whose name decisions are taken. */
export interface DecisionContext {
  readonly store: EventStore
  readonly bases: Bases
  readonly rules: EntitlementRules
  readonly today: IsoDate
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}
