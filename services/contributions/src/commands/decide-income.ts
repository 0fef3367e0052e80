import type { Origin } from '@ziv/event-store'
import type { Rejection } from '@ziv/kernel'
import { isAssessable } from '@ziv/law'
import { tenantOf } from '@ziv/members'
import { loadMembers } from '@ziv/members/store'
import type { Context } from '../context.ts'
import type { AskIncomeProof, CloseIncomeProof } from '../domain/contribution-year.commands.ts'
import { applyCommands, type CommandOutcome } from './apply-commands.ts'
import type { YearKey } from './year-store.ts'

/** Asks a person for proof of the family income of a year, or closes that request; the year is told as it stands after it. */
export async function decideIncome(
  context: Context,
  { personId, year }: YearKey,
  command: AskIncomeProof | CloseIncomeProof,
  origin: Origin,
): Promise<CommandOutcome> {
  if (!isAssessable(context.law, year)) return refused({ code: 'yearUnknownToLaw', params: { year } })
  return context.database.transaction(async (tx) => {
    const person = (await loadMembers(tx, [personId])).get(personId)
    if (!person?.birthDate || tenantOf(person, context.clock.today()) === undefined)
      return refused({ code: 'personNotFound' })
    const [outcome] = await applyCommands(context, tx, [{ person, year, command }], origin)
    return outcome as CommandOutcome
  })
}

const refused = (rejection: Rejection): CommandOutcome => ({ kind: 'refused', rejection })
