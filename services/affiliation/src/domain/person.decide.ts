import type { Decider, Rejection } from '@ziv/kernel'
import { affiliate, endAffiliation } from './decide-affiliation.ts'
import { acquireCapacity, endCapacity, recordEvidence } from './decide-capacity.ts'
import { addDependant, becomeDependant, loseHolder, releaseDependant } from './decide-dependant.ts'
import { erasePerson, recordDeath, registerPerson, replaceIdentifier } from './decide-lifecycle.ts'
import type { PersonCommand } from './person.commands.ts'
import type { PersonEvent } from './person.events.ts'
import type { PersonDecision, PersonFacts } from './person.facts.ts'
import { evolvePerson, nobody, type Person } from './person.ts'

/** Decides one command on one person. Pure: the same command, state and facts give the same answer for ever. */
export function decidePerson(command: PersonCommand, person: Person, facts: PersonFacts): PersonDecision {
  switch (command.type) {
    case 'RegisterPerson':
      return registerPerson(command, person, facts)
    case 'ReplaceIdentifier':
      return replaceIdentifier(command, person)
    case 'Affiliate':
      return affiliate(command, person, facts)
    case 'EndAffiliation':
      return endAffiliation(command, person)
    case 'AcquireCapacity':
      return acquireCapacity(command, person, facts)
    case 'EndCapacity':
      return endCapacity(command, person)
    case 'RecordEvidence':
      return recordEvidence(command, person, facts)
    case 'BecomeDependant':
      return becomeDependant(command, person, facts)
    case 'AddDependant':
      return addDependant(command, person, facts)
    case 'ReleaseDependant':
      return releaseDependant(command, person)
    case 'LoseHolder':
      return loseHolder(command, person)
    case 'RecordDeath':
      return recordDeath(command, person, facts)
    case 'ErasePerson':
      return erasePerson(command, person, facts)
  }
}

export const personDecider: Decider<Person, PersonCommand, PersonEvent, Rejection, PersonFacts> = {
  initialState: () => nobody,
  evolve: evolvePerson,
  decide: decidePerson,
}
