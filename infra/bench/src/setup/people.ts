import { affiliationOpened, capacityAcquired, insurabilityChanged, referenceYearSettled } from '@ziv/contracts'
import { population, type SyntheticPerson } from '@ziv/demo'
import { isoDate, uuidV5 } from '@ziv/kernel'
import { capacityRule, loadLaw } from '@ziv/law'
import { sealPersonal } from '@ziv/members/testing'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Database } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'

const seed = 7

/** Everybody is a member for long, nobody dies or leaves: the same work for every person in every round. */
export function peopleOf(count: number): SyntheticPerson[] {
  return [...population({ persons: count, seed, from: isoDate('2022-01-03'), to: isoDate('2030-12-31') })]
}

/** People like those of `peopleOf` who are all members of one ziekenfonds. */
export function membersOf(ziekenfonds: string, count: number): SyntheticPerson[] {
  return peopleOf(count).map((person) => ({ ...person, insurer: `${ziekenfonds[0]}00`, ziekenfonds }))
}

let number = 0

function received(topic: string, type: string, key: string, recordedAt: string, data: object): ReceivedEvent {
  number += 1
  return {
    topic,
    partition: 0,
    offset: String(number),
    key,
    id: uuidV5(`bench/${topic}/${type}/${key}/${number}`),
    type,
    epoch: 1,
    sequence: number,
    recordedAt,
    actor: 'bench',
    correlationId: '0192f0c1-2d3e-7a4b-8c5d-6e7f80912a3b',
    data,
  }
}

/** What the affiliation service publishes about a person who joins, not sealed yet. */
export function membershipOf(person: SyntheticPerson, inszIndex: string, recordedAt: string): ReceivedEvent[] {
  const { personId, insurer, ziekenfonds, birthDate, sex, capacity, holder } = person
  const who = { personId, insurer, ziekenfonds }
  const from = '2022-01-03'
  const topic = `ziv.${insurer}.affiliation.v1`
  return [
    received(topic, affiliationOpened.type, personId, recordedAt, {
      ...who,
      affiliationId: uuidV5(`bench/affiliation/${personId}`),
      from,
      inszIndex,
      birthDate,
      sex,
    }),
    received(topic, capacityAcquired.type, personId, recordedAt, {
      ...who,
      capacityId: uuidV5(`bench/capacity/${personId}`),
      capacity,
      role: holder === null ? 'holder' : 'dependant',
      from,
      acquiredOn: from,
      requestedOn: from,
      ...(holder === null ? {} : { holderPersonId: holder.personId }),
    }),
  ]
}

/** What the contributions service publishes about a reference year of a holder; one in fifty falls short. */
export function settledYear(person: SyntheticPerson, referenceYear: number, recordedAt: string): ReceivedEvent[] {
  const { personId, insurer, ziekenfonds, capacity, holder, number: place } = person
  if (holder !== null) return []
  const short = place % 50 === 0
  const regime = capacityRule(loadLaw(), capacity, 'regime', isoDate(`${referenceYear}-01-01`)).value
  const data = {
    personId,
    insurer,
    ziekenfonds,
    settledOn: `${referenceYear + 1}-02-16`,
    assessment: {
      referenceYear,
      regime,
      totalCents: short ? 500_000 : 3_000_000,
      requiredCents: 800_000,
      met: !short,
      shortCents: short ? 300_000 : 0,
      payableUntil: `${referenceYear + 5}-12-31`,
      confidence: 'verified',
    },
  }
  return [received(`ziv.${insurer}.contributions.v1`, referenceYearSettled.type, personId, recordedAt, data)]
}

/** What the rights service publishes about a person who is in order until the end of 2030. */
export function inOrder(
  { personId, insurer, ziekenfonds, capacity }: SyntheticPerson,
  recordedAt: string,
): ReceivedEvent {
  const from = '2022-01-03'
  const period = { from, to: '2030-12-31', insurer, ziekenfonds, capacity, ground: 'renewal' }
  return received(`ziv.${insurer}.rights.v1`, insurabilityChanged.type, personId, recordedAt, {
    personId,
    insurer,
    ziekenfonds,
    periods: [{ ...period, decisionId: uuidV5(`bench/decision/${personId}`) }],
    changedFrom: from,
    cause: 'opening',
  })
}

/** Hands events to a consumer as its runtime would: sealed, batches in a transaction each. */
export async function deliver(
  vault: Vault,
  database: Database,
  consumer: ConsumerDefinition,
  events: readonly ReceivedEvent[],
): Promise<void> {
  const size = consumer.batchSizeMax ?? 500
  for (let at = 0; at < events.length; at += size) {
    const batch = await sealPersonal(vault, events.slice(at, at + size))
    await database.transaction((tx) => consumer.handle(tx, batch))
  }
}
