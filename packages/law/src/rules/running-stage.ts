import type { IsoDate } from '@ziv/kernel'
import { ground } from '../ground.ts'
import type { Ground, LawDecision } from '../types.ts'

/** What is told of a stage that still runs; what it asks is compared with what is paid on the day after it. */
const told: ReadonlySet<string> = new Set(['registeredOn', 'stageUntil', 'totalCents', 'referenceYear'])

/**
 * What can be said on a day of a decision that rests on the minimum of a stage (ZIV-besluit art. 130: the insurer checks it when the
 * stage is served): while the stage runs its minimum is neither reached nor missed. It tells the last day of the stage and what is paid
 * so far, in cents with the events that told it, and asks for no contribution. Any other decision is given back as it is.
 */
export function whileStageRuns<D extends Pick<LawDecision<unknown>, 'grounds' | 'repairs'>>(
  decision: D,
  day: IsoDate,
): D {
  const running = decision.grounds.filter((one) => runs(one, day))
  if (running.length === 0) return decision
  return {
    ...decision,
    grounds: decision.grounds.map((one) => (running.includes(one) ? soFar(one) : one)),
    repairs: decision.repairs.filter(({ rule }) => !running.some((one) => one.rule === rule)),
  }
}

const runs = ({ rule, satisfied, facts }: Ground, day: IsoDate): boolean =>
  rule === 'opening.stageMinimum' &&
  !satisfied &&
  facts.some(({ name, value }) => name === 'stageUntil' && String(value) >= day)

const soFar = ({ facts, parameters }: Ground): Ground =>
  ground(
    'opening.stageRuns',
    true,
    facts.filter(({ name }) => told.has(name)),
    parameters,
  )
