import { insurabilityChanged } from '@ziv/contracts'
import type { EventMetadata, JsonObject, OutboxDraft } from '@ziv/event-store'
import { type Instant, type IsoDate, uuidV7 } from '@ziv/kernel'
import { topicFor } from '@ziv/messaging'
import type { RightPeriod } from '../domain/decision.ts'
import type { Dossier } from '../domain/facts.ts'

export type ChangeCause = 'opening' | 'renewal' | 'correction' | 'capacityChange' | 'death' | 'affiliationChange'

export interface InsurabilityChange {
  readonly dossier: Dossier
  readonly periods: readonly RightPeriod[]
  readonly changedFrom: IsoDate
  readonly cause: ChangeCause
}

/**
 * The state-carried message of a person, or null when nobody insures the person (yet). Built without the general check of
 * `draft`, which would cost a renewal run more than deciding does; a spec holds it against `draft` for every shape.
 */
export function insurabilityMessage(
  { dossier, periods, changedFrom, cause }: InsurabilityChange,
  { recordedAt, metadata }: { readonly recordedAt: Instant; readonly metadata: EventMetadata },
): OutboxDraft | null {
  // whoever was told of an affiliation that never was hears that its days are gone
  const affiliation = dossier.affiliations.at(-1) ?? dossier.withdrawnFrom ?? undefined
  if (affiliation === undefined) return null
  const { personId } = dossier
  const { insurer, ziekenfonds } = affiliation
  return {
    eventId: uuidV7(),
    topic: topicFor(insurabilityChanged, insurer),
    key: personId,
    type: insurabilityChanged.type,
    payload: { personId, insurer, ziekenfonds, periods, changedFrom, cause } as unknown as JsonObject,
    attributes: {
      source: '/rights',
      service: 'rights',
      subject: personId,
      time: recordedAt,
      actor: metadata.actor,
      correlationid: metadata.correlationId,
      ...(metadata.causationId === undefined ? {} : { causationid: metadata.causationId }),
      insurer,
      ziekenfonds,
    },
  }
}
