import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import type { Person } from './person.ts'
import { factsOn } from './testing-facts.ts'
import { commandOf, newWorld, people, play, type Step, type World } from './testing-world.ts'

const [holderId, childId] = [people[0], people[2]] as [string, string]
const step: Step = { who: 2, holder: 0, what: 'depend', which: 0, day: 59, fund: '306', kind: 'DEPENDANT_CHILD' }
const work = { ...step, kind: 'EMPLOYEE', what: 'acquire' }
const because = 'clericalError'

/** Plays steps; a command stands for what a step cannot say. */
function story(...steps: readonly (Step | { readonly who: number; readonly command: PersonCommand })[]) {
  let world: World = newWorld()
  let told: readonly PersonEvent[] = []
  const first: Step = { ...step, who: 0, what: 'affiliate', day: 0, kind: 'EMPLOYEE' }
  for (const [n, given] of [first, ...steps].entries()) {
    const personId = people[given.who] as string
    const command = 'command' in given ? given.command : commandOf(given, world.get(personId) as Person, n)
    const played = play(world, { personId, command, holderId }, () => undefined)
    world = played.world
    told = played.events
  }
  const person = world.get(childId) as Person
  const [quality] = person.capacities
  const [dependant] = world.get(holderId)?.dependants ?? []
  return {
    world,
    told,
    days: quality && [quality.status, quality.from, quality.to],
    held: dependant && [dependant.displaced, dependant.from, dependant.to],
    all: person.capacities.map(({ capacity, from, to }) => `${capacity} ${from} ${to}`),
  }
}

const kindsOf = (events: readonly PersonEvent[]) => events.map(({ type }) => type)

test('work of a dependent child ends the quality the day before its insurance begins, for the holder too', () => {
  const { told, days, held } = story(step, { ...work, day: 120 })
  expect(days).toEqual(['acquired', '2025-03-01', '2025-03-31'])
  expect(held).toEqual([false, '2025-03-01', '2025-03-31'])
  expect(told.find(({ type }) => type === 'CapacityEnded')?.data).toMatchObject({
    capacity: 'DEPENDANT_CHILD',
    to: '2025-03-31',
    endedBy: 'otherCapacity',
  })
  expect(kindsOf(told)).toEqual(['CapacityEnded', 'CapacityAcquired', 'DependantReleased'])
})

test('work that becomes known late and was there from the first day leaves the quality no day', () => {
  const { told, days, held } = story(step, { ...work, day: 31 })
  expect(days).toEqual(['displaced', null, null])
  expect(held?.[0]).toBe(true)
  expect(kindsOf(told)).toContain('DependantWithdrawn')
  expect(told.find(({ type }) => type === 'CapacityWithdrawn')?.data).toMatchObject({
    displaced: true,
    because: 'consequence',
  })
})

test('the quality does not resume when the work ends: it is asked anew', () => {
  const ended = story(step, { ...work, day: 120 }, { ...work, what: 'endCapacity', day: 181 })
  expect(ended.days).toEqual(['acquired', '2025-03-01', '2025-03-31'])
  const anew = story(step, { ...work, day: 120 }, { ...work, what: 'endCapacity', day: 181 }, { ...step, day: 300 })
  expect(anew.all).toContain('DEPENDANT_CHILD 2025-10-28 null')
})

test.each([120, 31])('it counts as before when the work of day %d never was', (day) => {
  const { days, held } = story(step, { ...work, day }, { ...work, what: 'withdrawCapacity' })
  expect([days, held]).toEqual([
    ['acquired', '2025-03-01', null],
    [false, '2025-03-01', null],
  ])
})

test('and moves with the first day of the work when that is corrected', () => {
  const { days, held } = story(step, { ...work, day: 120 }, { ...work, what: 'correctStart', day: 182 })
  expect([days, held]).toEqual([
    ['acquired', '2025-03-01', '2025-06-30'],
    [false, '2025-03-01', '2025-06-30'],
  ])
})

test('what never was gives back the days up to a quality that was asked since', () => {
  const anew = [step, { ...work, day: 120 }, { ...work, what: 'endCapacity', day: 181 }, { ...step, day: 300 }]
  const capacityId = '0199a000-0000-7000-8000-c00000000002'
  const withdrawn = story(...anew, { who: 2, command: { type: 'WithdrawCapacity', capacityId, because } })
  expect(withdrawn.all).toEqual(['DEPENDANT_CHILD 2025-03-01 2025-10-27', 'DEPENDANT_CHILD 2025-10-28 null'])
})

test('it has no day behind the departure of the holder that became known meanwhile', () => {
  const left = { ...step, who: 0, what: 'leave', day: 300 }
  const { days } = story(step, { ...work, day: 120 }, left, { ...work, what: 'withdrawCapacity' })
  expect(days).toEqual(['acquired', '2025-03-01', '2025-10-28'])
})

test('a right that rests on contributions of one’s own ends nothing', () => {
  const { days } = story(step, { ...work, kind: 'SELF_EMPLOYED', day: 120 })
  expect(days).toEqual(['acquired', '2025-03-01', null])
})

test('it is refused where an earlier affiliation leaves it only days of the right of one’s own', () => {
  const { world } = story(
    { ...step, what: 'affiliateFrom', day: 0 },
    { ...step, what: 'leave', day: 181 },
    { ...work, what: 'affiliate', day: 182 },
  )
  const person = world.get(childId) as Person
  const holder = world.get(holderId) as Person
  const facts = factsOn('2026-12-31', { acceptsMigratedRecords: true, holder })
  const decision = decidePerson(commandOf(step, person, 9), person, facts)
  expect(decision).toMatchObject({ ok: false, rejection: { code: 'ownFreeRight', params: { capacity: 'EMPLOYEE' } } })
})
