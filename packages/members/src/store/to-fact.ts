import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  capacityCorrected,
  capacityEnded,
  capacityRefused,
  capacityRequested,
  capacityWithdrawn,
  type DataOf,
  type IntegrationEvent,
  identifierReplaced,
  type PersonalFacts,
  personCorrected,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { Instant, IsoDate } from '@ziv/kernel'
import type { ReceivedEvent } from '@ziv/messaging'
import type { CapacityFacts, FactPlace, MemberFact, Membership } from '../facts.ts'

/** What is read of an event about a member. */
export type MemberEvent = Pick<ReceivedEvent, 'id' | 'type' | 'sequence' | 'recordedAt' | 'data'>

/** The parts of a fact that its kind does not share with others. */
type Content<F = MemberFact> = F extends MemberFact ? Omit<F, keyof FactPlace | keyof Membership> : never

/** The data of an event with what was sealed in it. */
type Opened<E extends IntegrationEvent> = DataOf<E> & PersonalFacts

const day = (text: string): IsoDate => text as IsoDate

/** What an acquired and a corrected capacity have alike. */
function capacityOf(data: Omit<DataOf<typeof capacityCorrected>, 'to' | 'corrects'>): CapacityFacts {
  return {
    capacityId: data.capacityId,
    capacity: data.capacity,
    role: data.role,
    from: day(data.from),
    acquiredOn: day(data.acquiredOn),
    requestedOn: day(data.requestedOn),
    holderPersonId: data.holderPersonId ?? null,
  }
}

const translators: Readonly<Record<string, (data: never) => Content>> = {
  [affiliationOpened.type]: (data: Opened<typeof affiliationOpened>) => ({
    kind: 'opened',
    affiliationId: data.affiliationId,
    from: day(data.from),
    birthDate: data.birthDate === undefined ? null : day(data.birthDate),
  }),
  [affiliationClosed.type]: (data: DataOf<typeof affiliationClosed>) => ({
    kind: 'closed',
    affiliationId: data.affiliationId,
    to: day(data.to),
  }),
  [affiliationCorrected.type]: (data: DataOf<typeof affiliationCorrected>) => ({
    kind: 'affiliationCorrected',
    affiliationId: data.affiliationId,
    from: day(data.from),
    to: data.to === null ? null : day(data.to),
  }),
  [affiliationWithdrawn.type]: (data: DataOf<typeof affiliationWithdrawn>) => ({
    kind: 'affiliationWithdrawn',
    affiliationId: data.affiliationId,
  }),
  [capacityAcquired.type]: (data: DataOf<typeof capacityAcquired>) => ({
    kind: 'acquired',
    ...capacityOf(data),
  }),
  [capacityCorrected.type]: (data: DataOf<typeof capacityCorrected>) => ({
    kind: 'capacityCorrected',
    ...capacityOf(data),
    to: data.to === null ? null : day(data.to),
  }),
  [capacityWithdrawn.type]: (data: DataOf<typeof capacityWithdrawn>) => ({
    kind: 'capacityWithdrawn',
    capacityId: data.capacityId,
  }),
  [capacityRequested.type]: (data: DataOf<typeof capacityRequested>) => ({
    kind: 'requested',
    capacityId: data.capacityId,
    capacity: data.capacity,
    role: data.role,
    acquiredOn: day(data.acquiredOn),
    requestedOn: day(data.requestedOn),
    waitingFor: data.waitingFor,
    repairsYear: data.repairsYear ?? null,
  }),
  [capacityRefused.type]: (data: DataOf<typeof capacityRefused>) => ({ kind: 'refused', capacityId: data.capacityId }),
  [capacityEnded.type]: (data: DataOf<typeof capacityEnded>) => ({
    kind: 'ended',
    capacityId: data.capacityId,
    to: day(data.to),
  }),
  [personDied.type]: (data: DataOf<typeof personDied>) => ({ kind: 'died', diedOn: day(data.diedOn) }),
  [personCorrected.type]: (data: Opened<typeof personCorrected>) => ({
    kind: 'personCorrected',
    birthDate: data.birthDate === undefined ? null : day(data.birthDate),
    diedOn: data.diedOn === null ? null : day(data.diedOn),
  }),
  [personErased.type]: () => ({ kind: 'erased' }),
}

/**
 * What an event of the affiliation topics says about the membership of its person; null when it says nothing of it. The
 * birth date is there when the event was opened (`openPersonal`), else it is null.
 */
export function memberFactOf(event: MemberEvent): MemberFact | null {
  const translate = translators[event.type]
  if (translate === undefined) return null
  const { insurer, ziekenfonds } = event.data as Membership
  const { id, sequence } = event
  const place = { id, recordedAt: event.recordedAt as Instant, sequence, insurer, ziekenfonds }
  return { ...place, ...translate(event.data as never) }
}

/** The keyed hashes of numbers (INSZ) by which an opened event says its person can be found; the newest last. */
export function indexesOf({ type, data }: Pick<MemberEvent, 'type' | 'data'>): readonly string[] {
  if (type !== affiliationOpened.type && type !== identifierReplaced.type) return []
  const { previousInszIndex, inszIndex } = data as PersonalFacts
  return [previousInszIndex, inszIndex].filter((index) => index !== undefined)
}
