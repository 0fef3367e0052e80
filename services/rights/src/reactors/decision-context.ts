import type { EventMetadata } from '@ziv/event-store'
import type { Instant, IsoDate } from '@ziv/kernel'
import type { Context } from '../context.ts'
import type { EntitlementRules } from '../domain/rules.ts'

/** With what, when and in whose name decisions are taken. */
export interface DecisionContext extends Pick<Context, 'store' | 'bases'> {
  readonly rules: EntitlementRules
  readonly today: IsoDate
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

/** What a run decides with; the moment is asked chunk by chunk. */
export type RunContext = Omit<DecisionContext, 'recordedAt'> & Pick<Context, 'clock'>

/**
 * The context of work that begins now. Ask for it once the persons are locked: what was recorded about them before is then
 * stored and earlier, and whoever takes the newest record of a person for the last word is right.
 */
export const recordedNow = (context: RunContext): DecisionContext => ({ ...context, recordedAt: context.clock.now() })
