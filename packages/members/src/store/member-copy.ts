import type { Instant } from '@ziv/kernel'
import type { KeyRange, Queryable } from '@ziv/postgres'
import { type FactPlace, isNewer, type MemberFact } from '../facts.ts'
import { factTextsOf, storedFactTexts } from './facts-table.ts'
import { indexesOf, type MemberEvent, memberFactOf } from './to-fact.ts'

/** Everything that affiliation told of a person, read as every reader reads it. */
export interface ToldMember {
  readonly personId: string
  readonly facts: readonly MemberFact[]
  /** Keyed hashes of numbers by which the person can be found, each with the event that told it last. */
  readonly numbers: readonly ToldNumber[]
  readonly erased: boolean
}

interface ToldNumber extends FactPlace {
  readonly inszIndex: string
}

/** A copy of what affiliation told of the members, to be held to its owner person by person. */
export interface MemberCopy {
  /** What lies in the copy of the persons of a range, as texts. */
  readonly stored: (range: KeyRange) => Promise<ReadonlyMap<string, readonly string[]>>
  /** The texts that it has to hold of a person. */
  readonly wanted: (told: ToldMember) => readonly string[]
}

/** Reads the events about a person as a consumer would, in their order; what was sealed in them lies open. */
export function toldMember(personId: string, events: readonly MemberEvent[]): ToldMember {
  const facts = events.flatMap((event) => memberFactOf(event) ?? [])
  const erased = facts.some(({ kind }) => kind === 'erased')
  const numbers = new Map<string, ToldNumber>()
  for (const event of erased ? [] : events) {
    const { id, recordedAt, sequence } = event
    for (const inszIndex of indexesOf(event)) {
      const number = { inszIndex, id, recordedAt: recordedAt as Instant, sequence }
      const known = numbers.get(inszIndex)
      if (known === undefined || isNewer(number, known)) numbers.set(inszIndex, number)
    }
  }
  return { personId, facts, numbers: [...numbers.values()], erased }
}

const ofNumber = ({ inszIndex, id, recordedAt, sequence }: ToldNumber): string =>
  ['number', inszIndex, id, recordedAt, Number(sequence)].join(' ')

/** The common copy (`app_members`): facts to the last field, and the numbers that lead to a person. */
export const commonCopy = (q: Queryable): MemberCopy => ({
  wanted: ({ personId, facts, numbers, erased }) => [...factTextsOf(personId, facts, erased), ...numbers.map(ofNumber)],
  stored: async (range) => {
    const { rows } = await q.query<ToldNumber & { readonly personId: string }>(
      `select person_id as "personId", insz_index as "inszIndex", event_id as id, recorded_at as "recordedAt", sequence from app_members.identifiers
        where ($1::uuid is null or person_id > $1) and ($2::uuid is null or person_id <= $2)`,
      [range.after, range.through],
    )
    const texts = await storedFactTexts(q, range)
    for (const { personId, ...number } of rows) {
      texts.set(personId, [...(texts.get(personId) ?? []), ofNumber(number)])
    }
    return texts
  },
})
