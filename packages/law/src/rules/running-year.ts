import { type IsoDate, lastDayOfYear } from '@ziv/kernel'
import type { RuleId } from '../articles.ts'
import { fact } from '../decision.ts'
import { ground } from '../ground.ts'
import type { Ground, LawDecision } from '../types.ts'
import type { ReferenceYearAssessment } from './assess-reference-year.ts'

/** How a year stands that still runs: nothing is missing, and what it waits for is its end. Amounts in cents. */
export interface RunningYear extends Omit<ReferenceYearAssessment, 'awaits'> {
  readonly awaits?: 'yearEnd'
}

/** Whether a reference year runs on a day, or has yet to begin: nothing is owed for it then. */
export const runsOn = (referenceYear: number, day: IsoDate): boolean => day <= lastDayOfYear(referenceYear)

/**
 * What can be missing before a year is over: who somebody is, and what the family earns. No payment is due, a registration for one
 * year is for a year that is over, and slips and attests come after their quarter.
 */
const asked: ReadonlySet<string> = new Set(['proveCapacity', 'proveIncome', 'proveIncomeAsked'])

/** Grounds that compare what came in with what the whole year asks, by the one that tells it while the year runs. */
const soFar: Readonly<Record<string, { readonly rule: RuleId; readonly names: ReadonlySet<string> }>> = {
  'minimum.wage': { rule: 'minimum.soFar', names: new Set(['shortCents', 'payCents']) },
  'minimum.personal': { rule: 'minimum.soFar', names: new Set(['shortCents']) },
  'minimum.selfEmployed': { rule: 'minimum.soFarQuarters', names: new Set() },
}

/**
 * What can be said of a year while it runs: it is not met yet and did not fail (art. 131 looks at a year that is over). What came in
 * so far is told with its events, nothing is short or too much, and no contribution is asked. A year that is met
 * already stays met.
 */
export function whileItRuns(decision: LawDecision<ReferenceYearAssessment>): LawDecision<RunningYear> {
  const { awaits: _, ...result } = decision.result
  if (result.met) return { ...decision, result }
  const { referenceYear } = result
  const runs = ground('minimum.runs', true, [
    fact('referenceYear', referenceYear),
    fact('until', lastDayOfYear(referenceYear)),
  ])
  return {
    ...decision,
    grounds: [runs, ...decision.grounds.filter(({ rule }) => rule !== 'minimum.surplus').map(toldSoFar)],
    repairs: decision.repairs.filter(({ kind }) => asked.has(kind)),
    result: { ...result, shortCents: 0, awaits: 'yearEnd' },
  }
}

function toldSoFar(told: Ground): Ground {
  const running = soFar[told.rule]
  if (running === undefined) return told
  return ground(
    running.rule,
    true,
    told.facts.filter(({ name }) => !running.names.has(name)),
    told.parameters,
  )
}
