import { claimSettled, type DataOf, insurabilityChanged, slipRecorded } from '@ziv/contracts'
import { dateOf, type Instant, type IsoDate } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import type { MemberFact } from '@ziv/members'
import { memberFactOf } from '@ziv/members/store'
import type { ReceivedEvent } from '@ziv/messaging'
import type { InsuredDays } from '../domain/membership.ts'

/** Where a fact comes from, the same for every kind. */
export interface FactPlace {
  readonly insurer: string
  readonly partition: number
  readonly offset: string
  readonly eventId: string
  readonly personId: string
  readonly recordedAt: string
  readonly ziekenfonds: string
}

export type StoredMemberFact = FactPlace & { readonly fact: MemberFact }
export type RightFact = FactPlace & { readonly periods: readonly InsuredDays[] }
export type SlipFact = FactPlace & { readonly day: IsoDate; readonly amountCents: number }
export type ClaimFact = FactPlace & {
  readonly day: IsoDate
  readonly interventionCents: number
  readonly patientShareCents: number
  readonly supplementCents: number
}

/** The facts of a batch of events, by kind. */
export interface BatchFacts {
  readonly members: StoredMemberFact[]
  readonly rights: RightFact[]
  readonly slips: SlipFact[]
  readonly claims: ClaimFact[]
}

/** `ziv.300.affiliation.v1` -> `300`; null for a topic of no insurer. */
const insurerOfTopic = (topic: string): string | null => /^ziv\.(\d{3})\./.exec(topic)?.[1] ?? null

/** Line of a return for a capacity. One that the law here does not know has no line and no place: the message waits (decision 0042). */
const lineOf = (code: string): string => loadCapacities().at(code).countedAs

/** The fact with the line of a return in place of the capacity: what is counted and what is kept are the same. */
const onItsLine = (fact: MemberFact): MemberFact =>
  'capacity' in fact ? { ...fact, capacity: lineOf(fact.capacity) } : fact

/** What is kept of facts about members: all that say how somebody is one. An erasure changes no figure. */
export const keptOf = (facts: readonly MemberFact[]): readonly MemberFact[] =>
  facts.filter(({ kind }) => kind !== 'erased').map(onItsLine)

const sumOf = <T>(list: readonly T[], amount: (item: T) => number): number =>
  list.reduce((sum, item) => sum + amount(item), 0)

/**
 * Keeps of every event what the figures need: no sealed field, no birth date, no hash of a number. Other types of event
 * (a replaced identifier, an erasure, a refused claim) change no figure and leave no fact.
 */
export function factsOf(events: readonly ReceivedEvent[]): BatchFacts {
  const facts: BatchFacts = { members: [], rights: [], slips: [], claims: [] }
  const days = new Map<string, IsoDate>()
  const dayOf = (moment: string): IsoDate => {
    const known = days.get(moment) ?? dateOf(moment as Instant)
    days.set(moment, known)
    return known
  }
  for (const event of events) {
    const insurer = insurerOfTopic(event.topic)
    if (insurer === null) continue
    const { partition, offset, id: eventId, recordedAt } = event
    const { personId, ziekenfonds } = event.data as { personId: string; ziekenfonds: string }
    const place: FactPlace = { insurer, partition, offset, eventId, personId, recordedAt, ziekenfonds }
    const fact = memberFactOf(event)
    if (fact !== null) {
      for (const kept of keptOf([fact])) facts.members.push({ ...place, fact: kept })
    } else if (event.type === insurabilityChanged.type) {
      const { periods } = event.data as DataOf<typeof insurabilityChanged>
      const days = periods.map(({ from, to }) => ({ from: from as IsoDate, to: to as IsoDate }))
      facts.rights.push({ ...place, periods: days })
    } else if (event.type === slipRecorded.type) {
      const { amountCents } = event.data as DataOf<typeof slipRecorded>
      facts.slips.push({ ...place, day: dayOf(recordedAt), amountCents })
    } else if (event.type === claimSettled.type) {
      const { lines, interventionCents, settledOn } = event.data as DataOf<typeof claimSettled>
      facts.claims.push({
        ...place,
        day: settledOn as IsoDate,
        interventionCents,
        patientShareCents: sumOf(lines, (line) => line.patientShareCents),
        supplementCents: sumOf(lines, (line) => line.supplementCents),
      })
    }
  }
  return facts
}
