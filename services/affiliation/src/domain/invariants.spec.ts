import { addDays } from '@ziv/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, parsePersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import { reactionsTo } from './person.reactions.ts'
import { coversDay, nobody, type Person } from './person.ts'
import { day, factsOn, migrated, noIncome, numbered } from './testing-facts.ts'

/** A small world of four persons, on which random commands with their consequences are played as the service plays them. */
const uuid = (kind: string, n: number): string => `0199a000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`
const people = [0, 1, 2, 3].map((n) => uuid('0', n))
const today = '2026-12-31'
const because = 'clericalError'

interface Step {
  readonly who: number
  readonly holder: number
  readonly what: string
  readonly day: number
  readonly fund: string
  readonly kind: string
}
const step: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(3),
  holder: fc.nat(3),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('affiliate', 'affiliateFrom', 'acquire') },
    { weight: 5, arbitrary: fc.constant('depend') },
    { weight: 3, arbitrary: fc.constantFrom('endCapacity', 'leave') },
    { weight: 1, arbitrary: fc.constantFrom('die', 'erase') },
    { weight: 3, arbitrary: fc.constantFrom('correctDeath', 'correctDeparture', 'correctBirth', 'withdrawCapacity') },
  ),
  day: fc.constantFrom(0, 31, 59, 89, 90, 91, 120, 181, 182, 300, 400),
  fund: fc.constantFrom('306', '306', '501'),
  kind: fc.constantFrom<string>('EMPLOYEE', 'SELF_EMPLOYED', 'DEPENDANT_SPOUSE', 'DEPENDANT_CHILD'),
})

function commandOf(given: Step, person: Person, n: number): PersonCommand {
  const on = addDays(day('2025-01-01'), given.day)
  const [affiliationId, capacityId] = [uuid('a', n), uuid('c', n)]
  const proof = numbered(migrated)
  const holderKind = given.kind === 'EMPLOYEE' ? 'EMPLOYEE' : 'SELF_EMPLOYED'
  const capacity = { capacityId, kind: holderKind, acquiredOn: on, requestedOn: on, evidence: proof } as const
  switch (given.what) {
    case 'affiliate':
      return { type: 'Affiliate', affiliationId, ziekenfonds: given.fund, requestedOn: on, capacity }
    case 'affiliateFrom':
      return { type: 'Affiliate', affiliationId, ziekenfonds: given.fund, requestedOn: on, from: on }
    case 'acquire':
      return { type: 'AcquireCapacity', ...capacity }
    case 'endCapacity':
      return { type: 'EndCapacity', capacityId: person.capacities.at(-1)?.capacityId ?? capacityId, to: on }
    case 'leave':
      return {
        type: 'EndAffiliation',
        affiliationId: person.affiliations.at(-1)?.affiliationId ?? affiliationId,
        to: on,
        reason: 'departure',
      }
    case 'depend': {
      const kind = given.kind === 'DEPENDANT_CHILD' ? 'DEPENDANT_CHILD' : 'DEPENDANT_SPOUSE'
      return {
        type: 'BecomeDependant',
        capacityId,
        affiliationId,
        kind,
        acquiredOn: on,
        requestedOn: on,
        evidence: kind === 'DEPENDANT_CHILD' ? proof : numbered(migrated, noIncome(on)),
      }
    }
    case 'die':
      return { type: 'RecordDeath', diedOn: on }
    case 'correctDeath':
      return { type: 'CorrectPerson', diedOn: given.fund === '306' ? null : on, because }
    case 'correctBirth':
      return { type: 'CorrectPerson', birthDate: day(given.fund === '306' ? '2010-01-01' : '1985-07-30'), because }
    case 'correctDeparture':
      return {
        type: 'CorrectAffiliation',
        affiliationId: person.affiliations.at(-1)?.affiliationId ?? affiliationId,
        to: given.fund === '306' ? null : on,
        because,
      }
    case 'withdrawCapacity':
      return { type: 'WithdrawCapacity', capacityId: person.capacities.at(-1)?.capacityId ?? capacityId, because }
    default:
      return { type: 'ErasePerson', reason: 'retentionEnded' }
  }
}

/** Plays a command and what follows from it; a refusal anywhere leaves the world as it was. */
function play(
  world: Map<string, Person>,
  personId: string,
  command: PersonCommand,
  holderId: string,
): readonly PersonEvent[] {
  const next = new Map(world)
  // long after, when no term keeps anybody who left
  const facts = factsOn(command.type === 'ErasePerson' ? '2040-01-01' : today, {
    acceptsMigratedRecords: true,
    holder: world.get(holderId) as Person,
  })
  const queue = [{ personId, command }]
  const played: PersonEvent[] = []
  for (let item = queue.shift(); item; item = queue.shift()) {
    const before = next.get(item.personId) as Person
    const decision = decidePerson(item.command, before, facts)
    if (!decision.ok) return []
    const after = decision.events.reduce(evolvePerson, before)
    next.set(item.personId, after)
    played.push(...decision.events)
    queue.push(...reactionsTo(decision.events, before, after))
  }
  for (const [id, person] of next) world.set(id, person)
  return played
}

function newWorld(): Map<string, Person> {
  return new Map(
    people.map((personId, n) => {
      const identity = { insz: { $sealed: 'a' }, name: { $sealed: 'b' } }
      const birthDate = day(n < 2 ? '1985-07-30' : '2010-01-01')
      const data = { personId, inszIndex: `index-${n}`, bis: false, birthDate, sex: 'X', identity } as const
      return [personId, evolvePerson(nobody, { type: 'PersonRegistered', version: 1, data })] as const
    }),
  )
}

const days = Array.from({ length: 45 }, (_, n) => addDays(day('2025-01-01'), n * 10))

function check(world: ReadonlyMap<string, Person>): void {
  for (const person of world.values()) {
    const sorted = person.affiliations.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    for (const [index, entry] of sorted.entries()) {
      expect(entry.to === null || entry.to >= entry.from).toBe(true)
      const previous = sorted[index - 1]
      if (previous) expect(previous.to !== null && previous.to < entry.from).toBe(true)
    }
    for (const capacity of person.capacities) {
      if (capacity.status === 'displaced') continue
      const home = person.affiliations.find((entry) => entry.affiliationId === capacity.affiliationId)
      expect(capacity.from !== null && home !== undefined && capacity.from >= home.from).toBe(true)
      expect(home?.to === null || (capacity.to !== null && capacity.to <= (home?.to ?? ''))).toBe(true)
    }
    for (const on of days) {
      const partners = person.dependants.filter(
        (entry) => !entry.displaced && entry.capacity === 'DEPENDANT_SPOUSE' && coversDay(entry, on),
      )
      expect(partners.length).toBeLessThanOrEqual(1)
    }
  }
}

function checkDependants(world: ReadonlyMap<string, Person>): void {
  for (const person of world.values()) {
    for (const capacity of person.capacities) {
      // nothing changes for an erased person any more, also not when the holder leaves with effect in the past
      if (capacity.holderPersonId === null || person.erased || world.get(capacity.holderPersonId)?.erased) continue
      const holder = world.get(capacity.holderPersonId)
      const twin = holder?.dependants.find((entry) => entry.capacityId === capacity.capacityId)
      expect(twin?.displaced).toBe(capacity.status === 'displaced')
      if (capacity.status === 'displaced') continue
      expect([twin?.from, twin?.to]).toEqual([capacity.from, capacity.to])
      if (capacity.to !== null) continue
      const mine = person.affiliations.find((entry) => entry.to === null)
      const theirs = holder?.affiliations.find((entry) => entry.to === null)
      expect(mine?.ziekenfonds).toBe(theirs?.ziekenfonds)
    }
  }
}

test('no sequence of commands gives two insurers on a day, a second partner, or a dependant away from the holder', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const world = newWorld()
      for (const [n, given] of steps.entries()) {
        const personId = people[given.who] as string
        const command = commandOf(given, world.get(personId) as Person, n)
        const events = play(world, personId, command, people[given.holder] as string)
        accepted += events.length
        for (const event of events) expect(parsePersonEvent(event.type, event.data)).toEqual(event)
      }
      check(world)
      checkDependants(world)
    }),
    { numRuns: 600 },
  )
  // a property over refusals only would prove nothing
  expect(accepted).toBeGreaterThan(1_000)
})
