import {
  affiliationClosed,
  affiliationOpened,
  capacityAcquired,
  capacityEnded,
  type DataOf,
  personDied,
  referenceYearSettled,
  slipRecorded,
} from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import type { Fact, FactBase } from '../domain/facts.ts'

/** The business content of each kind of event the rights service listens to; other types are of no interest here. */
const translators: Readonly<Record<string, (data: never) => object>> = {
  [affiliationOpened.type]: (data: DataOf<typeof affiliationOpened>) => ({
    kind: 'affiliationOpened',
    affiliationId: data.affiliationId,
    insurer: data.insurer,
    ziekenfonds: data.ziekenfonds,
    from: data.from,
    birthDate: data.birthDate,
  }),
  [affiliationClosed.type]: (data: DataOf<typeof affiliationClosed>) => ({
    kind: 'affiliationClosed',
    affiliationId: data.affiliationId,
    to: data.to,
  }),
  [capacityAcquired.type]: (data: DataOf<typeof capacityAcquired>) => ({
    kind: 'capacityAcquired',
    capacityId: data.capacityId,
    capacity: data.capacity,
    from: data.from,
    ...(data.holderPersonId === undefined ? {} : { holderPersonId: data.holderPersonId }),
  }),
  [capacityEnded.type]: (data: DataOf<typeof capacityEnded>) => ({
    kind: 'capacityEnded',
    capacityId: data.capacityId,
    to: data.to,
  }),
  [personDied.type]: (data: DataOf<typeof personDied>) => ({ kind: 'died', diedOn: data.diedOn }),
  [slipRecorded.type]: (data: DataOf<typeof slipRecorded>) => ({ kind: 'assessed', ...data.assessment }),
  [referenceYearSettled.type]: (data: DataOf<typeof referenceYearSettled>) => ({
    kind: 'assessed',
    ...data.assessment,
  }),
}

/** Translates an event of another service into a fact, or null when rights do not depend on it. */
export function toFact(event: ReceivedEvent): Fact | null {
  const translate = translators[event.type]
  if (translate === undefined) return null
  const base: FactBase = { id: event.id, recordedAt: event.recordedAt, sequence: event.sequence }
  return { ...base, ...translate(event.data as never) } as Fact
}
