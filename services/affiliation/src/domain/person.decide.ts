import type { Decider, Rejection } from '@ziv/kernel'
import { affiliate, endAffiliation } from './decide-affiliation.ts'
import { acquireCapacity, endCapacity, recordEvidence } from './decide-capacity.ts'
import * as correction from './decide-correction.ts'
import { addDependant, alignDependant, becomeDependant } from './decide-dependant.ts'
import { erasePerson, recordDeath, registerPerson, replaceIdentifier } from './decide-lifecycle.ts'
import { followHolder } from './follow-holder.ts'
import type { PersonCommand, PersonCommandOf, PersonCommandType } from './person.commands.ts'
import type { PersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { PersonDecision, PersonFacts } from './person.facts.ts'
import { nobody, type Person } from './person.ts'

type Deciders = {
  readonly [T in PersonCommandType]: (command: PersonCommandOf<T>, person: Person, facts: PersonFacts) => PersonDecision
}

const deciders: Deciders = {
  RegisterPerson: registerPerson,
  ReplaceIdentifier: replaceIdentifier,
  Affiliate: affiliate,
  EndAffiliation: endAffiliation,
  AcquireCapacity: acquireCapacity,
  EndCapacity: endCapacity,
  RecordEvidence: recordEvidence,
  BecomeDependant: becomeDependant,
  AddDependant: addDependant,
  AlignDependant: alignDependant,
  FollowHolder: followHolder,
  CorrectCapacity: correction.correctCapacity,
  WithdrawCapacity: correction.withdrawCapacity,
  CorrectAffiliation: correction.correctAffiliation,
  WithdrawAffiliation: correction.withdrawAffiliation,
  CorrectEvidence: correction.correctEvidence,
  CorrectPerson: correction.correctPerson,
  RecordDeath: recordDeath,
  ErasePerson: erasePerson,
}

/** Decides one command on one person. Pure: the same command, state and facts give the same answer for ever. */
export function decidePerson(command: PersonCommand, person: Person, facts: PersonFacts): PersonDecision {
  return (deciders[command.type] as Deciders[PersonCommandType])(command as never, person, facts)
}

export const personDecider: Decider<Person, PersonCommand, PersonEvent, Rejection, PersonFacts> = {
  initialState: () => nobody,
  evolve: evolvePerson,
  decide: decidePerson,
}
