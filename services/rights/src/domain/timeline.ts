import { yearOf } from '@ziv/kernel'
import type { RightDecision, Timeline } from './decision.ts'
import { dependantDecisions } from './dependants.ts'
import type { Dossier } from './facts.ts'
import { decisionsOfYear, ownSpells } from './own-right.ts'
import { byFrom, periodsOf } from './periods.ts'
import type { EntitlementRules } from './rules.ts'

export interface TimelineContext {
  readonly rules: EntitlementRules
  /** Last year whose renewal is decided: the year of the business date of our knowledge. */
  readonly decidedThrough: number
  /** Own rights of the holders a dependant depends on, for the same knowledge. */
  readonly holders: ReadonlyMap<string, Timeline>
}

/** The right of a holder's own, with the facts it comes from. */
export interface HolderTimeline extends Timeline {
  readonly dossier: Dossier
}

/** The holders a person depends on or once depended on. */
export const holdersOf = (dossier: Dossier): readonly string[] => {
  const ids = new Set<string>()
  for (const { holderPersonId } of dossier.capacities) if (holderPersonId !== null) ids.add(holderPersonId)
  return [...ids]
}

/**
 * The right of a person as a pure function of facts: first opening, renewal year by year, run-out, dependants, death,
 * and the insurer of each day (ZIV-wet art. 32, 118, 123; ZIV-besluit art. 129-131).
 */
export function timelineOf(dossier: Dossier, context: TimelineContext): Timeline {
  const own = ownDecisions(dossier, context)
  const ownPeriods = periodsOf(dossier, own)
  const followed = dependantDecisions(dossier, context, ownPeriods)
  if (followed.length === 0) return { decisions: own, periods: ownPeriods }
  return {
    decisions: [...own, ...followed],
    periods: [...ownPeriods, ...followedPeriods(dossier, followed)].sort(byFrom),
  }
}

const followedPeriods = (dossier: Dossier, followed: readonly RightDecision[]) =>
  followed.flatMap((decision) => periodsOf(dossier, [decision]))

/** The days in order that decisions give which were taken already, on the facts as they stand. */
export function timelineOfDecisions(dossier: Dossier, taken: readonly RightDecision[]): Timeline {
  const decisions = taken.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const own = periodsOf(
    dossier,
    decisions.filter(({ kind }) => kind !== 'dependant'),
  )
  const followed = decisions.filter(({ kind }) => kind === 'dependant')
  return { decisions, periods: [...own, ...followedPeriods(dossier, followed)].sort(byFrom) }
}

/** The same, from the dossiers of the holders. Only a right of one's own is followed: a dependant is nobody's holder. */
export function timelineWithHolders(
  dossier: Dossier,
  holders: ReadonlyMap<string, Dossier>,
  context: Pick<TimelineContext, 'rules' | 'decidedThrough'>,
): Timeline {
  return timelineOf(dossier, { ...context, holders: holderTimelines(dossier, holders, context) })
}

/** The own rights of the holders of a person, of those of whom anything is known. */
export function holderTimelines(
  dossier: Dossier,
  holders: ReadonlyMap<string, Dossier>,
  context: Pick<TimelineContext, 'rules' | 'decidedThrough'>,
): ReadonlyMap<string, HolderTimeline> {
  const timelines = new Map<string, HolderTimeline>()
  for (const id of holdersOf(dossier)) {
    const holder = holders.get(id)
    if (holder !== undefined) timelines.set(id, { dossier: holder, ...ownTimelineOf(holder, context) })
  }
  return timelines
}

const ownTimelineOf = (dossier: Dossier, context: Pick<TimelineContext, 'rules' | 'decidedThrough'>): Timeline =>
  timelineOf(dossier, { ...context, holders: new Map() })

/** Decisions on the person's own right, in the order of the years. */
function ownDecisions(
  dossier: Dossier,
  { decidedThrough, rules }: Pick<TimelineContext, 'rules' | 'decidedThrough'>,
): RightDecision[] {
  const spells = ownSpells(dossier, rules.law)
  const first = spells[0]
  const decisions: RightDecision[] = []
  if (first === undefined) return decisions
  for (let year = yearOf(first.from); year <= decidedThrough; year += 1) {
    decisions.push(...decisionsOfYear(dossier, spells, year, rules))
  }
  return decisions
}
