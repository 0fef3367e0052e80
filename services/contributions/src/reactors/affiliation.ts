import type { Origin } from '@ziv/event-store'
import { dateOf, type IsoDate, maxDate, yearOf } from '@ziv/kernel'
import { firstRepairableYear, isAssessable, isWeighed } from '@ziv/law'
import type { Member } from '@ziv/members'
import { type MembersTaken, membersConsumer } from '@ziv/members/store'
import type { ConsumerDefinition } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { decideYears, type YearCommand } from '../commands/apply-commands.ts'
import { assessmentPerson } from '../commands/assessor.ts'
import { lockOutSlips } from '../commands/matching-lock.ts'
import { commandOfSlip } from '../commands/slip-commands.ts'
import { dropWaiting, takeWaiting } from '../commands/waiting-store.ts'
import type { Context } from '../context.ts'

/** Keeps the copy of the affiliation facts and matches what waited for persons, all in the transaction of the consumer. */
export function affiliationConsumer(context: Context): ConsumerDefinition {
  return membersConsumer({
    name: 'contributions.affiliation',
    insurers: context.insurers,
    vault: context.vault,
    onTaken: async (tx, taken, events) => {
      const last = events.at(-1)
      if (last === undefined) return
      const origin = { actor: last.actor, correlationId: last.correlationId, causationId: last.id }
      await dropWaiting(context, tx, taken.lost, origin)
      await catchUp(context, tx, taken, origin)
    },
  })
}

/** Records what waited for the persons who appeared, and decides the years that the new facts are about. */
async function catchUp(
  context: Context,
  tx: Transaction,
  { found, facts, members }: MembersTaken,
  origin: Origin & { readonly causationId: string },
): Promise<void> {
  if (members.size === 0) return
  // what others write of these persons is seen from here on, and what they write after it sees the news
  await lockOutSlips(tx)
  const waiting = await takeWaiting(context, tx, [...found.keys()], origin)
  const commands: YearCommand[] = waiting.map((slip) => commandOfSlip(found.get(slip.inszIndex) as Member, slip))
  for (const { personId, year, type } of await yearsToDecide(context, tx, facts, members)) {
    const command = { type, commandId: `${type}:${origin.causationId}:${personId}:${year}` } as const
    commands.push({ person: members.get(personId) as Member, year, command })
  }
  if (commands.length === 0) return
  const outcomes = await decideYears(context, tx, commands, origin)
  const refused = outcomes.find((outcome) => outcome.kind === 'refused')
  if (refused !== undefined) throw new Error(`a waiting contribution was refused: ${JSON.stringify(refused)}`)
}

interface PersonYear {
  readonly personId: string
  readonly year: number
  readonly type: 'ReviewYear' | 'AssessYear'
}

/**
 * Years that new facts about persons decide, or decide again: those settled before, and those in which contributions were
 * owed and that were over when the owner recorded a fact, as long as they can be met. A year that was not over then is
 * decided by its settlement run; where somebody contributed to it, how it stands now is told.
 */
async function yearsToDecide(
  { law }: Context,
  tx: Transaction,
  facts: MembersTaken['facts'],
  members: MembersTaken['members'],
): Promise<readonly PersonYear[]> {
  const years = new Map<string, PersonYear>()
  const add = (personId: string, year: number, type: PersonYear['type']) =>
    years.set(`${personId}/${year}`, { personId, year, type })
  for (const { person_id, year, settled } of await knownYears(tx, [...facts.keys()])) {
    if (settled || members.get(person_id)?.birthDate) add(person_id, year, settled ? 'ReviewYear' : 'AssessYear')
  }
  for (const [personId, own] of facts) {
    const member = members.get(personId)
    if (member === undefined || member.birthDate === null || member.affiliations.length === 0) continue
    const person = assessmentPerson(member)
    const recordedOn = maxDate(...(own.map(({ recordedAt }) => dateOf(recordedAt)) as [IsoDate, ...IsoDate[]]))
    for (let year = firstRepairableYear(recordedOn, law); year < yearOf(recordedOn); year += 1) {
      if (isWeighed(person, year, law) && isAssessable(law, year)) add(personId, year, 'ReviewYear')
    }
  }
  return [...years.values()].sort((a, b) =>
    a.personId === b.personId ? a.year - b.year : a.personId < b.personId ? -1 : 1,
  )
}

interface KnownYear {
  readonly person_id: string
  readonly year: number
  readonly settled: boolean
}

async function knownYears(tx: Transaction, ids: readonly string[]): Promise<readonly KnownYear[]> {
  const { rows } = await tx.query<KnownYear>({
    name: 'contributions-known-years',
    text: `select person_id, year, coalesce(state -> 'settled' <> 'null'::jsonb, false) as settled from app.year_state
            where person_id = any ($1::uuid[]) order by person_id, year`,
    values: [ids],
  })
  return rows
}
