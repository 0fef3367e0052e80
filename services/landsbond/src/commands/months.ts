import { type Rejection, uuidV5 } from '@ziv/kernel'
import type { Context } from '../context.ts'
import { daysOfMonth, returnStreamId } from '../domain/month.ts'
import { newestReturns } from '../projections/returns.ts'
import { handleReturns, type ReturnOutcome } from './handle-returns.ts'
import { reportersOn } from './reporters.ts'
import { submissionsOf } from './submissions.ts'

/** What a bulk step did: changed now, had been done before, or was refused. */
export interface MonthResult {
  readonly month: string
  readonly done: number
  readonly unchanged: number
  readonly refused: readonly { readonly ziekenfonds: string; readonly rejection: Rejection }[]
}

/** Insurers whose returns are folded at the same time. */
const AT_ONCE = 3

/**
 * Submits for everybody who has to report and has no return submitted or accepted. One transaction per insurer, a few
 * insurers at the same time: folding is work of the database, and they share nothing.
 */
export async function submitMonth(deps: Context, month: string, actor: string): Promise<MonthResult> {
  const { database, insurers } = deps
  const standing = new Map((await newestReturns(database, month)).map((found) => [found.ziekenfonds, found]))
  const tally = new Tally(month)
  const submitOf = async ([insurer, funds]: readonly [string, readonly string[]]): Promise<void> => {
    const open = funds.filter((fund) => (standing.get(fund)?.state ?? 'refused') === 'refused')
    tally.unchanged += funds.length - open.length
    if (open.length === 0) return
    const commandIdOf = (fund: string): string => `month/${(standing.get(fund)?.attempt ?? 0) + 1}`
    const work = await submissionsOf(deps, { insurer, ziekenfondsen: open, month, commandIdOf })
    const correlationId = uuidV5(`submitMonth/${insurer}/${month}`)
    tally.add(open, await handleReturns(deps, work, { actor, correlationId }))
  }
  const reporters = [...(await reportersOn(database, insurers, daysOfMonth(month).last))]
  for (let first = 0; first < reporters.length; first += AT_ONCE) {
    await Promise.all(reporters.slice(first, first + AT_ONCE).map(submitOf))
  }
  return tally.toResult()
}

/** Accepts every return of the month that waits for a landsbond of this cell. */
export async function acceptMonth(deps: Context, month: string, actor: string): Promise<MonthResult> {
  const { database, insurers, clock } = deps
  const tally = new Tally(month)
  const newest = (await newestReturns(database, month)).filter((found) => insurers.includes(found.insurer))
  const waiting = newest.filter((found) => found.state === 'submitted')
  tally.unchanged += newest.length - waiting.length
  const work = waiting.map((found) => ({
    command: { kind: 'accept' as const, returnId: found.returnId },
    streamId: returnStreamId(found.ziekenfonds, month),
    commandId: `accept/${found.returnId}`,
    facts: { today: clock.today(), parked: 0 },
  }))
  const outcomes = await handleReturns(deps, work, { actor, correlationId: uuidV5(`acceptMonth/${month}`) })
  tally.add(
    waiting.map((found) => found.ziekenfonds),
    outcomes,
  )
  return tally.toResult()
}

class Tally {
  readonly #month: string
  readonly #refused: { ziekenfonds: string; rejection: Rejection }[] = []
  #done = 0
  unchanged = 0

  constructor(month: string) {
    this.#month = month
  }

  add(ziekenfondsen: readonly string[], outcomes: readonly ReturnOutcome[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      if (!outcome.ok) this.#refused.push({ ziekenfonds: ziekenfondsen[index]!, rejection: outcome.rejection })
      else if (outcome.repeated || outcome.events.length === 0) this.unchanged += 1
      else this.#done += 1
    }
  }

  toResult(): MonthResult {
    return { month: this.#month, done: this.#done, unchanged: this.unchanged, refused: this.#refused }
  }
}
