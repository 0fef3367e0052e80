import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliate,
  affiliated,
  capacityEnded,
  closed,
  day,
  died,
  employer,
  erased,
  facts,
  factsOn,
  ids,
  numbered,
  pending,
  registered,
  request,
  searchYear,
} from './testing-facts.ts'

const past = (...events: readonly PersonEvent[]) => given(personDecider, ...events).on(facts)
const register: PersonCommand = {
  ...{ type: 'RegisterPerson', personId: ids.person, inszIndex: 'index-1', bis: false },
  ...{ birthDate: day('1985-07-30'), sex: 'F', identity: { insz: { $sealed: 'a' }, name: { $sealed: 'b' } } },
}
const member = { insurer: '300', ziekenfonds: '306' }

test('a person is registered once', () => {
  const { type: _, ...data } = register
  past()
    .when(register)
    .then(personEvent('PersonRegistered', data as never))
  past(registered()).when(register).thenRejected('personAlreadyExists')
  past()
    .when({ ...register, birthDate: day('2026-03-21') })
    .thenRejected('dateInFuture')
})

test('an employee of 15 March is insured from 1 January, with the insurer from the same day', () => {
  past(registered())
    .when(affiliate({ capacity: request('EMPLOYEE') }))
    .then(
      personEvent('AffiliationOpened', {
        affiliationId: ids.affiliation,
        ...member,
        from: day('2026-01-01'),
        requestedOn: day('2026-03-18'),
      }),
      personEvent('CapacityAcquired', {
        ...{
          capacityId: ids.capacity,
          affiliationId: ids.affiliation,
          ...member,
          capacity: 'EMPLOYEE',
          from: day('2026-01-01'),
        },
        ...{ acquiredOn: day('2026-03-15'), requestedOn: day('2026-03-18'), evidence: numbered(employer) },
      }),
    )
})

test('a person can be affiliated without a capacity from a day that is given', () => {
  past(registered())
    .when(affiliate({ from: day('2026-02-10') }))
    .then(
      personEvent('AffiliationOpened', {
        affiliationId: ids.affiliation,
        ...member,
        from: day('2026-02-10'),
        requestedOn: day('2026-03-18'),
      }),
    )
})

test('days of an earlier affiliation stay with it when the start rule reaches back over them', () => {
  const command = affiliate({ affiliationId: ids.affiliation2, capacity: request('EMPLOYEE') })
  const { decision } = past(registered(), affiliated('2025-01-01'), closed('2026-02-05')).when(command)
  expect(decision.ok && decision.events.map((event) => [event.type, 'from' in event.data && event.data.from])).toEqual([
    ['AffiliationOpened', '2026-02-06'],
    ['CapacityAcquired', '2026-02-06'],
  ])
})

test('an affiliation is refused when it cannot be', () => {
  past()
    .when(affiliate({ from: day('2026-01-01') }))
    .thenRejected('personNotFound')
  past(registered(), erased)
    .when(affiliate({ from: day('2026-01-01') }))
    .thenRejected('personErased')
  past(registered(), died('2026-01-05'))
    .when(affiliate({ from: day('2026-01-06') }))
    .thenRejected('personDied', { diedOn: '2026-01-05' })
  past(registered(), affiliated())
    .when(affiliate({ from: day('2026-01-01') }))
    .thenRejected('alreadyAffiliated')
  past(registered(), affiliated())
    .when(affiliate({ ziekenfonds: '501', from: day('2026-01-01') }))
    .thenRejected('affiliatedElsewhere', { months: 3, confidence: 'assumed' })
  past(registered(), affiliated('2026-01-01', '304'))
    .when(affiliate({ from: day('2026-01-01') }))
    .thenRejected('affiliatedWithOtherFund', { ziekenfonds: '304' })
  past(registered()).when(affiliate()).thenRejected('startMissing')
  past(registered())
    .when(affiliate({ from: day('1980-01-01') }))
    .thenRejected('beforeBirth')
  past(registered())
    .when(affiliate({ ziekenfonds: '777', from: day('2026-01-01') }))
    .thenRejected('ziekenfondsUnknown')
  past(registered())
    .when(affiliate({ from: day('2026-01-01'), requestedOn: day('2026-03-21') }))
    .thenRejected('dateInFuture')
})

test('the HR Rail fund takes those under its staff statute only', () => {
  const attest = numbered({ kind: 'railwayStaffAttest', issuedOn: day('2026-03-01') })
  past(registered())
    .when(affiliate({ ziekenfonds: '900', capacity: request('EMPLOYEE') }))
    .thenRejected('railwayStaffOnly')
  const command = affiliate({ ziekenfonds: '900', capacity: request('EMPLOYEE', { evidence: attest }) })
  expect(past(registered()).when(command).decision.ok).toBe(true)
})

test('the end of an affiliation ends what still runs in it', () => {
  const end: PersonCommand = {
    type: 'EndAffiliation',
    affiliationId: ids.affiliation,
    to: day('2026-03-31'),
    reason: 'departure',
  }
  past(registered(), affiliated(), acquired('EMPLOYEE'))
    .when(end)
    .then(capacityEnded('EMPLOYEE', '2026-03-31', 'affiliation'), closed('2026-03-31'))
  past(registered(), affiliated(), acquired('EMPLOYEE'), capacityEnded('EMPLOYEE', '2026-02-01'))
    .when(end)
    .then(closed('2026-03-31'))
  past(registered()).when(end).thenRejected('affiliationNotFound')
  past(registered(), affiliated(), closed('2026-02-01'))
    .when(end)
    .thenRejected('affiliationAlreadyEnded', { to: '2026-02-01' })
  past(registered(), affiliated())
    .when({ ...end, to: day('2025-12-31') })
    .thenRejected('endBeforeStart')
  past(registered(), affiliated(), acquired('EMPLOYEE', '2026-02-10'))
    .when({ ...end, to: day('2026-02-01') })
    .thenRejected('endBeforeCapacityStart')
})

test('a capacity is added within the affiliation, and may not be there twice', () => {
  const acquire: PersonCommand = { type: 'AcquireCapacity', ...request('EMPLOYEE') }
  past(registered(), affiliated())
    .when(acquire)
    .then(
      acquired('EMPLOYEE', '2026-01-01', {
        acquiredOn: day('2026-03-15'),
        requestedOn: day('2026-03-18'),
        evidence: numbered(employer),
      }),
    )
  past(registered()).when(acquire).thenRejected('notAffiliated', { day: '2026-01-01' })
  past(registered(), affiliated(), acquired('EMPLOYEE')).when(acquire).thenRejected('capacityOverlaps')
  past(registered(), affiliated())
    .when({ ...acquire, acquiredOn: day('2026-03-21') })
    .thenRejected('dateInFuture')
  past(registered(), affiliated('1985-07-30'))
    .when({ ...acquire, acquiredOn: day('1985-07-29') })
    .thenRejected('beforeBirth')
})

test('resident is residual, unless the registration repairs a lost right', () => {
  const evidence = numbered({ kind: 'nationalRegisterEntry', registeredOn: day('2020-01-01') })
  const acquire: PersonCommand = {
    type: 'AcquireCapacity',
    ...request('RESIDENT', { evidence, capacityId: ids.capacity2 }),
  }
  past(registered(), affiliated(), acquired('SELF_EMPLOYED'))
    .when(acquire)
    .thenRejected('residentIsResidual', { capacity: 'SELF_EMPLOYED' })
  past(registered(), affiliated('2019-01-01'))
    .when({ ...acquire, acquiredOn: day('2020-01-01'), repairsYear: 2020 })
    .thenRejected('repairYearClosed', { year: 2020, first: 2021, last: 2025 })
  const repaired = past(registered(), affiliated('2025-03-01'), acquired('SELF_EMPLOYED')).when({
    ...acquire,
    acquiredOn: day('2020-01-01'),
    repairsYear: 2025,
  }).decision
  expect(repaired.ok && repaired.events[0]?.data).toMatchObject({
    capacity: 'RESIDENT',
    ...{ repairsYear: 2025, from: '2025-03-01', requestedOn: acquire.requestedOn },
  })
  expect(repaired.ok && repaired.events[1]?.data).toMatchObject({ to: '2025-12-31' })
})

test('a capacity ends once, not before it starts', () => {
  const end: PersonCommand = { type: 'EndCapacity', capacityId: ids.capacity, to: day('2026-06-30') }
  past(registered(), affiliated(), acquired('EMPLOYEE')).when(end).then(capacityEnded('EMPLOYEE', '2026-06-30'))
  past(registered(), affiliated()).when(end).thenRejected('capacityNotFound')
  past(registered(), affiliated(), acquired('EMPLOYEE'), capacityEnded('EMPLOYEE', '2026-06-30'))
    .when(end)
    .thenRejected('capacityAlreadyEnded')
  past(registered(), affiliated(), acquired('EMPLOYEE'))
    .when({ ...end, to: day('2025-12-31') })
    .thenRejected('endBeforeStart')
})

test('box 5 of an annex 15 waits for the Immigration Office and then counts from the request', () => {
  const acquire: PersonCommand = {
    type: 'AcquireCapacity',
    ...request('RESIDENT', { acquiredOn: day('2026-03-01'), evidence: numbered(searchYear) }),
  }
  past(registered(), affiliated()).when(acquire).then(pending)
  const decision = { kind: 'immigrationOfficeDecision', decidedOn: day('2026-09-01'), positive: true } as const
  const record: PersonCommand = {
    type: 'RecordEvidence',
    evidenceId: ids.evidence,
    capacityId: ids.capacity,
    evidence: decision,
  }
  const later = given(personDecider, registered(), affiliated(), pending).on(factsOn('2026-09-05'))
  later.when(record).then(
    personEvent('EvidenceRecorded', { evidenceId: ids.evidence, capacityId: ids.capacity, evidence: decision }),
    acquired('RESIDENT', '2026-01-01', {
      acquiredOn: day('2026-03-01'),
      requestedOn: day('2026-03-18'),
      evidence: numbered(decision),
    }),
  )
  const negative = { ...record, evidence: { ...decision, positive: false } }
  later.when(negative).then(
    personEvent('EvidenceRecorded', {
      evidenceId: ids.evidence,
      capacityId: ids.capacity,
      evidence: negative.evidence,
    }),
    personEvent('CapacityRefused', {
      ...{ capacityId: ids.capacity, ...member, capacity: 'RESIDENT', decidedOn: day('2026-09-01') },
    }),
  )
  later.when({ ...record, evidence: { ...decision, decidedOn: day('2026-09-06') } }).thenRejected('dateInFuture')
  later.when({ ...record, evidence: { ...decision, kind: 'manualDecision' } }).thenRejected('otherDecisionAwaited')
  later.when({ type: 'EndCapacity', capacityId: ids.capacity, to: day('2026-12-31') }).thenRejected('capacityPending')
})

test('a negative decision on a residence that counts is not kept beside it: it has to be ended or withdrawn', () => {
  const decided = (decidedOn: string, positive: boolean) =>
    ({ kind: 'immigrationOfficeDecision', decidedOn: day(decidedOn), positive }) as const
  const record = (evidence: ReturnType<typeof decided>): PersonCommand => ({
    ...{ type: 'RecordEvidence', evidenceId: ids.evidence, capacityId: ids.capacity, evidence },
  })
  const shown = { evidence: numbered(searchYear, decided('2026-03-10', true)) }
  const resident = past(registered(), affiliated(), acquired('RESIDENT', '2026-01-01', shown))
  const against = { kind: 'immigrationOfficeDecision', decidedOn: '2026-03-15', capacity: 'RESIDENT' }
  resident.when(record(decided('2026-03-15', false))).thenRejected('decisionTakesAway', against)
  // one that was replaced by the positive one already changes nothing
  const before = record(decided('2026-03-01', false))
  expect(resident.when(before).decision).toMatchObject({ ok: true })
})

test('more evidence is kept when it is of a kind that proves the capacity', () => {
  const record: PersonCommand = {
    type: 'RecordEvidence',
    evidenceId: ids.evidence,
    capacityId: ids.capacity,
    evidence: employer,
  }
  past(registered(), affiliated(), acquired('EMPLOYEE'))
    .when(record)
    .then(personEvent('EvidenceRecorded', { evidenceId: ids.evidence, capacityId: ids.capacity, evidence: employer }))
  past(registered(), affiliated(), acquired('STUDENT')).when(record).thenRejected('evidenceNotOfCapacity')
  past(registered(), affiliated()).when(record).thenRejected('capacityNotFound')
})
