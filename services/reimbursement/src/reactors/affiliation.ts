import {
  affiliationClosed,
  affiliationOpened,
  type DataOf,
  type IntegrationEvent,
  identifierReplaced,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { Instant, IsoDate } from '@ziv/kernel'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { ReimbursementContext } from '../context.ts'
import { foldPerson, type Person, type PersonFact, unknownPerson } from '../domain/person.ts'
import { addIdentifiers, dropIdentifiers, type Identifier, loadPersons, savePersons } from '../persons/person-store.ts'

const is = <E extends IntegrationEvent>(event: ReceivedEvent, contract: E): event is ReceivedEvent<DataOf<E>> =>
  event.type === contract.type

interface Told {
  readonly personId: string
  readonly fact?: PersonFact
  readonly identifiers: readonly Identifier[]
}

/** What an affiliation event says about a person, and the identifiers it brings; others give nothing. */
function toldBy(event: ReceivedEvent): Told | undefined {
  const recordedAt = event.recordedAt as Instant
  if (is(event, affiliationOpened)) {
    const { personId, insurer, ziekenfonds, affiliationId, inszIndex } = event.data
    const [from, birthDate] = [event.data.from as IsoDate, event.data.birthDate as IsoDate]
    const fact = { type: 'opened', insurer, ziekenfonds, recordedAt, affiliationId, from, birthDate } as const
    return { personId, fact, identifiers: [{ inszIndex, personId }] }
  }
  if (is(event, affiliationClosed)) {
    const { personId, insurer, ziekenfonds, affiliationId } = event.data
    const to = event.data.to as IsoDate
    return { personId, fact: { type: 'closed', insurer, ziekenfonds, recordedAt, affiliationId, to }, identifiers: [] }
  }
  if (is(event, personDied)) {
    const { personId, insurer, ziekenfonds } = event.data
    const diedOn = event.data.diedOn as IsoDate
    return { personId, fact: { type: 'died', insurer, ziekenfonds, recordedAt, diedOn }, identifiers: [] }
  }
  if (is(event, identifierReplaced)) {
    const { personId, inszIndex, previousInszIndex } = event.data
    return { personId, identifiers: [previousInszIndex, inszIndex].map((index) => ({ inszIndex: index, personId })) }
  }
  if (is(event, personErased)) {
    const { personId, insurer, ziekenfonds } = event.data
    return { personId, fact: { type: 'erased', insurer, ziekenfonds, recordedAt }, identifiers: [] }
  }
  return undefined
}

/** Keeps who is insured where, by which number, from the affiliation events of all insurers of the cell. */
export function affiliationConsumer(context: Pick<ReimbursementContext, 'vault' | 'insurers'>): ConsumerDefinition {
  return {
    name: 'reimbursement.affiliation',
    topics: context.insurers.map((insurer) => `ziv.${insurer}.affiliation.v1`),
    handle: (tx, events) => handleAffiliation(context, tx, events),
  }
}

async function handleAffiliation(
  context: Pick<ReimbursementContext, 'vault'>,
  tx: Transaction,
  events: readonly ReceivedEvent[],
): Promise<void> {
  const told = events.flatMap((event) => toldBy(event) ?? [])
  if (told.length === 0) return
  const ids = [...new Set(told.map((item) => item.personId))].sort()
  // two insurers may tell of one person at the same moment (a transfer): the second waits for the first
  await tx.query({
    name: 'reimbursement-claim-persons',
    text: `select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest($1::text[]) id`,
    values: [ids],
  })
  const before = await loadPersons(tx, ids)
  const persons = new Map<string, Person>(ids.map((id) => [id, before.get(id) ?? unknownPerson(id)]))
  for (const { personId, fact } of told) {
    if (fact !== undefined) persons.set(personId, foldPerson(persons.get(personId)!, fact))
  }
  await savePersons(tx, [...persons.values()])
  // a person who was erased cannot be found by number again
  await addIdentifiers(
    tx,
    told.flatMap((item) => (persons.get(item.personId)!.erased ? [] : item.identifiers)),
  )
  const erased = [...persons.values()].filter((person) => person.erased).map((person) => person.personId)
  await dropIdentifiers(tx, erased)
  for (const personId of erased) context.vault.forget(personId)
}
