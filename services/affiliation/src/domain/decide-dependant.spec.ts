import { describe, expect, it, test } from 'vitest'
import type { PersonCommand, PersonCommandOf } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { Person } from './person.ts'
import {
  acquired,
  affiliated,
  becomes,
  capacityEnded,
  child,
  closed,
  day,
  died,
  erased,
  factsOn,
  holder,
  ids,
  known,
  numbered,
  pending,
  personOf,
  registered,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const second = ids.affiliation2
/** A holder, insured as employee since 2026, to whom more has happened. */
const holderOf = (...more: readonly PersonEvent[]): Person => more.reduce(evolvePerson, holder)
const leftOn = (to: string) => holderOf(capacityEnded('EMPLOYEE', to, 'affiliation'), closed(to))
const diedOn = (to: string) =>
  holderOf(
    died(to),
    personEvent('AffiliationClosed', {
      ...{ affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', to: day(to), reason: 'death' },
    }),
  )
const asked = { ...becomes, affiliationId: ids.evidence, capacityId: ids.capacity3 }
/** The affiliations that the child has then, or the code of the refusal. */
function placed(by: Person, past: readonly PersonEvent[], command: Partial<typeof asked> = {}) {
  const before = known(...past)
  const decision = decidePerson({ ...asked, ...command }, before, { ...facts, holder: by })
  if (!decision.ok) return decision.rejection.code
  const { affiliations } = decision.events.reduce(evolvePerson, before)
  return affiliations.map(({ from, to, followsHolder }) => `${from} ${to}${followsHolder ? ' with the holder' : ''}`)
}
const own = (from: string, to: string | null) => [
  affiliated(from, '306', second),
  ...(to === null ? [] : [closed(to, second)]),
]

describe('a child of whom one hears after the holder left', () => {
  const born = registered('2026-02-04')
  const left = leftOn('2026-05-31')
  const command = {
    acquiredOn: day('2026-03-04'),
    evidence: numbered({ kind: 'birthAct', issuedOn: day('2026-02-10') }),
  }

  it.each<[string, readonly PersonEvent[], readonly string[]]>([
    ['was insured to that day, and left along', [], ['2026-03-04 2026-05-31 with the holder']],
    [
      'was insured in an affiliation of its own that covers the first day alone',
      own('2026-02-05', '2026-03-04'),
      ['2026-02-05 2026-03-04'],
    ],
    [
      'was insured beside one that ended the day before',
      own('2026-02-05', '2026-03-03'),
      ['2026-02-05 2026-03-03', '2026-03-04 2026-05-31 with the holder'],
    ],
    [
      'was insured in one of its own that runs since the last day, which reaches back',
      own('2026-05-31', null),
      ['2026-03-04 null'],
    ],
    [
      'was insured before one of its own that begins the day after',
      own('2026-06-01', null),
      ['2026-06-01 null', '2026-03-04 2026-05-31 with the holder'],
    ],
  ])('%s', (_, past, affiliations) => {
    expect(placed(left, [born, ...past], command)).toEqual(affiliations)
  })

  it('stays a member where the holder died, unless another affiliation followed', () => {
    const dead = diedOn('2026-05-31')
    expect(placed(dead, [born], command)).toEqual(['2026-03-04 null'])
    expect(placed(dead, [born, ...own('2026-02-05', '2026-03-03')], command)).toEqual([
      ...['2026-02-05 2026-03-03', '2026-03-04 null'],
    ])
    expect(placed(dead, [born, ...own('2026-06-01', null)], command)).toEqual([
      ...['2026-06-01 null', '2026-03-04 2026-05-31'],
    ])
  })

  it('depended on nobody else on one of those days', () => {
    const other = (from: string, to: string) => [
      ...own('2026-02-05', null),
      acquired('DEPENDANT_CHILD', from, { affiliationId: second, holderPersonId: ids.evidence }),
      capacityEnded('DEPENDANT_CHILD', to),
    ]
    expect(placed(left, [born, ...other('2026-02-05', '2026-03-04')], command)).toBe('alreadyDependant')
    expect(placed(left, [born, ...other('2026-02-05', '2026-03-03')], command)).toEqual(['2026-02-05 null'])
    expect(placed(left, [born, ...other('2026-05-31', '2026-06-10')], command)).toBe('alreadyDependant')
    expect(placed(left, [born, ...other('2026-06-01', '2026-06-10')], command)).toEqual(['2026-02-05 null'])
  })
})

test('who depends on a spouse for good depends on nobody else', () => {
  const wed = [
    affiliated('2026-02-01', '306', second),
    acquired('DEPENDANT_SPOUSE', '2026-02-01', { affiliationId: second }),
  ]
  expect(placed(holder, [registered('2005-02-04'), ...wed], { acquiredOn: day('2026-03-04') })).toBe('alreadyDependant')
})

test('the day of a quality has come, lies after the birth, and so does that of the request', () => {
  expect(placed(holder, [child], { acquiredOn: day('2026-06-21') })).toBe('dateInFuture')
  expect(placed(holder, [child], { requestedOn: day('2026-06-21') })).toBe('dateInFuture')
  expect(placed(holder, [child], { acquiredOn: day('2026-05-03') })).toBe('beforeBirth')
})

test('a holder is somebody known, who is insured on the first day, and may have died on it', () => {
  expect(placed(personOf(), [child])).toBe('holderNotFound')
  expect(placed(diedOn('2026-05-04'), [child])).toEqual(['2026-05-04 null'])
  expect(placed(diedOn('2026-05-03'), [child])).toBe('holderDied')
  const decision = decidePerson(asked, known(child), { ...facts, holder: { ...holder, capacities: [] } })
  expect(decision).toMatchObject({ rejection: { code: 'holderHasNoCapacity', params: { day: '2026-05-04' } } })
})

test('a holder whose registration was refused waits for nothing', () => {
  const no = { capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'RESIDENT' }
  const refused = personEvent('CapacityRefused', { ...no, decidedOn: day('2026-03-20') })
  const by = (...more: readonly PersonEvent[]) => ({
    ...personOf(registered(), affiliated(), ...more),
    personId: ids.other,
  })
  expect(placed(by(pending), [child])).toBe('holderCapacityWaits')
  expect(placed(by(pending, refused), [child])).toBe('holderHasNoCapacity')
})

describe('on the side of the holder', () => {
  const common = { dependantPersonId: ids.other, capacityId: ids.capacity2 }
  const insured = [registered(), affiliated(), acquired('EMPLOYEE')]
  const told = (command: PersonCommand, ...past: readonly PersonEvent[]) => {
    const decision = decidePerson(command, known(...past), facts)
    return decision.ok ? decision.events.map(({ type, data }) => ({ type, ...data })) : decision.rejection.code
  }
  const partner = (from: string, capacityId = ids.capacity2) =>
    personEvent('DependantAdded', {
      ...{ dependantPersonId: ids.other, capacityId, capacity: 'DEPENDANT_SPOUSE', from: day(from) },
    })
  const add: PersonCommandOf<'AddDependant'> = {
    ...{
      type: 'AddDependant',
      ...common,
      kind: 'DEPENDANT_COHABITANT',
      partnership: 'cohabiting',
      from: day('2026-03-01'),
    },
  }

  it('a partner who lives with the holder is told as such', () => {
    expect(told(add, ...insured)).toEqual([
      expect.objectContaining({ type: 'DependantAdded', partnership: 'cohabiting', from: '2026-03-01' }),
    ])
  })

  it('a partner of days that are over leaves the place to the one who comes after the last of them', () => {
    const until = (to: string) => told({ ...add, until: day(to) }, ...insured, partner('2026-04-01', ids.capacity3))
    expect(until('2026-03-31')).toHaveLength(1)
    expect(until('2026-04-01')).toBe('partnerAlreadyDependant')
  })

  it('a partner does not come back to days on which another one depends', () => {
    const waits = personEvent('DependantWithdrawn', { ...common, displaced: true })
    const past = [...insured, partner('2026-02-01'), waits, partner('2026-04-01', ids.capacity3)]
    const align = (to: string) =>
      told({ type: 'AlignDependant', ...common, from: day('2026-02-01'), to: day(to), claimed: true }, ...past)
    expect(align('2026-03-31')).toMatchObject([{ type: 'DependantCorrected' }])
    expect(align('2026-04-01')).toBe('partnerAlreadyDependant')
  })

  const [released, corrected] = ['DependantReleased', 'DependantCorrected']
  it.each<[string, string | null, readonly [from: string, to: string | null], string | null]>([
    ['an end is a release', null, ['2026-02-01', '2026-04-30'], released],
    ['an earlier end is a release', '2026-05-31', ['2026-02-01', '2026-04-30'], released],
    ['the same end is nothing new', '2026-05-31', ['2026-02-01', '2026-05-31'], null],
    ['a later end is a correction', '2026-05-31', ['2026-02-01', '2026-06-10'], corrected],
    ['an end that never was is a correction', '2026-05-31', ['2026-02-01', null], corrected],
    ['another first day is a correction', null, ['2026-02-02', null], corrected],
    ['another first day with an end is a correction', null, ['2026-02-02', '2026-04-30'], corrected],
  ])('of the days of a dependant, %s', (_, was, [from, to], type) => {
    const past = [...insured, partner('2026-02-01')]
    if (was !== null) past.push(personEvent('DependantReleased', { ...common, to: day(was) }))
    const align = { ...common, from: day(from), to: to === null ? null : day(to), claimed: true }
    const events = told({ type: 'AlignDependant', ...align }, ...past)
    const { claimed: _claimed, ...days } = align
    const { from: _from, ...last } = days
    expect(events).toEqual(type === null ? [] : [{ type, ...(type === released ? last : days) }])
  })

  it('a dependant who waited is back with the days that there are, also when they are over', () => {
    const waits = personEvent('DependantWithdrawn', { ...common, displaced: true })
    const align = {
      type: 'AlignDependant',
      ...common,
      from: day('2026-02-01'),
      to: day('2026-04-30'),
      claimed: true,
    } as const
    expect(told(align, ...insured, partner('2026-02-01'), waits)).toMatchObject([{ type: corrected, to: '2026-04-30' }])
  })

  it('nothing is told of a dependant who was never there and has no day, nor to whom data is gone', () => {
    const none = { type: 'AlignDependant', ...common, from: null, to: null, claimed: false } as const
    expect(told(none, ...insured)).toEqual([])
    expect(told(none, ...insured, partner('2026-02-01'), erased)).toEqual([])
    expect(told({ ...none, from: day('2026-02-01') }, ...insured, erased)).toEqual([])
  })
})
