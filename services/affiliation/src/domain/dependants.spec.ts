import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import type { PersonCommand, PersonCommandOf } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { reactionsTo } from './person.reactions.ts'
import type { Person } from './person.ts'
import {
  acquired,
  affiliated,
  becomes,
  birth,
  capacityEnded,
  child,
  closed,
  day,
  died,
  erased,
  factsOn,
  holder,
  ids,
  migrated,
  noIncome,
  numbered,
  personOf,
  registered,
  searchYear,
} from './testing-facts.ts'

const withHolder = (person: Person | undefined, ...events: readonly PersonEvent[]) =>
  given(personDecider, ...events).on(factsOn('2026-06-20', person ? { holder: person } : {}))

test('a child is insured from its birth with the insurer of the holder', () => {
  withHolder(holder, child)
    .when(becomes)
    .then(
      personEvent('AffiliationOpened', {
        ...{
          affiliationId: ids.affiliation,
          insurer: '300',
          ziekenfonds: '306',
          from: day('2026-05-04'),
          requestedOn: day('2026-06-01'),
        },
      }),
      acquired('DEPENDANT_CHILD', '2026-05-04', {
        requestedOn: day('2026-06-01'),
        holderPersonId: ids.other,
        holderFrom: day('2026-01-01'),
        evidence: birth,
      }),
    )
})

test('the insurer of a dependant is that of the holder', () => {
  withHolder(holder, child, affiliated('2026-05-04', '501')).when(becomes).thenRejected('dependantInsuredElsewhere')
  const own = withHolder(holder, child, affiliated('2026-05-04')).when(becomes).decision
  expect(own.ok && own.events.map((event) => event.type)).toEqual(['CapacityAcquired'])
})

test('a holder must be there, living, affiliated and insured in an own capacity', () => {
  withHolder(undefined, child).when(becomes).thenRejected('holderNotFound')
  withHolder(personOf(registered(), erased), child).when(becomes).thenRejected('holderNotFound')
  withHolder({ ...holder, diedOn: day('2026-02-01') }, child)
    .when(becomes)
    .thenRejected('holderDied')
  withHolder({ ...holder, affiliations: [] }, child)
    .when(becomes)
    .thenRejected('holderNotAffiliated')
  withHolder({ ...holder, capacities: [] }, child)
    .when(becomes)
    .thenRejected('holderHasNoCapacity')
  const waiting = (acquiredOn: string, more: object = {}) =>
    personEvent('CapacityRequested', {
      ...{ capacityId: ids.capacity2, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
      ...{ capacity: 'RESIDENT', acquiredOn: day(acquiredOn), requestedOn: day(acquiredOn) },
      ...{ waitingFor: 'immigrationOffice', evidence: numbered(searchYear), ...more },
    })
  const who = (event: PersonEvent) => ({ ...personOf(registered(), affiliated(), event), personId: ids.other })
  withHolder(who(waiting('2026-03-01')), child)
    .when(becomes)
    .thenRejected('holderCapacityWaits', { capacity: 'RESIDENT', waitingFor: 'immigrationOffice', day: '2026-05-04' })
  withHolder(who(waiting('2026-07-01')), child)
    .when(becomes)
    .thenRejected('holderHasNoCapacity')
  withHolder(who(waiting('2026-03-01', { repairsYear: 2025 })), child)
    .when(becomes)
    .thenRejected('holderHasNoCapacity')
  withHolder({ ...holder, personId: ids.person }, child)
    .when(becomes)
    .thenRejected('dependantIsHolder')
})

test('a person depends on one holder at a time', () => {
  const past = [child, affiliated('2026-05-04'), acquired('DEPENDANT_CHILD', '2026-05-04')]
  withHolder(holder, ...past)
    .when({ ...becomes, capacityId: ids.capacity2 })
    .thenRejected('alreadyDependant')
})

test('a child of 25 is a dependant no longer', () => {
  const refusal = { limit: 25, from: '2026-05-04' }
  withHolder(holder, registered('2001-05-04')).when(becomes).thenRejected('childTooOld', refusal)
  expect(withHolder(holder, registered('2001-05-05')).when(becomes).decision.ok).toBe(true)
})

test('a child that a migrated record says is one, is not when it is 25', () => {
  const imported = { ...becomes, evidence: numbered(migrated) }
  const trusting = factsOn('2026-06-20', { holder, acceptsMigratedRecords: true })
  const grown = given(personDecider, registered('1999-05-04')).on(trusting)
  grown.when(imported).thenRejected('childTooOld', { limit: 25, from: '2026-05-04' })
  expect(given(personDecider, child).on(trusting).when(imported).decision.ok).toBe(true)
})

test('the age counts on the first day of insurance, not on the day of birth', () => {
  const fromBirth = { ...becomes, acquiredOn: day('2000-12-31') }
  withHolder(holder, registered('2000-12-31'))
    .when(fromBirth)
    .thenRejected('childTooOld', { limit: 25, from: '2026-01-01' })
})

test('whoever turned 25 as a dependant can be insured in another capacity, and the end of the quality is recorded', () => {
  const past = [registered('2001-03-01'), affiliated(), acquired('DEPENDANT_CHILD', '2026-01-01')]
  const lapsed = capacityEnded('DEPENDANT_CHILD', '2026-02-28', 'age')
  const on = { ...ids, capacityId: ids.capacity2, acquiredOn: day('2026-04-07'), requestedOn: day('2026-04-07') }
  const { capacityId, acquiredOn, requestedOn } = on
  const resident: PersonCommand = {
    ...{ type: 'AcquireCapacity', capacityId, kind: 'RESIDENT', acquiredOn, requestedOn },
    evidence: numbered({ kind: 'nationalRegisterEntry', registeredOn: day('2020-01-01') }),
  }
  const own = withHolder(undefined, ...past).when(resident).decision
  expect(own.ok && own.events[0]).toEqual(lapsed)
  const spouse = { ...becomes, capacityId, acquiredOn, kind: 'DEPENDANT_SPOUSE' as const }
  const trusting = factsOn('2026-06-20', { holder, acceptsMigratedRecords: true })
  const wed = given(personDecider, ...past)
    .on(trusting)
    .when({ ...spouse, evidence: numbered(migrated, noIncome(acquiredOn)) }).decision
  expect(wed.ok && wed.events.map((event) => event.type)).toEqual(['CapacityEnded', 'CapacityAcquired'])
  // before the birthday both are refused as ever
  const young = [registered('2001-08-01'), ...past.slice(1)]
  withHolder(undefined, ...young)
    .when(resident)
    .thenRejected('residentIsResidual')
})

const add: PersonCommandOf<'AddDependant'> = {
  ...{
    type: 'AddDependant',
    dependantPersonId: ids.other,
    capacityId: ids.capacity2,
    kind: 'DEPENDANT_SPOUSE',
    from: day('2026-06-12'),
  },
}
const insured = [registered(), affiliated(), acquired('EMPLOYEE')]
const partner = (more: object = {}) =>
  personEvent('DependantAdded', {
    ...{
      dependantPersonId: ids.other,
      capacityId: ids.capacity2,
      capacity: 'DEPENDANT_SPOUSE',
      from: day('2026-06-12'),
    },
    ...more,
  })

test('a holder has at most one dependent adult partner', () => {
  withHolder(undefined, ...insured)
    .when(add)
    .then(partner())
  withHolder(undefined, ...insured, partner({ capacityId: ids.capacity }))
    .when(add)
    .thenRejected('partnerAlreadyDependant')
  withHolder(undefined, registered(), affiliated(), acquired('DEPENDANT_SPOUSE'))
    .when(add)
    .thenRejected('holderIsDependant')
  withHolder(undefined, ...insured, died('2026-06-01'))
    .when(add)
    .thenRejected('personDied')
})

test('whoever was a dependent child until 25 can have dependants since', () => {
  const past = [registered('2001-03-01'), affiliated(), acquired('DEPENDANT_CHILD', '2026-01-01')]
  const working = [...past, acquired('EMPLOYEE', '2026-01-01', { capacityId: ids.affiliation2 })]
  withHolder(undefined, ...working)
    .when(add)
    .then(partner())
  withHolder(undefined, ...working)
    .when({ ...add, from: day('2026-02-28') })
    .thenRejected('holderIsDependant')
})

test('after a release there is room for another partner from the next day', () => {
  const released = personEvent('DependantReleased', {
    dependantPersonId: ids.other,
    capacityId: ids.capacity2,
    to: day('2026-06-30'),
  })
  const next = { ...add, capacityId: ids.capacity, from: day('2026-07-01') }
  withHolder(undefined, ...insured, partner(), released)
    .when(next)
    .then(partner({ capacityId: ids.capacity, from: day('2026-07-01') }))
  withHolder(undefined, ...insured, partner(), released)
    .when({ ...next, from: day('2026-06-30') })
    .thenRejected('partnerAlreadyDependant')
})

test('a release says nothing twice, and is taken back when the end of the dependant is corrected', () => {
  const common = { dependantPersonId: ids.other, capacityId: ids.capacity2 }
  const align = {
    type: 'AlignDependant',
    ...common,
    from: day('2026-06-12'),
    to: day('2026-06-30'),
    claimed: true,
  } as const
  const released = personEvent('DependantReleased', { ...common, to: day('2026-06-30') })
  withHolder(undefined, ...insured, partner())
    .when(align)
    .then(released)
  withHolder(undefined, ...insured, partner(), released)
    .when(align)
    .then()
  withHolder(undefined, ...insured, partner(), released)
    .when({ ...align, to: null })
    .then(personEvent('DependantCorrected', { ...common, from: day('2026-06-12'), to: null }))
  withHolder(undefined, ...insured, partner())
    .when({ ...align, from: null, to: null, claimed: false })
    .then(personEvent('DependantWithdrawn', common))
  withHolder(undefined, ...insured)
    .when(align)
    .thenRejected('dependantNotFound')
})

test('a dependant without a day keeps its place with the holder, and nobody else is kept from it', () => {
  const common = { dependantPersonId: ids.other, capacityId: ids.capacity2 }
  const align = { type: 'AlignDependant', ...common, from: null, to: null, claimed: true } as const
  const displaced = personEvent('DependantWithdrawn', { ...common, displaced: true })
  withHolder(undefined, ...insured, partner())
    .when(align)
    .then(displaced)
  const past = [...insured, partner(), displaced]
  withHolder(undefined, ...past)
    .when(align)
    .then()
  withHolder(undefined, ...past)
    .when({ ...align, from: day('2026-06-12') })
    .then(personEvent('DependantCorrected', { ...common, from: day('2026-06-12'), to: null }))
  withHolder(undefined, ...past)
    .when({ ...add, capacityId: ids.capacity })
    .then(partner({ capacityId: ids.capacity }))
})

test('a dependant whose holder leaves the insurer leaves too, one whose holder died stays', () => {
  const child12 = acquired('DEPENDANT_CHILD', '2026-05-04', { holderPersonId: ids.other, holderFrom: '2026-01-01' })
  const past = [child, affiliated('2026-05-04'), child12]
  const span = { from: day('2026-01-01'), to: day('2026-06-10') }
  const follow: PersonCommandOf<'FollowHolder'> = {
    ...{ type: 'FollowHolder', capacityId: ids.capacity, span, ziekenfonds: '306', leavesInsurer: true },
  }
  const lost = capacityEnded('DEPENDANT_CHILD', '2026-06-10', 'holder')
  const left = closed('2026-06-10', ids.affiliation, true)
  withHolder(undefined, ...past)
    .when(follow)
    .then(lost, { ...left, data: { ...left.data, toldUntil: day('2026-06-20') } } as PersonEvent)
  withHolder(undefined, ...past)
    .when({ ...follow, leavesInsurer: false })
    .then(lost)
  const own = acquired('STUDENT', '2026-06-01', { capacityId: ids.capacity2 })
  withHolder(undefined, ...past, own)
    .when(follow)
    .then(lost)
  withHolder(undefined, child).when(follow).then()
})

test('what begins or ends on one side of a dependency begins or ends on the other', () => {
  const data = acquired('DEPENDANT_SPOUSE', '2026-06-12', {
    holderPersonId: ids.other,
    evidence: numbered({
      kind: 'householdComposition',
      issuedOn: day('2026-06-12'),
      sameAddress: true,
      holderSpouseInHousehold: true,
    }),
  })
  const person = personOf(registered(), affiliated('2026-06-12'), data)
  expect(reactionsTo([data], person, person)).toEqual([
    {
      personId: ids.other,
      command: {
        ...{ type: 'AddDependant', dependantPersonId: ids.person, capacityId: ids.capacity, kind: 'DEPENDANT_SPOUSE' },
        ...{ from: '2026-06-12' },
      },
    },
  ])
  const end = capacityEnded('DEPENDANT_SPOUSE', '2026-09-01')
  expect(reactionsTo([end], person, person)[0]?.command.type).toBe('AlignDependant')
  const employee = personOf(registered(), affiliated(), acquired('EMPLOYEE'))
  expect(reactionsTo([end], employee, employee)).toEqual([])
})
