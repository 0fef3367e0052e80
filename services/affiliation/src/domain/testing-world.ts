import { addDays, type IsoDate } from '@ziv/kernel'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { PersonFacts } from './person.facts.ts'
import { reactionsTo } from './person.reactions.ts'
import { nobody, type Person } from './person.ts'
import { day, factsOn, migrated, noIncome, numbered } from './testing-facts.ts'

/** A small world of four persons, on which random commands with their consequences are played as the service plays them. */
export type World = ReadonlyMap<string, Person>

const uuid = (kind: string, n: number): string => `0199a000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`
export const people = [0, 1, 2, 3].map((n) => uuid('0', n))
const today = '2026-12-31'
const because = 'clericalError'

export interface Step {
  readonly who: number
  readonly holder: number
  readonly what: string
  /** Which of the entries the person has, counted from the last. */
  readonly which: number
  readonly day: number
  readonly fund: string
  readonly kind: string
}
type Of = (given: Step, on: IsoDate, ids: Ids) => PersonCommand
interface Ids {
  /** For what begins with the command. */
  readonly affiliationId: string
  readonly capacityId: string
  /** What is there already. */
  readonly affiliation: string
  readonly capacity: string
}

const ownKind = ({ kind }: Step) => (kind === 'EMPLOYEE' ? 'EMPLOYEE' : 'SELF_EMPLOYED')
const asked = (on: IsoDate, { capacityId }: Ids) => ({ capacityId, acquiredOn: on, requestedOn: on })
const proof = numbered(migrated)
const inDoubt = (fund: string): boolean => fund === '306'
const searchYear = (on: IsoDate) =>
  numbered({
    ...{ kind: 'residenceDocument', document: 'annex15', box: 5 },
    issuedOn: on,
    modelDate: day('2023-03-01'),
  })

const beginning: Readonly<Record<string, Of>> = {
  affiliate: (given, on, ids) => ({
    ...{ type: 'Affiliate', affiliationId: ids.affiliationId, ziekenfonds: given.fund, requestedOn: on },
    capacity: { ...asked(on, ids), kind: ownKind(given), evidence: proof },
  }),
  affiliateFrom: (given, on, { affiliationId }) => ({
    ...{ type: 'Affiliate', affiliationId, ziekenfonds: given.fund, requestedOn: on, from: on },
  }),
  acquire: (given, on, ids) => ({ type: 'AcquireCapacity', ...asked(on, ids), kind: ownKind(given), evidence: proof }),
  resident: (_, on, ids) => ({ type: 'AcquireCapacity', ...asked(on, ids), kind: 'RESIDENT', evidence: proof }),
  ask: (_, on, ids) => ({ type: 'AcquireCapacity', ...asked(on, ids), kind: 'RESIDENT', evidence: searchYear(on) }),
  repair: (_, on, ids) => ({
    ...{ type: 'AcquireCapacity', ...asked(on, ids), kind: 'RESIDENT', evidence: proof, repairsYear: 2025 },
  }),
  depend: ({ kind, fund }, on, ids) => ({
    ...{ type: 'BecomeDependant', ...asked(on, ids), affiliationId: ids.affiliationId },
    ...(kind === 'DEPENDANT_CHILD'
      ? { kind, evidence: proof }
      : { kind: 'DEPENDANT_SPOUSE', evidence: numbered(migrated, noIncome(inDoubt(fund) ? on : addDays(on, 91))) }),
  }),
}

const ending: Readonly<Record<string, Of>> = {
  answer: ({ fund }, on, { capacity, capacityId }) => ({
    ...{ type: 'RecordEvidence', capacityId: capacity, evidenceId: capacityId },
    evidence: { kind: 'immigrationOfficeDecision', decidedOn: on, positive: inDoubt(fund) },
  }),
  endCapacity: (_, on, { capacity }) => ({ type: 'EndCapacity', capacityId: capacity, to: on }),
  leave: (_, on, { affiliation }) => ({
    ...{ type: 'EndAffiliation', affiliationId: affiliation, to: on, reason: 'departure' },
  }),
  die: (_, on) => ({ type: 'RecordDeath', diedOn: on }),
  erase: () => ({ type: 'ErasePerson', reason: 'retentionEnded' }),
}

const correcting: Readonly<Record<string, Of>> = {
  correctDeath: ({ fund }, on) => ({ type: 'CorrectPerson', diedOn: inDoubt(fund) ? null : on, because }),
  correctBirth: ({ fund, kind }) => ({
    ...{ type: 'CorrectPerson', because },
    birthDate: day(!inDoubt(fund) ? '1985-07-30' : kind === 'EMPLOYEE' ? '2000-03-01' : '2010-01-01'),
  }),
  correctDeparture: ({ fund }, on, { affiliation }) => ({
    ...{ type: 'CorrectAffiliation', affiliationId: affiliation, to: inDoubt(fund) ? null : on, because },
  }),
  correctAffiliation: (_, on, { affiliation }) => ({
    ...{ type: 'CorrectAffiliation', affiliationId: affiliation, from: on, because },
  }),
  withdrawAffiliation: (_, __, { affiliation }) => ({
    ...{ type: 'WithdrawAffiliation', affiliationId: affiliation, because },
  }),
  withdrawCapacity: (_, __, { capacity }) => ({ type: 'WithdrawCapacity', capacityId: capacity, because }),
  correctStart: ({ kind }, on, { capacity, capacityId }) => ({
    ...{ type: 'CorrectCapacity', capacityId: capacity, acquiredOn: on, because },
    evidence: (kind === 'DEPENDANT_SPOUSE' ? [migrated, noIncome(on)] : [migrated]).map((evidence, n) => ({
      // a proof of its own each time, as the service numbers them
      ...{ evidence, evidenceId: n === 0 ? capacityId : capacityId.replace('-c', '-e') },
    })),
  }),
  correctRequest: (_, on, { capacity }) => ({
    ...{ type: 'CorrectCapacity', capacityId: capacity, requestedOn: on, evidence: [], because },
  }),
  correctEnd: ({ fund }, on, { capacity }) => ({
    ...{ type: 'CorrectCapacity', capacityId: capacity, to: inDoubt(fund) ? on : null, evidence: [], because },
  }),
}
/** What can be done, by its name. */
export const commands = { ...beginning, ...ending, ...correcting }

/** The command of a step, about somebody as he or she is known; `n` gives what begins its names. */
export function commandOf(given: Step, person: Person, n: number): PersonCommand {
  const [affiliationId, capacityId] = [uuid('a', n), uuid('c', n)]
  const ids = {
    ...{ affiliationId, capacityId },
    affiliation: person.affiliations.at(-1 - given.which)?.affiliationId ?? affiliationId,
    capacity: person.capacities.at(-1 - given.which)?.capacityId ?? capacityId,
  }
  return (commands[given.what] as Of)(given, addDays(day('2025-01-01'), given.day), ids)
}

export interface Played {
  readonly world: World
  readonly events: readonly PersonEvent[]
}

/** The holder is told for a claim to depend on one, and for a correction of a claim. */
function holderFor(
  command: PersonCommand,
  person: Person,
  world: World,
  holderId: string,
): Pick<PersonFacts, 'holder'> {
  if (command.type === 'BecomeDependant') return { holder: world.get(holderId) as Person }
  if (command.type !== 'CorrectCapacity' && command.type !== 'WithdrawCapacity') return {}
  const holder = world.get(
    person.capacities.find((entry) => entry.capacityId === command.capacityId)?.holderPersonId ?? '',
  )
  return holder ? { holder } : {}
}

/** Plays a command and what follows from it; a refusal anywhere leaves the world as it was. `seen` looks at each person who changed. */
export function play(
  world: World,
  { personId, command, holderId }: { personId: string; command: PersonCommand; holderId: string },
  seen: (person: Person, facts: PersonFacts) => void,
): Played {
  const next = new Map(world)
  // long after, when no term keeps anybody who left
  const facts = factsOn(command.type === 'ErasePerson' ? '2040-01-01' : today, {
    acceptsMigratedRecords: true,
    ...holderFor(command, world.get(personId) as Person, world, holderId),
  })
  const queue = [{ personId, command }]
  const events: PersonEvent[] = []
  for (let item = queue.shift(); item; item = queue.shift()) {
    const before = next.get(item.personId) as Person
    const decision = decidePerson(item.command, before, facts)
    if (!decision.ok) return { world, events: [] }
    const after = decision.events.reduce(evolvePerson, before)
    seen(after, facts)
    next.set(item.personId, after)
    events.push(...decision.events)
    queue.push(...reactionsTo(decision.events, before, after))
  }
  return { world: next, events }
}

/** Two adults and two children, of whom nothing else is known. */
export const newWorld = (): World =>
  new Map(
    people.map((personId, n) => {
      const identity = { insz: { $sealed: 'a' }, name: { $sealed: 'b' } }
      const birthDate = day(n < 2 ? '1985-07-30' : '2010-01-01')
      const data = { personId, inszIndex: `index-${n}`, bis: false, birthDate, sex: 'X', identity } as const
      return [personId, evolvePerson(nobody, { type: 'PersonRegistered', version: 1, data })] as const
    }),
  )
