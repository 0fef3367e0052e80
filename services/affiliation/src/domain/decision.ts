import { dayToCome, type IsoDate, type Rejection } from '@ziv/kernel'
import type { CapacityRole } from '@ziv/law'
import type { PersonEvent } from './person.events.ts'
import type { PersonDecision, PersonFacts } from './person.facts.ts'
import type { Capacity, Person } from './person.ts'

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

/** Refuses what would begin after the death of a person; what began before it can still become known. */
export function requireAlive(person: Person, from: IsoDate): Refusal | null {
  return requireKnown(person) ?? (person.diedOn !== null && from > person.diedOn ? requireLiving(person) : null)
}

/** Refuses a capacity that the catalogue does not open, or that is taken in the other role. */
export function requireRole(kind: string, role: CapacityRole, facts: PersonFacts): Refusal | null {
  const capacity = facts.capacityOf(kind)
  if (capacity?.evidence === undefined) return refuse('capacityUnknown', { capacity: kind })
  if (capacity.role === role) return null
  return role === 'holder' ? refuse('dependantUsesOwnPath') : refuse('notOfDependant', { capacity: kind })
}

/** Refuses a quality acquired before the law here knows the capacity. */
export function beforeCapacity(kind: string, acquiredOn: IsoDate, facts: PersonFacts): Refusal | null {
  const firstDay = facts.knownFrom(kind)
  return acquiredOn < firstDay ? refuse('beforeLaw', { field: 'acquiredOn', day: acquiredOn, firstDay }) : null
}

/** Refuses the first day of something that has happened which has not come. */
export function inFuture(days: Parameters<typeof dayToCome>[0], facts: PersonFacts): Refusal | null {
  const ahead = dayToCome(days, facts.today)
  return ahead && refuse('dateInFuture', { field: ahead.field, day: ahead.day })
}

/** Refuses the first day that has not come, that lies before the law this system knows, or before the birth of the person. */
export function impossibleDays(
  days: Readonly<Record<string, IsoDate | null | undefined>>,
  person: Pick<Person, 'birthDate'>,
  facts: PersonFacts,
): Refusal | null {
  for (const [field, day] of Object.entries(days)) {
    if (day === null || day === undefined) continue
    if (day < facts.firstDay) return refuse('beforeLaw', { field, day, firstDay: facts.firstDay })
    const ahead = inFuture({ [field]: day }, facts)
    if (ahead) return ahead
    if (person.birthDate !== null && day < person.birthDate) return refuse('beforeBirth', { field, day })
  }
  return null
}

/** The refusal of what is asked of a capacity that is not there: withdrawn, or never known. */
export function noSuchCapacity({ withdrawnCapacities }: Person, capacityId: string): Refusal {
  const gone = withdrawnCapacities.find((entry) => entry.capacityId === capacityId)
  return gone ? refuse('capacityWithdrawn', { capacity: gone.capacity }) : refuse('capacityNotFound')
}

/** Refuses a capacity on which a decision was negative, or that waited for one until its affiliation ended: it is asked anew. */
export function closedCapacity({ capacity, status, verdict }: Capacity): Refusal | null {
  if (verdict === 'refused') return refuse('capacityRefused', { capacity })
  return status === 'refused' ? refuse('capacityLapsed', { capacity }) : null
}
