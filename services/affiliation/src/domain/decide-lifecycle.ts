import { closeAffiliation, releaseDependants } from './decide-affiliation.ts'
import { allow, type PersonDecision, refuse, requireKnown, requireLiving } from './decision.ts'
import type { PersonCommandOf } from './person.commands.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import { evolvePerson, type Person } from './person.ts'

export function registerPerson(
  command: PersonCommandOf<'RegisterPerson'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  if (person.personId !== null) return refuse('personAlreadyExists')
  if (command.birthDate > facts.today) return refuse('dateInFuture', { field: 'birthDate', day: command.birthDate })
  const { type: _, ...data } = command
  return allow(personEvent('PersonRegistered', data))
}

/** A bisnummer becomes a national number, or a register corrects a number: both lead to the person from then on. */
export function replaceIdentifier(command: PersonCommandOf<'ReplaceIdentifier'>, person: Person): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  if (command.previousInszIndex !== person.inszIndex) return refuse('identifierNotCurrent')
  if (command.inszIndex === person.inszIndex) return refuse('identifierUnchanged')
  const { type: _, ...data } = command
  return allow(personEvent('IdentifierReplaced', data))
}

/** Everything that still runs ends on the day of death; whoever depended on the person loses that quality. */
export function recordDeath(
  command: PersonCommandOf<'RecordDeath'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireLiving(person)
  if (barred) return barred
  const { diedOn } = command
  if (diedOn > facts.today) return refuse('dateInFuture', { field: 'diedOn', day: diedOn })
  if (person.birthDate !== null && diedOn < person.birthDate)
    return refuse('beforeBirth', { field: 'diedOn', day: diedOn })
  const events: PersonEvent[] = []
  let current = person
  for (const affiliation of person.affiliations) {
    if (affiliation.to !== null && affiliation.to <= diedOn) continue
    const closed = closeAffiliation(current, affiliation.affiliationId, diedOn, 'death')
    if (!closed.ok) return closed
    events.push(...closed.events)
    current = closed.events.reduce(evolvePerson, current)
  }
  return allow(...events, ...releaseDependants(person, diedOn), personEvent('PersonDied', { diedOn }))
}

/** Personal data goes when no insurance needs it any more (art. 17 GDPR; the law obliges to keep it before that). */
export function erasePerson(
  command: PersonCommandOf<'ErasePerson'>,
  person: Person,
  facts: PersonFacts,
): PersonDecision {
  const barred = requireKnown(person)
  if (barred) return barred
  const open = person.affiliations.some((entry) => entry.to === null || entry.to >= facts.today)
  return open ? refuse('erasureWhileAffiliated') : allow(personEvent('PersonErased', { reason: command.reason }))
}
