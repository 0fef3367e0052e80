import type { IsoDate } from '@ziv/kernel'
import { type Law, lastDayOfCapacity } from '@ziv/law'
import { began, type CapacitySpell, pendingOn } from '@ziv/members'
import type { RightDecision, RightPeriod, Timeline } from './decision.ts'
import type { Dossier } from './facts.ts'
import type { HolderTimeline } from './timeline.ts'

export const notInOrderReasons = [
  'unknownPerson',
  'notAffiliated',
  'deceased',
  'noCapacity',
  'capacityPending',
  'waitingPeriod',
  'renewalRefused',
  'holderNotInOrder',
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
  /** With reason `holderNotInOrder`: how the holder stands on the day. Null when nothing is known of the holder. */
  readonly holder: HolderAnswer | null
}

export interface HolderAnswer {
  readonly dossier: Dossier
  readonly answer: DayAnswer
}

/** What an answer needs beside the facts and the decisions of the person. */
export interface AnswerContext {
  readonly law: Law
  /** Last year that has been decided. */
  readonly decidedThrough: number
  readonly holders: ReadonlyMap<string, HolderTimeline>
}

/** Answers for one day from a timeline. */
export function answerOn(dossier: Dossier, timeline: Timeline, day: IsoDate, context: AnswerContext): DayAnswer {
  const period = timeline.periods.find((candidate) => candidate.from <= day && candidate.to >= day) ?? null
  const decision = decisionOn(timeline, day)
  if (period !== null) return { day, inOrder: true, period, reason: null, decision, holder: null }
  const reason = reasonOf(dossier, timeline, day, context)
  const holder = reason === 'holderNotInOrder' ? holderOn(dossier, day, context) : null
  return { day, inOrder: false, period: null, reason, decision, holder }
}

/** How the holder stands whom a person depends on. Only a right of the holder's own is followed, so only that is asked about. */
function holderOn(dossier: Dossier, day: IsoDate, context: AnswerContext): HolderAnswer | null {
  const spell = runningOn(dossier, day, context.law).findLast(({ holderPersonId }) => holderPersonId !== null)
  const holder = context.holders.get(spell?.holderPersonId ?? '')
  if (holder === undefined) return null
  const own = {
    ...holder.dossier,
    capacities: holder.dossier.capacities.filter((held) => held.holderPersonId === null),
  }
  return { dossier: holder.dossier, answer: answerOn(own, holder, day, { ...context, holders: new Map() }) }
}

/** The capacities that run on a day; that of a child ends at the age limit, also when nobody reported it. */
function runningOn({ capacities, birthDate }: Dossier, day: IsoDate, law: Law): readonly CapacitySpell[] {
  return capacities.filter((spell) => {
    const last = lastDayOfCapacity({ ...spell, birthDate }, law)
    return spell.from <= day && (last === null || last >= day)
  })
}

/**
 * The one decision that says how a person stands on a day: the one the day rests on, else the refusal of the day. Null for a
 * day that no decision is about, or on which a right that was granted gives nothing (after death, without an insurer).
 */
export function decisionOn({ decisions, periods }: Timeline, day: IsoDate): RightDecision | null {
  const covers = ({ from, to }: { from: IsoDate; to: IsoDate }): boolean => from <= day && to >= day
  const period = periods.find(covers)
  if (period !== undefined) return decisions.find(({ decisionId }) => decisionId === period.decisionId) ?? null
  return decisions.findLast((decision) => decision.outcome === 'refused' && covers(decision)) ?? null
}

function reasonOf(dossier: Dossier, timeline: Timeline, day: IsoDate, context: AnswerContext): NotInOrderReason {
  if (dossier.affiliations.length === 0) return 'unknownPerson'
  if (dossier.diedOn !== null && day > dossier.diedOn) return 'deceased'
  const affiliated = dossier.affiliations.some(({ from, to }) => from <= day && (to === null || to >= day))
  if (!affiliated) return 'notAffiliated'
  const refused = decisionOn(timeline, day)
  if (refused !== null) return refused.kind === 'opening' ? 'waitingPeriod' : 'renewalRefused'
  if (Number(day.slice(0, 4)) > context.decidedThrough) return 'notDecidedYet'
  if (pendingOn(dossier, day).length > 0) return 'capacityPending'
  const running = runningOn(dossier, day, context.law)
  if (running.some(({ holderPersonId }) => holderPersonId !== null)) return 'holderNotInOrder'
  return dossier.capacities.some((spell) => began(spell, day)) ? 'rightEnded' : 'noCapacity'
}
