import type { Origin } from '@ziv/event-store'
import type { Rejection } from '@ziv/kernel'
import type { Member } from '@ziv/members'
import { membersByIndex } from '@ziv/members/store'
import type { Transaction } from '@ziv/postgres'
import type { Context } from '../context.ts'
import { applyCommands, type CommandOutcome, decideYears } from './apply-commands.ts'
import { lockOutPersons } from './matching-lock.ts'
import { commandOfSlip } from './slip-commands.ts'
import { putWaiting, type WaitingSlip } from './waiting-store.ts'

/** What became of one contribution. */
export type Became = 'recorded' | 'unchanged' | 'waiting' | Rejection

/**
 * Records the slips and attests of known persons and lets the others wait: the one way in, from a file, in lines or alone. Tells
 * what became of each, in the order given. `turn` as of `applyCommands`.
 */
export async function recordSlips(
  context: Context,
  tx: Transaction,
  slips: readonly WaitingSlip[],
  origin: Origin,
  turn: () => Promise<void> = async () => undefined,
): Promise<Became[]> {
  const became = new Map<WaitingSlip, Became>()
  const tell = (part: readonly WaitingSlip[], told: readonly Became[]) => {
    for (const [place, slip] of part.entries()) became.set(slip, told[place]!)
  }
  const commandsOf = (part: readonly WaitingSlip[], persons: ReadonlyMap<string, Member>) =>
    part.map((slip) => commandOfSlip(persons.get(slip.inszIndex)!, slip))
  const indexesOf = (part: readonly WaitingSlip[]) => [...new Set(part.map((slip) => slip.inszIndex))]

  const persons = await membersByIndex(tx, indexesOf(slips))
  const { known = [], unknown = [] } = Object.groupBy(slips, isKnownTo(persons))
  tell(known, (await applyCommands(context, tx, commandsOf(known, persons), origin, turn)).map(becameOf))
  if (unknown.length > 0) {
    // who appeared since the first look is found by the second: under the lock nobody can appear unseen. It comes last: who
    // holds it while it waits for another chunk would keep the consumer from its end, and that chunk behind the consumer
    await turn()
    await lockOutPersons(tx)
    const appeared = await membersByIndex(tx, indexesOf(unknown))
    const { known: found = [], unknown: waiting = [] } = Object.groupBy(unknown, isKnownTo(appeared))
    tell(found, (await decideYears(context, tx, commandsOf(found, appeared), origin)).map(becameOf))
    const news = await putWaiting(context, tx, waiting, origin)
    tell(
      waiting,
      news.map((isNews) => (isNews ? 'waiting' : 'unchanged')),
    )
  }
  return slips.map((slip) => became.get(slip)!)
}

const isKnownTo = (persons: ReadonlyMap<string, Member>) => (slip: WaitingSlip) =>
  persons.has(slip.inszIndex) ? 'known' : 'unknown'

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
