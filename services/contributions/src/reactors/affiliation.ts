import {
  affiliationClosed,
  affiliationOpened,
  capacityAcquired,
  capacityEnded,
  type DataOf,
  type IntegrationEvent,
  identifierReplaced,
  personErased,
} from '@ziv/contracts'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { foldPerson, type Person, type PersonFact, unknownPerson } from '../domain/person.ts'
import { applyCommands, type YearCommand } from '../year/apply-commands.ts'
import { addIdentifiers, dropIdentifiers, type Identifier, loadPersons, savePersons } from '../year/person-store.ts'
import { commandOfSlip } from '../year/slip-commands.ts'
import { takeWaiting } from '../year/waiting-store.ts'
import type { YearContext } from '../year/year-context.ts'

const is = <E extends IntegrationEvent>(event: ReceivedEvent, contract: E): event is ReceivedEvent<DataOf<E>> =>
  event.type === contract.type

/** What an affiliation event says about a person, and the identifier it brings; events that concern others give nothing. */
function factOf(event: ReceivedEvent): { personId: string; fact?: PersonFact; identifiers: Identifier[] } | undefined {
  const { recordedAt } = event
  if (is(event, affiliationOpened)) {
    const { personId, insurer, ziekenfonds, affiliationId, from, birthDate, inszIndex } = event.data
    const fact = { type: 'opened', insurer, ziekenfonds, recordedAt, affiliationId, from, birthDate } as const
    return { personId, fact, identifiers: [{ inszIndex, personId }] }
  }
  if (is(event, affiliationClosed)) {
    const { personId, insurer, ziekenfonds, affiliationId, to } = event.data
    return { personId, fact: { type: 'closed', insurer, ziekenfonds, recordedAt, affiliationId, to }, identifiers: [] }
  }
  if (is(event, capacityAcquired)) {
    const { personId, insurer, ziekenfonds, capacityId, capacity, from } = event.data
    const fact = { type: 'acquired', insurer, ziekenfonds, recordedAt, capacityId, capacity, from } as const
    return { personId, fact, identifiers: [] }
  }
  if (is(event, capacityEnded)) {
    const { personId, insurer, ziekenfonds, capacityId, capacity, to } = event.data
    const fact = { type: 'ended', insurer, ziekenfonds, recordedAt, capacityId, capacity, to } as const
    return { personId, fact, identifiers: [] }
  }
  if (is(event, identifierReplaced)) {
    const { personId, inszIndex, previousInszIndex } = event.data
    const identifiers = [inszIndex, previousInszIndex].map((index) => ({ inszIndex: index, personId }))
    return { personId, identifiers }
  }
  if (is(event, personErased)) {
    const { personId, insurer, ziekenfonds } = event.data
    return { personId, fact: { type: 'erased', insurer, ziekenfonds, recordedAt }, identifiers: [] }
  }
  return undefined
}

/** Keeps the directory of persons and matches what waited for them, all in the transaction of the consumer. */
export function affiliationConsumer(context: YearContext, insurers: readonly string[]): ConsumerDefinition {
  return {
    name: 'contributions.affiliation',
    topics: insurers.map((insurer) => `ziv.${insurer}.affiliation.v1`),
    handle: (tx, events) => handleAffiliation(context, tx, events),
  }
}

async function handleAffiliation(
  context: YearContext,
  tx: Transaction,
  events: readonly ReceivedEvent[],
): Promise<void> {
  const facts = events.flatMap((event) => factOf(event) ?? [])
  if (facts.length === 0) return
  const ids = [...new Set(facts.map((item) => item.personId))].sort()
  // two insurers may tell of one person at the same moment (a transfer): the second waits for the first
  await tx.query({
    name: 'contributions-claim-persons',
    text: `select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest($1::text[]) id`,
    values: [ids],
  })
  const before = await loadPersons(tx, ids)
  const persons = new Map<string, Person>(ids.map((id) => [id, before.get(id) ?? unknownPerson(id)]))
  for (const { personId, fact } of facts) {
    if (fact !== undefined) persons.set(personId, foldPerson(persons.get(personId)!, fact))
  }
  await savePersons(tx, [...persons.values()])
  // a person who was erased cannot be found by number again
  const identifiers = facts.flatMap((item) => (persons.get(item.personId)!.erased ? [] : item.identifiers))
  await addIdentifiers(tx, identifiers)
  const erased = [...persons.values()].filter((person) => person.erased && before.get(person.personId)?.erased !== true)
  await dropIdentifiers(
    tx,
    erased.map((person) => person.personId),
  )
  await catchUp(context, tx, persons, identifiers, facts, events)
}

/** Records what waited for the persons who appeared, and looks again at settled years whose capacities changed. */
async function catchUp(
  context: YearContext,
  tx: Transaction,
  persons: ReadonlyMap<string, Person>,
  identifiers: readonly Identifier[],
  facts: readonly { readonly personId: string; readonly fact?: PersonFact }[],
  events: readonly ReceivedEvent[],
): Promise<void> {
  const personOfIndex = new Map(identifiers.map((item) => [item.inszIndex, persons.get(item.personId)!]))
  const waiting = await takeWaiting(tx, [...personOfIndex.keys()])
  const commands: YearCommand[] = waiting.map((slip) => commandOfSlip(personOfIndex.get(slip.inszIndex)!, slip))
  const changed = [...new Set(facts.filter((item) => item.fact !== undefined).map((item) => item.personId))]
  const cause = events.at(-1)!
  for (const { person_id, year } of await settledYears(tx, changed)) {
    const person = persons.get(person_id)!
    commands.push({
      person,
      year,
      command: { type: 'ReviewYear', commandId: `review:${cause.id}:${person_id}:${year}` },
    })
  }
  if (commands.length === 0) return
  const origin = { actor: cause.actor, correlationId: cause.correlationId, causationId: cause.id }
  const outcomes = await applyCommands(context, tx, commands, origin)
  const refused = outcomes.find((outcome) => outcome.kind === 'rejected')
  if (refused !== undefined) throw new Error(`a waiting contribution was refused: ${JSON.stringify(refused)}`)
}

async function settledYears(tx: Transaction, ids: readonly string[]): Promise<{ person_id: string; year: number }[]> {
  const { rows } = await tx.query<{ person_id: string; year: number }>({
    name: 'contributions-settled-years',
    text: `select person_id, year from app.year_state
            where person_id = any ($1::uuid[]) and state -> 'settled' <> 'null'::jsonb order by person_id, year`,
    values: [ids],
  })
  return rows
}
