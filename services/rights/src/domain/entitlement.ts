import { accept, type Decider, type Rejection } from '@ziv/kernel'
import type { RightDecision } from './decision.ts'
import type { EntitlementEvent } from './entitlement.events.ts'

/** Decisions ever taken about one person and year, and which of them stand. */
export interface EntitlementState {
  readonly known: ReadonlySet<string>
  readonly standing: ReadonlySet<string>
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
  const standing = new Set(state.standing)
  if (event.type === 'RightWithdrawn') standing.delete(id)
  else standing.add(id)
  return { known: new Set(state.known).add(id), standing }
}

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
  initialState: () => ({ known: new Set(), standing: new Set() }),
  evolve,
  decide: ({ personId, desired, daysChangedFrom, because }, state) => {
    const wanted = new Set(desired.map(({ decisionId }) => decisionId))
    const withdrawn = [...state.standing].filter((id) => !wanted.has(id))
    const fresh = desired.filter(({ decisionId }) => !state.standing.has(decisionId))
    return accept<EntitlementEvent>(
      ...withdrawn.map(
        (decisionId) => ({ type: 'RightWithdrawn', version: 1, data: { decisionId, personId, because } }) as const,
      ),
      ...fresh.map((decision) =>
        state.known.has(decision.decisionId)
          ? ({ type: 'RightReinstated', version: 1, data: { decisionId: decision.decisionId, personId } } as const)
          : decided(decision),
      ),
      ...(daysChangedFrom !== undefined && withdrawn.length + fresh.length === 0
        ? [{ type: 'DaysRevised', version: 1, data: { personId, changedFrom: daysChangedFrom } } as const]
        : []),
    )
  },
}
