import { yearOf } from '@ziv/kernel'
import type { RightPeriod, Timeline } from '../domain/decision.ts'
import { entitlementStream } from '../domain/entitlement.ts'
import type { Dossier } from '../domain/facts.ts'
import { firstDifference } from '../domain/periods.ts'
import { type ChangeCause, insurabilityMessages } from '../integration/insurability-message.ts'
import type { DecisionContext } from './decision-context.ts'
import type { EstablishRequest } from './entitlements.ts'

/** A person whose stored decisions or days are no longer those the facts lead to. */
export interface Revision {
  readonly dossier: Dossier
  readonly timeline: Timeline
  readonly cause: ChangeCause
  /** Events of other services that brought the change. */
  readonly because: readonly string[]
  /** Standing decisions, id -> year, and the days in order, as stored. */
  readonly decisionsBefore: ReadonlyMap<string, number>
  readonly periodsBefore: readonly RightPeriod[]
}

/** Years in which the standing decisions and the wanted ones are not the same. */
function changedYears({ decisionsBefore, timeline }: Revision): readonly number[] {
  const wanted = new Set(timeline.decisions.map(({ decisionId }) => decisionId))
  const years = new Set<number>()
  for (const [id, year] of decisionsBefore) if (!wanted.has(id)) years.add(year)
  for (const { decisionId, year } of timeline.decisions) if (!decisionsBefore.has(decisionId)) years.add(year)
  return [...years].sort((a, b) => a - b)
}

/** What the revisions ask of the streams of the persons and changed years, with the messages of each person once. */
export function requestsFor(context: DecisionContext, revisions: readonly Revision[]): readonly EstablishRequest[] {
  return revisions.flatMap((revision) => {
    const { dossier, timeline, periodsBefore, cause, because } = revision
    const { personId } = dossier
    const changed = changedYears(revision)
    // the days changed though no decision did (another ziekenfonds, a death): the year of the first decision carries it
    const years = changed.length > 0 ? changed : [timeline.decisions[0]?.year ?? yearOf(context.today)]
    const changedFrom = firstDifference(periodsBefore, timeline.periods)
    const messages =
      changedFrom === null ? [] : insurabilityMessages({ dossier, ...timeline, changedFrom, cause }, context)
    const daysChanged = changedFrom === null ? {} : { daysChangedFrom: changedFrom }
    return years.map((year, index): EstablishRequest => {
      const desired = timeline.decisions.filter((decision) => decision.year === year)
      return {
        streamId: entitlementStream(personId, year),
        command: { personId, desired, because, ...daysChanged },
        commandId: 'establish',
        facts: { messages: index === years.length - 1 ? messages : [] },
        metadata: context.metadata,
      }
    })
  })
}
