import type { Member } from '@ziv/members'
import { type MembersTaken, membersConsumer } from '@ziv/members/store'
import type { ConsumerDefinition, ReceivedEvent } from '@ziv/messaging'
import type { Transaction } from '@ziv/postgres'
import { applyCommands, type YearCommand } from '../year/apply-commands.ts'
import { commandOfSlip } from '../year/slip-commands.ts'
import { closeGateForSlips, dropWaiting, takeWaiting } from '../year/waiting-store.ts'
import type { YearContext } from '../year/year-context.ts'

/** Keeps the copy of the affiliation facts and matches what waited for persons, all in the transaction of the consumer. */
export function affiliationConsumer(context: YearContext, insurers: readonly string[]): ConsumerDefinition {
  return membersConsumer({
    name: 'contributions.affiliation',
    insurers,
    onTaken: async (tx, taken, events) => {
      await dropWaiting(tx, taken.lost)
      await catchUp(context, tx, taken, events)
    },
  })
}

/** Records what waited for the persons who appeared, and looks again at settled years whose capacities changed. */
async function catchUp(
  context: YearContext,
  tx: Transaction,
  { found, facts, members }: MembersTaken,
  events: readonly ReceivedEvent[],
): Promise<void> {
  if (found.size > 0) await closeGateForSlips(tx)
  const waiting = await takeWaiting(tx, [...found.keys()])
  const commands: YearCommand[] = waiting.map((slip) => commandOfSlip(found.get(slip.inszIndex) as Member, slip))
  const cause = events.at(-1) as ReceivedEvent
  for (const { person_id, year } of await settledYears(tx, [...facts.keys()])) {
    commands.push({
      person: members.get(person_id) as Member,
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
