import { insurabilityChanged } from '@ziv/contracts'
import type { EventMetadata, JsonObject, OutboxDraft } from '@ziv/event-store'
import { type Instant, type IsoDate, uuidV7 } from '@ziv/kernel'
import type { Membership } from '@ziv/members'
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
 * The state-carried message of a person, one for each insurer whose days it touches: where the person is a member on a day from the
 * change on, also where the person is still to join, and where the person was last; none when nobody insures the person (yet). Built without the general
 * check of `draft`, which would cost a renewal run more than deciding does; a spec holds it against `draft` for every shape.
 */
export function insurabilityMessages(change: InsurabilityChange, told: Told): OutboxDraft[] {
  const { affiliations, withdrawnFrom } = change.dossier
  // whoever was told of an affiliation that never was hears that its days are gone
  const last = affiliations.at(-1) ?? withdrawnFrom ?? undefined
  if (last === undefined) return []
  if (affiliations.length < 2) return [messageTo(last, change, told)]
  const others = affiliations.filter(({ to }) => to === null || to >= change.changedFrom)
  const byInsurer = new Map([...others, last].map((spell) => [spell.insurer, spell]))
  return Array.from(byInsurer.values(), (spell) => messageTo(spell, change, told))
}

interface Told {
  readonly recordedAt: Instant
  readonly metadata: EventMetadata
}

function messageTo(
  { insurer, ziekenfonds }: Membership,
  { dossier: { personId }, periods, changedFrom, cause }: InsurabilityChange,
  { recordedAt, metadata }: Told,
): OutboxDraft {
  return {
    eventId: uuidV7(),
    topic: topicFor(insurabilityChanged, insurer),
    key: personId,
    type: insurabilityChanged.type,
    payload: { personId, insurer, ziekenfonds, periods, changedFrom, cause } as unknown as JsonObject,
    // in the order of their names, as the store writes them
    attributes: {
      actor: metadata.actor,
      ...(metadata.causationId === undefined ? {} : { causationid: metadata.causationId }),
      correlationid: metadata.correlationId,
      insurer,
      service: 'rights',
      source: '/rights',
      subject: personId,
      time: recordedAt,
      ziekenfonds,
    },
  }
}
