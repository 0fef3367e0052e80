import { given } from '@ziv/kernel/testing'
import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliate,
  affiliated,
  becomes,
  child,
  closed,
  day,
  died,
  erased,
  factsOn,
  holder,
  ids,
  numbered,
  registered,
  request,
} from './testing-facts.ts'

const facts = factsOn('2026-03-20', { acceptsMigratedRecords: true })
const past = (...events: readonly PersonEvent[]) => given(personDecider, ...events).on(facts)
const join = (ziekenfonds: string, from: string) =>
  affiliate({ affiliationId: ids.affiliation2, ziekenfonds, from: day(from) })
const eventsOf = (command: PersonCommand, ...events: readonly PersonEvent[]) => {
  const { decision } = past(...events).when(command)
  return decision.ok ? decision.events.map(({ type }) => type) : decision.rejection.code
}
/** A departure of 10 December 2025: the next choice is free from 11 March 2026 on. */
const left = [registered(), affiliated('2025-01-01'), closed('2025-12-10')]

describe('who left an insurer', () => {
  it('can choose another one without a transfer after three months, to the day', () => {
    expect(eventsOf(join('501', '2026-03-10'), ...left)).toBe('transferNeeded')
    expect(eventsOf(join('501', '2026-03-11'), ...left)).toEqual(['AffiliationOpened'])
  })

  it('can come back to the same insurer at once', () => {
    expect(eventsOf(join('306', '2025-12-11'), ...left)).toEqual(['AffiliationOpened'])
  })

  it('and has dependants who left too, cannot leave them behind for another fund of the insurer', () => {
    const family = [
      ...[registered(), affiliated('2025-01-01')],
      personEvent('DependantAdded', {
        ...{ dependantPersonId: ids.other, capacityId: ids.capacity2, capacity: 'DEPENDANT_CHILD' },
        from: day('2025-01-01'),
      }),
      closed('2025-12-10'),
      personEvent('DependantReleased', {
        ...{ dependantPersonId: ids.other, capacityId: ids.capacity2, to: day('2025-12-10') },
      }),
    ]
    past(...family)
      .when(join('311', '2026-03-10'))
      .thenRejected('familyLeftBehind', {
        ...{ ziekenfonds: '306', leftOn: '2025-12-10', free: '2026-03-10', confidence: 'assumed' },
      })
    expect(eventsOf(join('311', '2026-03-11'), ...family)).toEqual(['AffiliationOpened'])
    expect(eventsOf(join('306', '2025-12-11'), ...family)).toEqual(['AffiliationOpened'])
    // alone, or with dependants whose quality ended before, nobody stays behind
    expect(eventsOf(join('311', '2025-12-11'), ...left)).toEqual(['AffiliationOpened'])
    const grown = personEvent('DependantReleased', {
      ...{ dependantPersonId: ids.other, capacityId: ids.capacity2, to: day('2025-12-09') },
    })
    expect(eventsOf(join('311', '2025-12-11'), ...family.slice(0, -1), grown)).toEqual(['AffiliationOpened'])
    expect(eventsOf(join('311', '2025-12-11'), ...family.slice(0, -1))).toBe('familyLeftBehind')
    // no place is kept for one who has no day
    const displaced = personEvent('DependantWithdrawn', {
      ...{ dependantPersonId: ids.other, capacityId: ids.capacity2, displaced: true },
    })
    expect(eventsOf(join('311', '2025-12-11'), ...family, displaced)).toEqual(['AffiliationOpened'])
  })

  describe('because the holder left', () => {
    const along = [registered(), affiliated('2025-01-01'), closed('2025-12-10', ids.affiliation, true)]

    it('chose nothing, and chooses at once with a capacity of his or her own', () => {
      const work = request('EMPLOYEE', {
        acquiredOn: day('2025-12-11'),
        evidence: numbered({ kind: 'employerProof', rszNumber: '102077173', issuedOn: day('2025-12-11') }),
      })
      for (const ziekenfonds of ['501', '311']) {
        const joining = affiliate({ affiliationId: ids.affiliation2, ziekenfonds, capacity: work })
        expect(eventsOf(joining, ...along)).toEqual(['AffiliationOpened', 'CapacityAcquired'])
      }
    })

    it('is not taken without one: nobody would insure, and the holder could not take the dependant back', () => {
      for (const ziekenfonds of ['501', '311']) {
        past(...along)
          .when(join(ziekenfonds, '2026-03-10'))
          .thenRejected('ownCapacityNeeded', {
            ...{ insurer: '300', leftOn: '2025-12-10', free: '2026-03-10', confidence: 'assumed' },
          })
        expect(eventsOf(join(ziekenfonds, '2026-03-11'), ...along)).toEqual(['AffiliationOpened'])
      }
      expect(eventsOf(join('306', '2025-12-11'), ...along)).toEqual(['AffiliationOpened'])
    })

    it('is not taken without one by a correction either', () => {
      const later = affiliated('2026-03-11', '501', ids.affiliation2)
      const earlier: PersonCommand = {
        ...{ type: 'CorrectAffiliation', affiliationId: ids.affiliation2 },
        ...{ from: day('2025-12-11'), because: 'clericalError' },
      }
      expect(eventsOf(earlier, ...along, later)).toBe('ownCapacityNeeded')
    })
  })

  it('goes to the fund of HR Rail, or comes from it, by the staff statute and not by choice', () => {
    const attest = numbered({ kind: 'railwayStaffAttest', issuedOn: day('2026-03-01') })
    const staff = { affiliationId: ids.affiliation2, ziekenfonds: '900' }
    const joining = affiliate({ ...staff, capacity: request('EMPLOYEE', { evidence: attest }) })
    expect(eventsOf(joining, ...left)).toEqual(['AffiliationOpened', 'CapacityAcquired'])
    // the statute makes the member, also within the months after a departure, and whatever else is shown
    const contract = { kind: 'employmentContract', rszNumber: '102077173', startsOn: day('2026-01-05') } as const
    const both = [...numbered(contract), ...attest.map((proof) => ({ ...proof, evidenceId: ids.other }))]
    const early = request('EMPLOYEE', { acquiredOn: day('2026-01-05'), evidence: both })
    expect(eventsOf(affiliate({ ...staff, capacity: early }), ...left)).toEqual([
      ...['AffiliationOpened', 'CapacityAcquired'],
    ])
    const rail = [registered(), affiliated('2025-01-01', '900'), closed('2025-12-10')]
    expect(eventsOf(join('501', '2025-12-11'), ...rail)).toEqual(['AffiliationOpened'])
    expect(eventsOf(join('900', '2026-03-11'), ...left)).toBe('railwayStaffOnly')
    const migrated = numbered({ kind: 'migratedRecord', source: 'old system' })
    const imported = affiliate({ ...staff, capacity: request('EMPLOYEE', { evidence: migrated }) })
    expect(eventsOf(imported, registered())).toEqual(['AffiliationOpened', 'CapacityAcquired'])
  })
})

describe('the first day of an affiliation', () => {
  it('may be to come, and not before the law or the birth', () => {
    expect(eventsOf(join('306', '2026-04-01'), registered())).toEqual(['AffiliationOpened'])
    expect(eventsOf(join('306', '2026-03-20'), registered())).toEqual(['AffiliationOpened'])
    expect(eventsOf(join('306', '1985-07-29'), registered())).toBe('beforeBirth')
    past(registered('1920-01-01'))
      .when(join('306', '1944-12-31'))
      .thenRejected('beforeLaw', { field: 'from', day: '1944-12-31', firstDay: '1945-01-01' })
  })

  it('follows from the capacity, in which only a holder can join', () => {
    const spouse = request('DEPENDANT_SPOUSE')
    expect(eventsOf(affiliate({ capacity: spouse }), registered())).toBe('dependantUsesOwnPath')
    const tomorrow = request('EMPLOYEE', { acquiredOn: day('2026-03-21') })
    past(registered())
      .when(affiliate({ capacity: tomorrow }))
      .thenRejected('dateInFuture', { field: 'acquiredOn', day: '2026-03-21' })
    past(registered())
      .when(affiliate({ capacity: request('PILOT') }))
      .thenRejected('capacityUnknown', { capacity: 'PILOT' })
    past(registered()).when(join('777', '2026-01-01')).thenRejected('ziekenfondsUnknown', { ziekenfonds: '777' })
  })
})

describe('the last day of an affiliation', () => {
  const end = (to: string, affiliationId = ids.affiliation): PersonCommand => ({
    ...{ type: 'EndAffiliation', affiliationId, to: day(to), reason: 'departure' },
  })

  it('may be its first, also the first of a capacity in it', () => {
    expect(eventsOf(end('2026-01-01'), registered(), affiliated())).toEqual(['AffiliationClosed'])
    const employed = [registered(), affiliated(), acquired('EMPLOYEE', '2026-02-10')]
    expect(eventsOf(end('2026-02-10'), ...employed)).toEqual(['CapacityEnded', 'AffiliationClosed'])
    past(...employed)
      .when(end('2026-02-09'))
      .thenRejected('endBeforeCapacityStart', { capacity: 'EMPLOYEE', from: '2026-02-10', to: '2026-02-09' })
    past(registered(), affiliated())
      .when(end('2025-12-31'))
      .thenRejected('endBeforeStart', { from: '2026-01-01', to: '2025-12-31' })
  })

  it('does not look at capacities in another one', () => {
    const elsewhere = { affiliationId: ids.affiliation2, capacityId: ids.capacity2 }
    const events = [registered(), affiliated('2025-01-01'), affiliated('2026-01-01', '306', ids.affiliation2)]
    const later = acquired('STUDENT', '2026-01-01', elsewhere)
    expect(eventsOf(end('2025-12-31'), ...events, later)).toEqual(['AffiliationClosed'])
  })

  it('is that of the affiliation that is named, of several', () => {
    const twice = [...left, affiliated('2026-02-01', '306', ids.affiliation2)]
    past(...twice)
      .when(end('2026-03-20', ids.affiliation2))
      .then(closed('2026-03-20', ids.affiliation2))
    expect(eventsOf(end('2026-03-20'), ...twice)).toBe('affiliationAlreadyEnded')
  })

  it('cannot be told of somebody who died or whose data is gone', () => {
    expect(eventsOf(end('2026-03-01'), registered(), affiliated(), died('2026-02-01'))).toBe('personDied')
    past(registered(), affiliated(), died('2026-02-01'))
      .when(end('2026-03-01'))
      .thenRejected('personDied', { diedOn: '2026-02-01' })
    expect(eventsOf(end('2026-03-01'), registered(), affiliated(), erased)).toBe('personErased')
    expect(eventsOf(end('2026-03-01'))).toBe('personNotFound')
  })
})

describe('a dependant', () => {
  it('is placed with the insurer of the holder, from the day the holder is a member', () => {
    const today = factsOn('2026-06-20', { holder })
    const { decision } = given(personDecider, child).on(today).when(becomes)
    const opened = decision.ok ? decision.events.map(({ type, data }) => [type, 'from' in data && data.from]) : []
    expect(opened).toEqual([
      ['AffiliationOpened', '2026-05-04'],
      ['CapacityAcquired', '2026-05-04'],
    ])
    given(personDecider, child, affiliated('2026-05-04', '501'))
      .on(today)
      .when(becomes)
      .thenRejected('dependantInsuredElsewhere')
  })
})
