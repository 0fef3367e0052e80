import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import type { Vault } from '@ziv/privacy'
import type { MemberFact } from '../facts.ts'
import { foldMember } from '../fold-member.ts'
import type { Member } from '../member.ts'
import { eraseBirthDates, insertMemberFacts, loadMemberFacts } from './facts-table.ts'
import { addIdentifiers, dropIdentifiers, type Identifier, indexesOfPersons } from './identifiers.ts'
import { saveMembers } from './members-table.ts'
import { type OpenedEvents, openPersonal } from './personal.ts'
import { indexesOf, memberFactOf } from './to-fact.ts'

/** What a batch of events changed. */
export interface MembersTaken {
  /** The members whose facts came, as they are now, by person id. */
  readonly members: ReadonlyMap<string, Member>
  /** The facts that came, by person id. */
  readonly facts: ReadonlyMap<string, readonly MemberFact[]>
  /** All indexes under which members of the batch can be found, and who they are. */
  readonly found: ReadonlyMap<string, Member>
  /** Indexes that lead to nobody any more, after an erasure. */
  readonly lost: readonly string[]
  readonly erased: readonly string[]
}

export interface MembersConsumer {
  /** Name of the consumer, also its group: `contributions.affiliation`. */
  readonly name: string
  readonly insurers: readonly string[]
  /** Opens what is sealed under the keys of the persons. */
  readonly vault: Pick<Vault, 'open' | 'forget'>
  /** What the service itself does with the news, in the transaction of the consumer. */
  readonly onTaken?: (tx: Transaction, taken: MembersTaken, events: readonly ReceivedEvent[]) => Promise<void>
}

/** Keeps the copy of the affiliation facts of all insurers of the cell. */
export function membersConsumer({ name, insurers, vault, onTaken }: MembersConsumer): ConsumerDefinition {
  return {
    name,
    topics: insurers.map((insurer) => `ziv.${insurer}.affiliation.v1`),
    handle: async (tx, events) => {
      const taken = await takeMembers(tx, await openPersonal(vault, events))
      for (const personId of taken.erased) vault.forget(personId)
      await onTaken?.(tx, taken, events)
    },
  }
}

/**
 * Takes the affiliation events among these, opened, into the copy: facts, folds, identifiers, erasures. Events that say nothing of
 * a membership change nothing.
 */
export async function takeMembers(tx: Transaction, events: OpenedEvents): Promise<MembersTaken> {
  const facts = events.flatMap((event) => {
    const fact = memberFactOf(event)
    return fact === null ? [] : [{ personId: event.key, fact }]
  })
  const identifiers = events.flatMap((event) => indexesOf(event).map((inszIndex) => identifierOf(event, inszIndex)))
  const ids = [...new Set([...facts, ...identifiers].map((item) => item.personId))].sort()
  const byPerson = Map.groupBy(facts, (item) => item.personId)
  if (ids.length === 0) {
    return { members: new Map(), facts: new Map(), found: new Map(), lost: [], erased: [] }
  }
  await lockMembers(tx, ids)
  await insertMemberFacts(tx, facts)
  const known = await loadMemberFacts(tx, ids)
  const members = new Map(ids.map((id) => [id, foldMember(id, known.get(id) ?? [])]))
  await saveMembers(tx, [...members.values()])
  const erased = ids.filter((id) => members.get(id)?.erased === true)
  // a person who was erased cannot be found by number again
  await addIdentifiers(
    tx,
    identifiers.filter((item) => members.get(item.personId)?.erased !== true),
  )
  if (erased.length > 0) await eraseBirthDates(tx, erased)
  return {
    members,
    facts: new Map(Array.from(byPerson, ([id, own]) => [id, own.map((item) => item.fact)])),
    found: await foundBy(tx, members),
    lost: erased.length > 0 ? await dropIdentifiers(tx, erased) : [],
    erased,
  }
}

/** A replaced number may arrive before the opening, from another insurer: the person can be found once both are here. */
async function foundBy(tx: Transaction, members: ReadonlyMap<string, Member>): Promise<Map<string, Member>> {
  const findable = [...members.values()].filter((member) => member.birthDate !== null && !member.erased)
  const indexes = await indexesOfPersons(
    tx,
    findable.map((member) => member.personId),
  )
  return new Map(indexes.map((item) => [item.inszIndex, members.get(item.personId) as Member]))
}

function identifierOf(event: ReceivedEvent, inszIndex: string): Identifier {
  const { id, key, sequence } = event
  return { id, personId: key, recordedAt: event.recordedAt as Identifier['recordedAt'], sequence, inszIndex }
}

/** Two insurers may tell of one person at the same moment (a transfer): the second waits for the first. */
async function lockMembers(tx: Transaction, personIds: readonly string[]): Promise<void> {
  await tx.query({
    name: 'members-lock',
    text: 'select pg_advisory_xact_lock(hashtextextended(id, 0)) from unnest($1::text[]) id',
    values: [personIds],
  })
}
