import type { Rejection } from './rejection.ts'

/** Something that happened, as a service stores it: private to that service. */
export interface DomainEvent {
  readonly type: string
  readonly version: number
  readonly data: object
  /** Known once it is stored, or about to be: the fold sees it, a decision does not give it. */
  readonly id?: string
}

/** Outcome of a command: events to store, or a refusal. A broken invariant is neither: it throws. */
export type Decision<E, R = Rejection> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly rejection: R }

/**
 * The rules of one kind of stream, as pure functions of state S, command C, event E, rejection R and facts F. Everything from
 * outside (today, the caller, generated ids, the law on that day) arrives in the facts, so that a decision can be taken again.
 */
export interface Decider<S, C, E, R = Rejection, F = undefined> {
  initialState(): S
  /** Total over the events of its own stream: an unknown one is a defect and throws. */
  evolve(state: S, event: E): S
  decide(command: C, state: S, facts: F): Decision<E, R>
}

/** The decision that these events happened; none when nothing changes. */
export function accept<E>(...events: readonly E[]): { readonly ok: true; readonly events: readonly E[] } {
  return { ok: true, events }
}

/** The refusal with a code of the service's catalogue and the values its sentence names. */
export function reject<Code extends string>(
  code: Code,
  params?: Rejection['params'],
): { readonly ok: false; readonly rejection: Rejection<Code> } {
  return { ok: false, rejection: params === undefined ? { code } : { code, params } }
}

/** The state after the events, from the beginning or from a given state. */
export function foldEvents<S, E>(
  decider: Pick<Decider<S, never, E, never, never>, 'initialState' | 'evolve'>,
  events: Iterable<E>,
  from: S = decider.initialState(),
): S {
  let state = from
  for (const event of events) state = decider.evolve(state, event)
  return state
}
