import { type DataOf, referenceYearSettled, slipRecorded } from '@ziv/contracts'
import type { Instant } from '@ziv/kernel'
import type { FactPlace } from '@ziv/members'
import { memberFactOf } from '@ziv/members/store'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Fact } from '../domain/facts.ts'

/** Events that tell how a reference year stands. */
const assessing: ReadonlySet<string> = new Set([slipRecorded.type, referenceYearSettled.type])

/** Translates an event of another service into a fact, or null when rights do not depend on it. */
export function toFact(event: ReceivedEvent): Fact | null {
  if (!assessing.has(event.type)) return memberFactOf(event)
  const place: FactPlace = { id: event.id, recordedAt: event.recordedAt as Instant, sequence: event.sequence }
  const { assessment } = event.data as unknown as DataOf<typeof referenceYearSettled>
  return { ...place, kind: 'assessed', ...assessment } as Fact
}
