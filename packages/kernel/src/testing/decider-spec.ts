import { AssertionError } from 'node:assert'
import { inspect, isDeepStrictEqual } from 'node:util'
import { type Decider, type Decision, foldEvents } from '../decider.ts'
import type { Rejection } from '../rejection.ts'

/** The past is set: say what is known from outside. */
export interface Given<C, E, R, F> {
  on(facts: F): OnFacts<C, E, R>
}

/** Past and facts are set: give the command. */
export interface OnFacts<C, E, R> {
  when(command: C): Outcome<E, R>
}

/** The decision was taken: say what is expected. Each check throws an AssertionError that shows both sides. */
export interface Outcome<E, R> {
  /** Exactly these events in this order; none means that nothing happened. Also folds them, so `evolve` must know them. */
  then(...events: readonly E[]): void
  /** Refused with this code and, when given, exactly these params. */
  thenRejected(code: string, params?: Rejection['params']): void
  /** The bare decision, for checks of another kind. */
  readonly decision: Decision<E, R>
}

/**
 * Spec of a decider: `given(decider, ...events).on(facts).when(command).then(...events)` or `.thenRejected(code)`.
 * The state is frozen before the command, so a `decide` that changes it fails.
 */
export function given<S, C, E, R extends Rejection, F>(
  decider: Decider<S, C, E, R, F>,
  ...past: readonly E[]
): Given<C, E, R, F> {
  return {
    on: (facts) => ({
      when: (command) => {
        const state = deepFreeze(foldEvents(decider, past))
        const decision = decider.decide(command, state, facts)
        return outcomeOf(decision, () => foldEvents(decider, decision.ok ? [...past, ...decision.events] : past))
      },
    }),
  }
}

function outcomeOf<E, R extends Rejection>(decision: Decision<E, R>, refold: () => unknown): Outcome<E, R> {
  return {
    decision,
    // biome-ignore lint/suspicious/noThenProperty: the word of given/when/then; nobody awaits an outcome
    then(...events) {
      if (!decision.ok)
        throw failure(
          `expected ${listOf(events)} but it was ${refusal(decision.rejection)}`,
          events,
          decision.rejection,
        )
      if (!isDeepStrictEqual(decision.events, events)) {
        throw failure(`expected ${listOf(events)} but got ${listOf(decision.events)}`, events, decision.events)
      }
      refold()
    },
    thenRejected(code, params) {
      const expected = params === undefined ? { code } : { code, params }
      if (decision.ok)
        throw failure(`expected ${refusal(expected)} but got ${listOf(decision.events)}`, expected, decision.events)
      const same =
        decision.rejection.code === code &&
        (params === undefined || isDeepStrictEqual(decision.rejection.params ?? {}, params))
      if (!same) {
        throw failure(
          `expected ${refusal(expected)} but it was ${refusal(decision.rejection)}`,
          expected,
          decision.rejection,
        )
      }
    },
  }
}

function failure(message: string, expected: unknown, actual: unknown): AssertionError {
  return new AssertionError({ message, expected, actual, operator: 'deepStrictEqual' })
}

function listOf(events: readonly unknown[]): string {
  return events.length === 0
    ? 'no events'
    : `${events.length} event(s) ${inspect(events, { depth: 8, breakLength: 120 })}`
}

function refusal(rejection: Rejection): string {
  return `refused with ${rejection.code}${rejection.params ? ` ${inspect(rejection.params)}` : ''}`
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
