import { accept, type Decider, type Rejection } from '@ziv/kernel'
import type { RightDecision } from './decision.ts'
import type { EntitlementEvent } from './entitlement.events.ts'

/** Ids of the decisions ever taken about one person and year, and of those that stand: a handful, each once. */
export interface EntitlementState {
  readonly known: readonly string[]
  readonly standing: readonly string[]
}

/** The decisions that the facts, as known now, lead to. */
export interface Establish {
  readonly personId: string
  readonly desired: readonly RightDecision[]
  /** First day with another answer although no decision changed: another insurer, a death. */
  readonly daysChangedFrom?: string
  /** Events of other services that brought the change. */
  readonly because: readonly string[]
}

/** `entitlement-<person>-<year>`: one short stream per person and year. */
export const entitlementStream = (personId: string, year: number): string => `entitlement-${personId}-${year}`

/** The person of an entitlement stream. */
export const personOfStream = (streamId: string): string => streamId.slice('entitlement-'.length, -'-0000'.length)

const evolve = (state: EntitlementState, event: EntitlementEvent): EntitlementState => {
  if (event.type === 'DaysRevised') return state
  const id = event.data.decisionId
  const known = withId(state.known, id)
  if (event.type !== 'RightWithdrawn') return { known, standing: withId(state.standing, id) }
  return { known, standing: state.standing.filter((each) => each !== id) }
}

const withId = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id])

const NOTHING_DECIDED: EntitlementState = { known: [], standing: [] }

/** The event that records a decision for the first time. */
export const decided = (decision: RightDecision): EntitlementEvent => ({
  type: 'RightDecided',
  version: 1,
  data: decision,
})

/**
 * Brings a year in line with the decisions the facts lead to. Nothing is overwritten: what no longer stands is withdrawn by
 * an event, what stands again is reinstated, and the same decisions twice give no event.
 */
export const entitlement: Decider<EntitlementState, Establish, EntitlementEvent, Rejection, unknown> = {
  initialState: () => NOTHING_DECIDED,
  evolve,
  decide: ({ personId, desired, daysChangedFrom, because }, state) => {
    const withdrawn = state.standing.filter((id) => desired.every(({ decisionId }) => decisionId !== id))
    const fresh = desired.filter(({ decisionId }) => !state.standing.includes(decisionId))
    return accept<EntitlementEvent>(
      ...withdrawn.map(
        (decisionId) => ({ type: 'RightWithdrawn', version: 1, data: { decisionId, personId, because } }) as const,
      ),
      ...fresh.map((decision) =>
        state.known.includes(decision.decisionId)
          ? ({ type: 'RightReinstated', version: 1, data: { decisionId: decision.decisionId, personId } } as const)
          : decided(decision),
      ),
      ...(daysChangedFrom !== undefined && withdrawn.length + fresh.length === 0
        ? [{ type: 'DaysRevised', version: 1, data: { personId, changedFrom: daysChangedFrom } } as const]
        : []),
    )
  },
}
