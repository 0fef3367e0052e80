import { movableClock, uuidV5 } from '@ziv/kernel'
import type { Ground, Law } from '@ziv/law'
import { day, type Questions, question } from '@ziv/law/testing'
import { z } from 'zod'
import { contradiction } from '../domain/contradiction.ts'
import { factsOf } from '../domain/law-facts.ts'
import { decidePerson } from '../domain/person.decide.ts'
import { evolvePerson } from '../domain/person.evolve.ts'
import type { PersonFacts } from '../domain/person.facts.ts'
import { reactionsTo } from '../domain/person.reactions.ts'
import { coversDay, nobody, type Person } from '../domain/person.ts'
import { step, type Told, tell } from './story-steps.ts'

/** A story of persons by their first names, told step by step until `today`. */
const situation = z.strictObject({
  today: day,
  /** Names with the day of birth. */
  persons: z.record(z.string(), day),
  steps: z.array(step).min(1),
})
type Story = z.output<typeof situation>

const personIdOf = (name: string): string => uuidV5(`scenario/${name}`)

function newPerson(name: string, birthDate: Story['today']): Person {
  const identity = { insz: { $sealed: 'a' }, name: { $sealed: 'b' } }
  const data = { personId: personIdOf(name), inszIndex: name, bis: false, birthDate, sex: 'X', identity } as const
  return evolvePerson(nobody, { type: 'PersonRegistered', version: 1, data })
}

/** The facts of the service, which also keep the grounds that the law gave. */
function heardFacts(law: Law, today: Story['today'], grounds: Ground[]): PersonFacts {
  const facts = factsOf(law, movableClock(today))
  return {
    ...facts,
    dependantAdmission: (claim) => {
      const decision = facts.dependantAdmission(claim)
      grounds.push(...decision.grounds)
      return decision
    },
  }
}

/** Plays one step with all that follows from it; gives the code of the refusal, or `accepted`. */
function playStep(
  told: Told,
  world: Map<string, Person>,
  names: ReadonlyMap<string, string>,
  facts: PersonFacts,
): string {
  const holder = told.holder === undefined ? undefined : world.get(told.holder)
  const next = new Map(world)
  const queue = [{ who: told.who, command: told.command }]
  for (let item = queue.shift(); item; item = queue.shift()) {
    const before = next.get(item.who) ?? nobody
    const decision = decidePerson(item.command, before, holder ? { ...facts, holder } : facts)
    if (!decision.ok) return decision.rejection.code
    const after = decision.events.reduce(evolvePerson, before)
    const wrong = contradiction({ before, person: after, events: [] })
    if (wrong && !wrong.ok) return `${wrong.rejection.code} of ${item.who}, accepted all the same`
    next.set(item.who, after)
    const follow = reactionsTo(decision.events, before, after)
    queue.push(...follow.map(({ personId, command }) => ({ who: names.get(personId) ?? '', command })))
  }
  for (const [name, person] of next) world.set(name, person)
  return 'accepted'
}

function tellPerson(person: Person, today: Story['today']) {
  const home = person.affiliations.find((entry) => coversDay(entry, today))
  return {
    insurer: home?.insurer ?? null,
    capacities: person.capacities.map(({ capacity, from, to }) =>
      from === null ? `${capacity} waits` : `${capacity} from ${from}${to === null ? '' : ` to ${to}`}`,
    ),
    dependants: person.dependants.filter((entry) => !entry.displaced && coversDay(entry, today)).length,
  }
}

function answerStory({ persons, steps, today }: Story, law: Law) {
  const world = new Map(Object.entries(persons).map(([name, birth]) => [name, newPerson(name, birth)]))
  const names = new Map(Object.keys(persons).map((name) => [personIdOf(name), name]))
  const grounds: Ground[] = []
  const facts = heardFacts(law, today, grounds)
  const answers = steps.map((given, index) =>
    playStep(tell(given, `${Object.keys(persons).join()}/${index}`, world), world, names, facts),
  )
  const told = Object.fromEntries([...world].map(([name, person]) => [name, tellPerson(person, today)]))
  return { words: { answers, ...told }, grounds }
}

/** What scenarios ask of this service: the answer to every step of a story, and how each person stands at its end. */
export const affiliationQuestions: Questions = { story: question(situation, answerStory) }
