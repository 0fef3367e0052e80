import type { Clock, IsoDate } from '@ziv/kernel'
import type { Law } from '@ziv/law'
import { foldMember, type MemberFact } from '@ziv/members'
import type { ConsumerDefinition } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { CountChanges } from '../domain/count-changes.ts'
import { type InsuredDays, segmentsOf } from '../domain/membership.ts'
import { insertFacts, loadInsuredDays, loadMemberFacts, personKey } from '../projections/facts.ts'
import { applyChanges, holdBusinessDay, lockPartitions } from '../projections/member-counts.ts'
import { addMonthAmounts } from '../projections/month-amounts.ts'
import { contexts, savePositions, topicOf } from '../projections/positions.ts'
import { type BatchFacts, factsOf } from './to-facts.ts'

export const MEMBERS_CONSUMER = 'landsbond.members'

/**
 * Takes in everything the ziekenfondsen of the cell do: facts for good, positions, and the counts of today. The clock is one
 * of its topics so that the counts move on although nobody does anything on a new day.
 */
export function membersConsumer(insurers: readonly string[], clock: Clock, law: Law): ConsumerDefinition {
  // a hint only: what counts is the row that is read under the lock
  let knownDay: IsoDate | null = null
  return {
    name: MEMBERS_CONSUMER,
    topics: [...insurers.flatMap((insurer) => contexts.map((context) => topicOf(insurer, context))), 'ziv.clock.v1'],
    batchSizeMax: 1_000,
    handle: async (tx, events) => {
      const today = clock.today()
      const facts = factsOf(events)
      await lockPartitions(
        tx,
        events.map((event) => event.partition),
      )
      const move = knownDay === null || knownDay < today
      // slips and claims change no count of members: their batches need no day
      if (move || facts.members.length > 0 || facts.rights.length > 0) {
        knownDay = await holdBusinessDay(tx, today, move)
        const changes = await countChanges(tx, law, facts)
        await applyChanges(tx, changes.list(), knownDay)
      }
      await insertFacts(tx, facts)
      await addMonthAmounts(tx, facts)
      await savePositions(tx, events)
    },
  }
}

interface PersonNews {
  readonly insurer: string
  readonly personId: string
  readonly partition: number
  readonly facts: MemberFact[]
  insured: { readonly offset: bigint; readonly days: readonly InsuredDays[] } | null
}

/** What the batch says about each person whose membership or right it touches. */
function newsOf({ members, rights }: BatchFacts): ReadonlyMap<string, PersonNews> {
  const news = new Map<string, PersonNews>()
  const of = ({ insurer, personId, partition }: { insurer: string; personId: string; partition: number }) => {
    const key = personKey(insurer, personId)
    const known = news.get(key) ?? { insurer, personId, partition, facts: [], insured: null }
    news.set(key, known)
    return known
  }
  for (const fact of members) of(fact).facts.push(fact.fact)
  for (const fact of rights) {
    const own = of(fact)
    const offset = BigInt(fact.offset)
    if (own.insured === null || offset > own.insured.offset) own.insured = { offset, days: fact.periods }
  }
  return news
}

/** How the counts change: every person touched, folded without and with the facts of the batch. */
async function countChanges(tx: Transaction, law: Law, batch: BatchFacts): Promise<CountChanges> {
  const changes = new CountChanges()
  const news = newsOf(batch)
  if (news.size === 0) return changes
  const persons = [...news.values()]
  const known = await loadMemberFacts(tx, [...new Set(persons.map((person) => person.personId))])
  const insured = await loadInsuredDays(tx, persons)
  for (const [key, person] of news) {
    const facts = known.get(key) ?? []
    const days = insured.get(key) ?? []
    const { personId } = person
    const before = segmentsOf(foldMember(personId, facts), days, law)
    const after = segmentsOf(foldMember(personId, [...facts, ...person.facts]), person.insured?.days ?? days, law)
    changes.replace(person, before, after)
  }
  return changes
}
