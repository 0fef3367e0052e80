import { describe, expect, it } from 'vitest'
import { type PersonEvent, personEvent } from './person.events.ts'
import { reactionsTo } from './person.reactions.ts'
import { nobody, type Person } from './person.ts'
import { acquired, affiliated, capacityEnded, closed, day, died, ids, personOf, registered } from './testing-facts.ts'

const dependant = (name: string, from: string): PersonEvent =>
  personEvent('DependantAdded', {
    ...{ dependantPersonId: ids.other, capacityId: name, capacity: 'DEPENDANT_CHILD', from: day(from) },
  })
const affiliatedAgain = affiliated('2026-02-01', '306', ids.affiliation2)
const employedAgain = acquired('EMPLOYEE', '2026-02-01', { affiliationId: ids.affiliation2, capacityId: ids.capacity2 })
/** A member in 2025 and again since February 2026, each time as employee. */
const twice = [
  ...[registered(), affiliated('2025-01-01'), acquired('EMPLOYEE', '2025-01-01')],
  ...[capacityEnded('EMPLOYEE', '2025-12-31', 'affiliation'), closed('2025-12-31'), affiliatedAgain, employedAgain],
]
/** What dependants of a person are told after the last of the events: whose days, and until when. */
const follow = (...events: readonly PersonEvent[]) =>
  reactionsTo(events.slice(-1), personOf(...events.slice(0, -1)), personOf(...events)).map(({ command }) => {
    if (command.type !== 'FollowHolder') return command.type
    const { capacityId, span, leavesInsurer } = command
    return `${capacityId} ${span === null ? 'never' : `${span.from} ${span.to}`}${leavesInsurer ? ' leaves' : ''}`
  })

describe('dependants follow the affiliation in which they depend', () => {
  const all = ['2025-01-01', '2025-12-31', '2026-02-01'].map((from, n) => dependant(`d${n}`, from))

  it('to the day: what ended with an earlier one is not moved by a later', () => {
    expect(follow(...twice, ...all, closed('2026-05-31', ids.affiliation2))).toEqual([
      'd2 2026-02-01 2026-05-31 leaves',
    ])
    const data = {
      affiliationId: ids.affiliation,
      insurer: '300',
      ziekenfonds: '306',
      because: 'clericalError' as const,
    }
    const days = {
      from: day('2025-01-01'),
      to: day('2025-12-30'),
      claimedFrom: day('2025-01-01'),
      leftOn: day('2025-12-30'),
    }
    const corrected = personEvent('AffiliationCorrected', {
      ...{ ...data, ...days, reason: 'departure', followsHolder: false, corrects: [] },
    })
    // whoever began on the day that was taken away goes on with the next affiliation
    expect(follow(...twice, ...all, corrected)).toEqual(['d0 2025-01-01 2025-12-30 leaves', 'd1 2026-02-01 null'])
    const same = { ...corrected, data: { ...corrected.data, to: day('2025-12-31') } } as PersonEvent
    expect(follow(...twice, ...all, same)).toEqual([])
  })

  it('or go with the next one when they began between two', () => {
    const between = dependant('d', '2026-01-10')
    expect(follow(...twice, between, closed('2026-05-31', ids.affiliation2))).toEqual([
      'd 2026-02-01 2026-05-31 leaves',
    ])
  })

  it('and lose the holder when it never was, without leaving the insurer', () => {
    const never = personEvent('AffiliationWithdrawn', {
      ...{
        affiliationId: ids.affiliation2,
        insurer: '300',
        ziekenfonds: '306',
        because: 'clericalError',
        corrects: [],
      },
    })
    expect(follow(...twice, ...all, never)).toEqual(['d2 never'])
  })

  it('and stay with the insurer when the holder died', () => {
    const data = { affiliationId: ids.affiliation2, insurer: '300', ziekenfonds: '306', to: day('2026-05-31') }
    expect(follow(...twice, ...all, personEvent('AffiliationClosed', { ...data, reason: 'death' }))).toEqual([
      'd2 2026-02-01 2026-05-31',
    ])
    expect(follow(...twice, ...all, died('2026-05-31'))).toEqual([])
  })
})

describe('a holder gives the quality by a capacity of one’s own', () => {
  const home = [registered(), affiliated(), acquired('EMPLOYEE')]
  const withdrawn = personEvent('CapacityWithdrawn', {
    ...{ capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'EMPLOYEE' },
    ...{ because: 'clericalError', corrects: [] },
  })
  const child = dependant('d', '2026-01-01')

  it('and no longer when the only one never was', () => {
    expect(follow(...home, child, withdrawn)).toEqual(['d never'])
  })

  it('and still by another one in the same affiliation, also when that one ended', () => {
    const student = acquired('STUDENT', '2026-01-01', { capacityId: ids.capacity2 })
    expect(follow(...home, student, child, withdrawn)).toEqual([])
    const elsewhere = acquired('STUDENT', '2025-01-01', { capacityId: ids.capacity2, affiliationId: ids.affiliation2 })
    expect(follow(...home, elsewhere, child, withdrawn)).toEqual(['d never'])
  })

  it('and not by one that waits for a decision, or as a dependant', () => {
    const waiting = personEvent('CapacityRequested', {
      ...{ capacityId: ids.capacity2, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
      ...{ capacity: 'RESIDENT', acquiredOn: day('2026-01-01'), requestedOn: day('2026-01-01') },
      ...{ waitingFor: 'immigrationOffice', evidence: [] },
    })
    expect(follow(...home, waiting, child, withdrawn)).toEqual(['d never'])
    const spouse = acquired('DEPENDANT_SPOUSE', '2026-01-01', { capacityId: ids.capacity2 })
    expect(follow(...home, spouse, child, withdrawn)).toEqual(['d never'])
  })

  it('which nothing takes away that only ends it', () => {
    expect(follow(...home, child, capacityEnded('EMPLOYEE', '2026-05-31'))).toEqual([])
  })
})

describe('the holder learns of the days of a dependant', () => {
  const married = acquired('DEPENDANT_SPOUSE', '2026-02-01', { partnership: 'married' })
  const base = [registered(), affiliated(), acquired('STUDENT', '2026-01-01', { capacityId: ids.capacity2 })]
  const commands = (event: PersonEvent, before: Person, person: Person) => reactionsTo([event], before, person)
  const about = { dependantPersonId: ids.person, capacityId: ids.capacity }

  it('when they begin, with how the two belong together', () => {
    const person = personOf(...base, married)
    expect(commands(married, personOf(...base), person)).toEqual([
      {
        personId: ids.other,
        command: {
          type: 'AddDependant',
          ...about,
          kind: 'DEPENDANT_SPOUSE',
          from: '2026-02-01',
          partnership: 'married',
        },
      },
    ])
    expect(commands(base[2] as PersonEvent, personOf(), personOf(...base))).toEqual([])
  })

  it('when they end, and when they never were', () => {
    const end = capacityEnded('DEPENDANT_SPOUSE', '2026-05-31')
    const before = personOf(...base, married)
    const align = (from: string | null, to: string | null) => [
      { personId: ids.other, command: { type: 'AlignDependant', ...about, from, to, claimed: from !== null } },
    ]
    expect(commands(end, before, personOf(...base, married, end))).toEqual(align('2026-02-01', '2026-05-31'))
    const never = personEvent('CapacityWithdrawn', {
      ...{ capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'DEPENDANT_SPOUSE' },
      ...{ because: 'clericalError', corrects: [] },
    })
    expect(commands(never, before, personOf(...base))).toEqual(align(null, null))
    expect(commands(end, nobody, nobody)).toEqual([])
  })
})
