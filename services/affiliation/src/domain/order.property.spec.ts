import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { evolvePerson } from './person.evolve.ts'
import type { Person } from './person.ts'
import {
  affiliated,
  day,
  factsOn,
  holder,
  ids,
  migrated,
  noIncome,
  numbered,
  personOf,
  registered,
} from './testing-facts.ts'

const uuid = (n: number): string => `0199a000-0000-7000-8000-${String(n).padStart(12, '0')}`
const facts = factsOn('2026-12-31', { acceptsMigratedRecords: true, holder })
const dayOf = fc.constantFrom('2026-01-10', '2026-02-20', '2026-03-31', '2026-04-01', '2026-07-15', '2026-10-05')

interface Claim {
  readonly kind: 'EMPLOYEE' | 'SELF_EMPLOYED' | 'RESIDENT' | 'DEPENDANT_SPOUSE'
  readonly on: string
  readonly end: string | null
}
const claims = fc.uniqueArray(
  fc.record<Claim>({
    kind: fc.constantFrom('EMPLOYEE', 'SELF_EMPLOYED', 'RESIDENT', 'DEPENDANT_SPOUSE'),
    on: dayOf,
    end: fc.option(fc.constantFrom('2026-06-30', '2026-11-15', '2026-12-01'), { nil: null }),
  }),
  { selector: ({ kind }) => kind, minLength: 2, maxLength: 4 },
)

/** Every order in which clerks can enter the same capacities: an end after its beginning, otherwise any. */
function enter(list: readonly Claim[], n: number, person: Person): Person | null {
  const [first, ...others] = list
  if (!first) return person
  const on = day(first.on)
  const capacityId = uuid(['EMPLOYEE', 'SELF_EMPLOYED', 'RESIDENT', 'DEPENDANT_SPOUSE'].indexOf(first.kind) + 1)
  const proofs = first.kind === 'DEPENDANT_SPOUSE' ? [migrated, noIncome(on)] : [migrated]
  const base = { capacityId, acquiredOn: on, requestedOn: on, evidence: numbered(...proofs) }
  const begin: PersonCommand =
    first.kind === 'DEPENDANT_SPOUSE'
      ? { type: 'BecomeDependant', affiliationId: ids.affiliation2, kind: first.kind, ...base }
      : { type: 'AcquireCapacity', kind: first.kind, ...base }
  const commands: PersonCommand[] = [begin]
  if (first.end !== null) commands.push({ type: 'EndCapacity', capacityId, to: day(first.end) })
  let after = person
  for (const command of commands) {
    const decision = decidePerson(command, after, facts)
    // refused for a right of one's own: that claim has no day, as one has none that the same right displaces
    if (!decision.ok && decision.rejection.code === 'ownFreeRight') break
    if (!decision.ok) return null
    after = decision.events.reduce(evolvePerson, after)
  }
  return enter(others, n + 1, after)
}

const daysOf = ({ affiliations, capacities }: Person) => ({
  affiliations: affiliations.map(({ from, to }) => ({ from, to })),
  capacities: capacities
    .filter(({ from }) => from !== null)
    .map(({ capacity, from, to }) => `${capacity} ${from} ${to}`)
    .sort(),
})

test('the same capacities give the same insured days, in whatever order they become known', () => {
  const affiliate: PersonCommand = {
    ...{ type: 'Affiliate', affiliationId: ids.affiliation, ziekenfonds: '306' },
    ...{ requestedOn: day('2026-12-01'), from: day('2026-12-01') },
  }
  const start = personOf(registered())
  const opened = decidePerson(affiliate, start, facts)
  const home = opened.ok ? opened.events.reduce(evolvePerson, start) : start
  let compared = 0
  fc.assert(
    fc.property(
      claims.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const [one, other] = [enter(list, 1, home), enter(shuffled, 1, home)]
        if (one === null || other === null) return
        compared += list.every((claim, n) => claim === shuffled[n]) ? 0 : 1
        expect(daysOf(other)).toEqual(daysOf(one))
      },
    ),
    { numRuns: 800 },
  )
  expect(compared).toBeGreaterThan(50)
})

test('the affiliation reaches back when a capacity that began earlier becomes known later', () => {
  const resident: Claim = { kind: 'RESIDENT', on: '2026-07-15', end: null }
  const employee: Claim = { kind: 'EMPLOYEE', on: '2026-02-20', end: '2026-06-30' }
  const affiliate: PersonCommand = {
    ...{ type: 'Affiliate', affiliationId: ids.affiliation, ziekenfonds: '306', requestedOn: day('2026-07-15') },
    from: day('2026-07-15'),
  }
  const start = personOf(registered())
  const opened = decidePerson(affiliate, start, facts)
  const person = enter([resident, employee], 1, opened.ok ? opened.events.reduce(evolvePerson, start) : start)
  expect(person && daysOf(person)).toEqual({
    affiliations: [{ from: '2026-01-01', to: null }],
    capacities: ['EMPLOYEE 2026-01-01 2026-06-30', 'RESIDENT 2026-07-01 null'],
  })
})

test('a resident capacity ends the day before a spouse or an employment, whichever was entered first', () => {
  const employed: Claim = { kind: 'EMPLOYEE', on: '2026-04-01', end: null }
  const wed: Claim = { kind: 'DEPENDANT_SPOUSE', on: '2026-03-31', end: null }
  const resident: Claim = { kind: 'RESIDENT', on: '2026-01-10', end: null }
  const start = personOf(registered())
  const affiliate: PersonCommand = {
    ...{ type: 'Affiliate', affiliationId: ids.affiliation, ziekenfonds: '306', requestedOn: day('2026-01-10') },
    from: day('2026-01-01'),
  }
  const opened = decidePerson(affiliate, start, facts)
  const home = opened.ok ? opened.events.reduce(evolvePerson, start) : start
  for (const [other, last] of [
    [employed, '2026-03-31'],
    [wed, '2026-03-30'],
  ] as const) {
    for (const order of [
      [resident, other],
      [other, resident],
    ]) {
      const person = enter(order, 1, home)
      expect(person && daysOf(person).capacities).toContain(`RESIDENT 2026-01-01 ${last}`)
    }
  }
})

test('a spouse is a dependant until the day before an employment, whichever was entered first', () => {
  const wed: Claim = { kind: 'DEPENDANT_SPOUSE', on: '2026-02-20', end: null }
  const orders = (other: Claim) => [
    [wed, other],
    [other, wed],
  ]
  const start = personOf(registered(), affiliated('2026-02-01'))
  const spouseDays = (order: readonly Claim[]) => {
    const person = enter(order, 1, start)
    return person && daysOf(person).capacities.filter((text) => text.startsWith('DEPENDANT'))
  }
  const cases: readonly (readonly [Claim, readonly string[]])[] = [
    [{ kind: 'EMPLOYEE', on: '2026-07-15', end: null }, ['DEPENDANT_SPOUSE 2026-02-20 2026-06-30']],
    [{ kind: 'EMPLOYEE', on: '2026-07-15', end: '2026-11-15' }, ['DEPENDANT_SPOUSE 2026-02-20 2026-06-30']],
    [{ kind: 'EMPLOYEE', on: '2026-01-10', end: '2026-06-30' }, []],
    [{ kind: 'SELF_EMPLOYED', on: '2026-07-15', end: null }, ['DEPENDANT_SPOUSE 2026-02-20 null']],
  ]
  for (const [other, days] of cases) for (const order of orders(other)) expect(spouseDays(order)).toEqual(days)
})
