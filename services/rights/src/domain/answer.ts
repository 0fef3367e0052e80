import type { IsoDate } from '@ziv/kernel'
import type { RightDecision, RightPeriod, Timeline } from './decision.ts'
import type { Dossier } from './facts.ts'

export const notInOrderReasons = [
  'unknownPerson',
  'notAffiliated',
  'deceased',
  'noCapacity',
  'waitingPeriod',
  'renewalRefused',
  'notDecidedYet',
  'rightEnded',
] as const
export type NotInOrderReason = (typeof notInOrderReasons)[number]

/** Whether somebody is in order on a day, and what that rests on. */
export interface DayAnswer {
  readonly day: IsoDate
  readonly inOrder: boolean
  readonly period: RightPeriod | null
  readonly reason: NotInOrderReason | null
  /** The decision the answer rests on; null when none was taken about the day. */
  readonly decision: RightDecision | null
}

/** Answers for one day from a timeline; `decidedThrough` is the last year that has been decided. */
export function answerOn(dossier: Dossier, timeline: Timeline, day: IsoDate, decidedThrough: number): DayAnswer {
  const period = timeline.periods.find((candidate) => candidate.from <= day && candidate.to >= day) ?? null
  if (period !== null) {
    const decision = timeline.decisions.find(({ decisionId }) => decisionId === period.decisionId) ?? null
    return { day, inOrder: true, period, reason: null, decision }
  }
  const decision =
    timeline.decisions.findLast((candidate) => candidate.from <= day && candidate.to >= day) ??
    timeline.decisions.findLast((candidate) => candidate.to < day) ??
    null
  return { day, inOrder: false, period: null, reason: reasonOf(dossier, timeline, day, decidedThrough), decision }
}

function reasonOf(dossier: Dossier, timeline: Timeline, day: IsoDate, decidedThrough: number): NotInOrderReason {
  if (dossier.affiliations.length === 0) return 'unknownPerson'
  if (dossier.diedOn !== null && day > dossier.diedOn) return 'deceased'
  const affiliated = dossier.affiliations.some(({ from, to }) => from <= day && (to === null || to >= day))
  if (!affiliated) return 'notAffiliated'
  const refused = timeline.decisions.find(({ outcome, from, to }) => outcome === 'refused' && from <= day && to >= day)
  if (refused !== undefined) return refused.kind === 'opening' ? 'waitingPeriod' : 'renewalRefused'
  if (Number(day.slice(0, 4)) > decidedThrough) return 'notDecidedYet'
  return dossier.capacities.some(({ from }) => from <= day) ? 'rightEnded' : 'noCapacity'
}
