import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  capacityCorrected,
  capacityEnded,
  capacityWithdrawn,
  claimSettled,
  type DataOf,
  type IntegrationEvent,
  insurabilityChanged,
  personCorrected,
  personDied,
  slipRecorded,
} from '@ziv/contracts'
import { uuidV5 } from '@ziv/kernel'
import { loadCapacities } from '@ziv/law'
import { partitionOf, type ReceivedEvent } from '@ziv/messaging'

/** A capacity of a later version counts as that of a holder. */
const roleOf = (code: string) => loadCapacities().find(code)?.role ?? 'holder'

type Insurer = DataOf<typeof affiliationOpened>['insurer']
export interface Home {
  readonly insurer: Insurer
  readonly ziekenfonds: string
}
export const home306: Home = { insurer: '300', ziekenfonds: '306' }
export const home501: Home = { insurer: '500', ziekenfonds: '501' }

export const personOf = (name: string): string => uuidV5(`person/${name}`)

const noon = (day: string): string => `${day}T11:00:00.000Z`
const id = (kind: string, name: string): string => uuidV5(`${kind}/${name}`)

/** Fills topics as a broker would: partition by key, dense offsets, a sequence per topic and key. */
function createPublisher() {
  const ends = new Map<string, number>()
  const sequences = new Map<string, number>()
  let serial = 0

  const next = (counters: Map<string, number>, key: string): number => {
    const value = counters.get(key) ?? 0
    counters.set(key, value + 1)
    return value
  }

  const publish = <E extends IntegrationEvent>(
    contract: E,
    data: DataOf<E> & { insurer: string; ziekenfonds: string; personId: string },
    recordedAt: string,
  ): ReceivedEvent => {
    const topic = contract.topic.replace('{insurer}', data.insurer)
    const key = data.personId
    const partition = partitionOf(key, 8)
    serial += 1
    return {
      topic,
      partition,
      offset: String(next(ends, `${topic}:${partition}`)),
      key,
      id: uuidV5(`event/${serial}`),
      type: contract.type,
      epoch: 1,
      sequence: next(sequences, `${topic}/${key}`) + 1,
      recordedAt,
      actor: 'spec',
      correlationId: uuidV5(`correlation/${serial}`),
      insurer: data.insurer,
      ziekenfonds: data.ziekenfonds,
      data: contract.schema.parse(data),
    }
  }

  return { publish, nextNumber: () => ++serial }
}
type Publisher = ReturnType<typeof createPublisher>

const affiliationEvents = ({ publish }: Publisher) => ({
  opened: (who: string, home: Home, from: string, name = who) =>
    publish(
      affiliationOpened,
      {
        ...home,
        personId: personOf(who),
        affiliationId: id('affiliation', `${name}/${home.ziekenfonds}`),
        from,
        birthYear: 1980,
        personal: { $sealed: 'nobody here opens it' },
      },
      noon(from),
    ),
  closed: (who: string, home: Home, to: string, name = who) =>
    publish(
      affiliationClosed,
      {
        ...home,
        personId: personOf(who),
        affiliationId: id('affiliation', `${name}/${home.ziekenfonds}`),
        to,
        reason: 'transfer',
      },
      noon(to),
    ),
  acquired: (who: string, home: Home, capacity: string, from: string, name = capacity) =>
    publish(
      capacityAcquired,
      {
        ...home,
        personId: personOf(who),
        capacityId: id('capacity', `${who}/${name}`),
        capacity,
        role: roleOf(capacity),
        from,
        acquiredOn: from,
        requestedOn: from,
      },
      noon(from),
    ),
  ended: (who: string, home: Home, capacity: string, to: string, name = capacity) =>
    publish(
      capacityEnded,
      {
        ...home,
        personId: personOf(who),
        capacityId: id('capacity', `${who}/${name}`),
        capacity,
        role: roleOf(capacity),
        to,
      },
      noon(to),
    ),
  died: (who: string, home: Home, diedOn: string) =>
    publish(personDied, { ...home, personId: personOf(who), diedOn }, noon(diedOn)),
})

const corrects = [id('corrected', 'event')]
const corrections = ({ publish }: Publisher) => ({
  affiliationCorrected: (who: string, home: Home, from: string, to: string | null, recordedAt = noon(from)) =>
    publish(
      affiliationCorrected,
      {
        ...home,
        personId: personOf(who),
        affiliationId: id('affiliation', `${who}/${home.ziekenfonds}`),
        from,
        to,
        reason: to === null ? null : 'departure',
        corrects,
      },
      recordedAt,
    ),
  affiliationWithdrawn: (who: string, home: Home, on: string) =>
    publish(
      affiliationWithdrawn,
      { ...home, personId: personOf(who), affiliationId: id('affiliation', `${who}/${home.ziekenfonds}`), corrects },
      noon(on),
    ),
  capacityCorrected: (who: string, home: Home, capacity: string, from: string, to: string | null, name = capacity) =>
    publish(
      capacityCorrected,
      {
        ...home,
        personId: personOf(who),
        capacityId: id('capacity', `${who}/${name}`),
        capacity,
        role: 'holder',
        from,
        to,
        acquiredOn: from,
        requestedOn: from,
        corrects,
      },
      noon(from),
    ),
  capacityWithdrawn: (who: string, home: Home, capacity: string, on: string) =>
    publish(
      capacityWithdrawn,
      {
        ...home,
        personId: personOf(who),
        capacityId: id('capacity', `${who}/${capacity}`),
        capacity,
        role: 'holder',
        corrects,
      },
      noon(on),
    ),
  alive: (who: string, home: Home, on: string) =>
    publish(personCorrected, { ...home, personId: personOf(who), diedOn: null, corrects }, noon(on)),
})

const rightEvents = ({ publish }: Publisher) => ({
  insured: (who: string, home: Home, ...periods: readonly (readonly [string, string])[]) =>
    publish(
      insurabilityChanged,
      {
        ...home,
        personId: personOf(who),
        periods: periods.map(([from, to]) => ({
          from,
          to,
          ...home,
          capacity: 'EMPLOYEE' as const,
          ground: 'opening' as const,
          decisionId: id('decision', `${who}/${from}`),
        })),
        changedFrom: periods[0]?.[0] ?? '2024-01-01',
        cause: 'opening',
      },
      noon('2024-01-02'),
    ),
})

const amountEvents = ({ publish, nextNumber }: Publisher) => ({
  slip: (who: string, home: Home, recordedAt: string, amountCents = 250_000) => {
    return publish(
      slipRecorded,
      {
        ...home,
        personId: personOf(who),
        slipId: id('slip', String(nextNumber())),
        source: 'rsz',
        employerNumber: '102077173',
        quarter: '2024Q1',
        amountCents,
        assessment: {
          referenceYear: 2024,
          regime: 'wage',
          totalCents: amountCents,
          requiredCents: 0,
          met: true,
          shortCents: 0,
          payableUntil: '2029-12-31',
          confidence: 'verified',
        },
      },
      recordedAt,
    )
  },
  claim: (who: string, home: Home, settledOn: string, amounts: readonly [number, number, number][]) => {
    return publish(
      claimSettled,
      {
        ...home,
        personId: personOf(who),
        claimId: id('claim', String(nextNumber())),
        channel: 'rest',
        settledOn,
        lines: amounts.map(([interventionCents, patientShareCents, supplementCents]) => ({
          nomenclature: '101032',
          careDate: settledOn,
          units: 1,
          interventionCents,
          patientShareCents,
          supplementCents,
        })),
        refusedLines: 0,
        interventionCents: amounts.reduce((sum, [intervention]) => sum + intervention, 0),
      },
      noon(settledOn),
    )
  },
})

/** Topics of a cell with one method per kind of event; each call is published at once. */
export function createTopics() {
  const publisher = createPublisher()
  return {
    ...affiliationEvents(publisher),
    ...corrections(publisher),
    ...rightEvents(publisher),
    ...amountEvents(publisher),
  }
}
export type Topics = ReturnType<typeof createTopics>
