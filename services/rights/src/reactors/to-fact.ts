import { type DataOf, referenceYearAssessed, referenceYearSettled, slipRecorded } from '@ziv/contracts'
import type { Instant } from '@ziv/kernel'
import type { FactPlace } from '@ziv/members'
import { memberFactOf } from '@ziv/members/store'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Fact } from '../domain/facts.ts'

/** Events that tell how a reference year stands. */
const assessing: ReadonlySet<string> = new Set([
  slipRecorded.type,
  referenceYearAssessed.type,
  referenceYearSettled.type,
])

type Settled = DataOf<typeof referenceYearSettled>
type Assessing = Pick<Settled, 'assessment'> &
  Partial<Pick<Settled, 'grounds' | 'repairs'> & Pick<DataOf<typeof referenceYearAssessed>, 'atYearEnd'>>

/** Translates an event of another service into a fact, or null when rights do not depend on it. */
export function toFact(event: ReceivedEvent): Fact | null {
  if (!assessing.has(event.type)) return memberFactOf(event)
  const place: FactPlace = { id: event.id, recordedAt: event.recordedAt as Instant, sequence: event.sequence }
  const { assessment, grounds, repairs } = atItsEnd(event.data as unknown as Assessing)
  const { met, awaits, confidence } = assessment
  // a year that is met on confirmed values needs no words in the decision: its event is cited, and told where it was decided
  const told = met && confidence === 'verified' ? [] : grounds
  const waits = awaits === undefined ? {} : { awaits }
  const explanation =
    told === undefined || repairs === undefined ? null : { ...place, met, ...waits, grounds: told, repairs }
  return { ...place, kind: 'assessed', ...assessment, explanation } as Fact
}

/**
 * A year decides nothing before it is over, so of one that runs is kept how it stands at its end if nothing more is told. That is
 * shown to nobody while it runs.
 */
function atItsEnd(told: Assessing): Assessing {
  if (told.atYearEnd === undefined) return told
  const { shortCents, awaits, grounds, repairs } = told.atYearEnd
  const { awaits: _, ...figures } = told.assessment
  const waits = awaits === undefined ? {} : { awaits }
  return { assessment: { ...figures, shortCents, ...waits }, grounds, repairs }
}
