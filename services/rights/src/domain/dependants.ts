import { addDays, type IsoDate, intersectPeriods, type Period, subtractPeriods, yearOf } from '@ziv/kernel'
import { type DependantRight, dependantRight, type Ground, type LawDecision, lastDayOfCapacity } from '@ziv/law'
import type { CapacitySpell } from '@ziv/members'
import type { HolderDays, RightDecision, RightPeriod } from './decision.ts'
import type { Dossier } from './facts.ts'
import { type EntitlementRules, identified } from './rules.ts'
import type { TimelineContext } from './timeline.ts'

/** Up to which year is decided; `since` leaves out what is filed under earlier years. */
interface Span {
  readonly rules: EntitlementRules
  readonly decidedThrough: number
  readonly since?: number
}

/**
 * Decisions on rights derived from a holder (ZIV-wet art. 32, 17°-19°; ZIV-besluit art. 123-124). A dependant is in order on
 * the days the holder is, from the exact day the quality was acquired; after its loss the right is kept for a while.
 * Days on which the person has an own right are left out: nobody is holder and dependant on one day.
 */
export function dependantDecisions(
  dossier: Dossier,
  context: TimelineContext,
  ownPeriods: readonly RightPeriod[],
): RightDecision[] {
  const decisions: RightDecision[] = []
  const taken: Period[] = ownPeriods.map(({ from, to }) => ({ from, to }))
  // whoever depends on another holder the day after needs no right that runs out: those come last
  for (const part of [followed, runOut]) {
    for (const spell of dossier.capacities) {
      const holder = spell.holderPersonId === null ? undefined : context.holders.get(spell.holderPersonId)
      if (holder === undefined || dossier.birthDate === null) continue
      for (const decision of part(dossier, spell, holder.periods, context, taken)) {
        decisions.push(decision)
        taken.push({ from: decision.from, to: decision.to })
      }
    }
  }
  return decisions
}

/**
 * What one spell brings from a year on, from the days of the holder that end on the last day of the year before or later. For
 * whoever has no other right in the year; then a renewal adds these decisions and leaves those of earlier years alone.
 */
export const followedSince = (
  dossier: Dossier,
  spell: CapacitySpell,
  holder: readonly HolderDays[],
  year: number,
  rules: EntitlementRules,
): RightDecision[] => {
  const span = { rules, decidedThrough: year, since: year }
  return [...followed(dossier, spell, holder, span, []), ...runOut(dossier, spell, holder, span, [])]
}

const eventOf = (spell: CapacitySpell): string => spell.factIds.at(-1) as string

function rightOf(
  dossier: Dossier,
  spell: CapacitySpell,
  holder: readonly HolderDays[],
  span: Span,
): LawDecision<DependantRight> {
  return dependantRight(
    {
      kind: spell.capacity,
      birthDate: dossier.birthDate as IsoDate,
      quality: { from: spell.from, to: spell.to },
      holder: holder.map(({ from, to }) => ({ from, to })),
      eventId: eventOf(spell),
    },
    span.rules.law,
  )
}

/** The days of the holder while the quality lasts. */
function* followed(
  dossier: Dossier,
  spell: CapacitySpell,
  holder: readonly HolderDays[],
  span: Span,
  taken: readonly Period[],
): Generator<RightDecision> {
  const right = rightOf(dossier, spell, holder, span)
  if (right.outcome === 'refused') return
  const last = right.result.qualityEndsOn
  for (const period of holder) {
    const shared = intersectPeriods(period, { from: spell.from, to: last })
    if (shared === null) continue
    yield* pieces(dossier, spell, right, shared, span, taken, 'dependant', period.decisionId)
  }
}

/** Whether a person depends on the same holder on the day after: then nothing was lost, and nothing is kept. */
function goesOn({ capacities, birthDate }: Dossier, spell: CapacitySpell, dayAfter: IsoDate, { rules }: Span): boolean {
  return capacities.some((other) => {
    if (other.holderPersonId !== spell.holderPersonId || other.from > dayAfter) return false
    const last = lastDayOfCapacity({ ...other, birthDate }, rules.law)
    return last === null || last >= dayAfter
  })
}

/** The days on which the right is kept after the quality was lost. */
function* runOut(
  dossier: Dossier,
  spell: CapacitySpell,
  holder: readonly HolderDays[],
  span: Span,
  taken: readonly Period[],
): Generator<RightDecision> {
  const right = rightOf(dossier, spell, holder, span)
  const { runOutUntil, qualityEndsOn: last } = right.result
  if (last === null || runOutUntil === null || yearOf(addDays(last, 1)) > span.decidedThrough) return
  if (goesOn(dossier, spell, addDays(last, 1), span)) return
  // no right is kept without a holder who was in order on the last day
  const held = holder.find((period) => period.from <= last && period.to >= last) as HolderDays
  const tail = { from: addDays(last, 1), to: runOutUntil }
  yield* pieces(dossier, spell, right, tail, span, taken, 'runOut', held.decisionId)
}

/** The parts of a period that no own right and no earlier decision covers, each as a decision that names the holder's. */
function* pieces(
  dossier: Dossier,
  spell: CapacitySpell,
  right: LawDecision<DependantRight>,
  period: Period,
  { since = 0 }: Span,
  taken: readonly Period[],
  ground: 'dependant' | 'runOut',
  holderDecisionId: string,
): Generator<RightDecision> {
  const wanted = ground === 'runOut' ? 'dependant.runOut' : 'dependant.follows'
  const grounds: Ground[] = right.grounds
    .filter(({ rule }) => rule === wanted)
    .map((found) => ({
      ...found,
      facts: [...found.facts, { name: 'holderDecision', value: holderDecisionId, eventId: holderDecisionId }],
    }))
  for (const free of taken.length === 0 ? [period] : subtractPeriods(period, [...taken])) {
    if (yearOf(free.from) < since) continue
    yield identified(dossier.personId, {
      kind: 'dependant',
      outcome: 'granted',
      from: free.from,
      to: free.to as IsoDate,
      capacity: spell.capacity,
      ground,
      grounds,
      repairs: [],
      confidence: right.confidence,
    })
  }
}
