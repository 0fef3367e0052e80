import type { Origin } from '@ziv/event-store'
import type { Rejection } from '@ziv/kernel'
import { membersByIndex } from '@ziv/members/store'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { applyCommands, type CommandOutcome } from './apply-commands.ts'
import { commandOfSlip } from './slip-commands.ts'
import { lockOutPersons, putWaiting, type WaitingSlip } from './waiting-store.ts'

/** What became of one contribution. */
export type Became = 'recorded' | 'unchanged' | 'waiting' | Rejection

/**
 * Records the slips and attests of known persons and lets the others wait: the one way in, from a file, in lines or alone. Tells
 * what became of each, in the order given. `beforeLock`: whoever writes several chunks at a time takes the lock for one at a
 * time, or a consumer that wants it the other way stands between the two.
 */
export async function recordSlips(
  context: Context,
  tx: Transaction,
  slips: readonly WaitingSlip[],
  origin: Origin,
  beforeLock: () => Promise<void> = async () => undefined,
): Promise<Became[]> {
  const indexes = [...new Set(slips.map((slip) => slip.inszIndex))]
  const persons = await membersByIndex(tx, indexes)
  const unknown = indexes.filter((index) => !persons.has(index))
  if (unknown.length > 0) {
    // who appeared since the first look is found by the second: under the lock nobody can appear unseen
    await beforeLock()
    await lockOutPersons(tx)
    for (const [index, person] of await membersByIndex(tx, unknown)) persons.set(index, person)
  }
  const known = slips.filter((slip) => persons.has(slip.inszIndex))
  const commands = known.map((slip) => commandOfSlip(persons.get(slip.inszIndex)!, slip))
  const outcomes = (await applyCommands(context, tx, commands, origin)).values()
  const waiting = slips.filter((slip) => !persons.has(slip.inszIndex))
  const news = (await putWaiting(context, tx, waiting, origin)).values()
  return slips.map((slip) => {
    if (persons.has(slip.inszIndex)) return becameOf(outcomes.next().value!)
    return news.next().value === true ? 'waiting' : 'unchanged'
  })
}

export function becameOf(outcome: CommandOutcome): Became {
  if (outcome.kind === 'refused') return outcome.rejection
  return outcome.kind === 'changed' ? 'recorded' : 'unchanged'
}

/** How many became what: recorded, unchanged, waiting and refused. */
export function countsOf(became: readonly Became[]) {
  const counts = { recorded: 0, unchanged: 0, waiting: 0, refused: 0 }
  for (const one of became) counts[typeof one === 'string' ? one : 'refused'] += 1
  return counts
}
