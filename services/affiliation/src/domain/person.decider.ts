import type { Decider, Rejection } from '@ziv/kernel'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { PersonFacts } from './person.facts.ts'
import { nobody, type Person } from './person.ts'

/** The rules of `person-<uuid>`. */
export const personDecider: Decider<Person, PersonCommand, PersonEvent, Rejection, PersonFacts> = {
  initialState: () => nobody,
  evolve: evolvePerson,
  decide: decidePerson,
}
