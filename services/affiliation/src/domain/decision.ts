import type { Rejection } from '@ziv/kernel'
import type { PersonEvent } from './person.events.ts'
import type { PersonDecision } from './person.facts.ts'
import type { Person } from './person.ts'

export type { PersonDecision } from './person.facts.ts'

type Refusal = Extract<PersonDecision, { ok: false }>

export const allow = (...events: readonly PersonEvent[]): PersonDecision => ({ ok: true, events })
export const refuse = (code: string, params: NonNullable<Rejection['params']> = {}): Refusal => ({
  ok: false,
  rejection: { code, params },
})

/** Refuses when the person is unknown or erased. */
export function requireKnown(person: Person): Refusal | null {
  if (person.personId === null) return refuse('personNotFound')
  return person.erased ? refuse('personErased') : null
}

/** Refuses when nothing new may start or end: unknown, erased or died. */
export function requireLiving(person: Person): Refusal | null {
  return requireKnown(person) ?? (person.diedOn === null ? null : refuse('personDied', { diedOn: person.diedOn }))
}
