import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson, personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import { reactionsTo } from './person.reactions.ts'
import type { Person } from './person.ts'
import {
  acquired,
  affiliated,
  capacityEnded,
  closed,
  day,
  died,
  employer,
  factsOn,
  ids,
  numbered,
  personOf,
  registered,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const eventId = (n: number): string => `0199a000-0000-7000-8000-0000000000f${n}`
/** Events as they are stored: with the id that a correction names. */
const stored = (...events: readonly PersonEvent[]) => events.map((event, n) => ({ ...event, id: eventId(n) }))
const past = (...events: readonly PersonEvent[]) => given(personDecider, ...stored(...events)).on(facts)
const proven = (from: string) => acquired('EMPLOYEE', from, { evidence: numbered(employer) })
const because = 'clericalError' as const

function after(command: PersonCommand, ...events: readonly PersonEvent[]): { person: Person; told: readonly string[] } {
  const before = stored(...events).reduce(evolvePerson, personOf())
  const decision = decidePerson(command, before, facts)
  if (!decision.ok) throw new Error(decision.rejection.code)
  return {
    person: decision.events.reduce(evolvePerson, before),
    told: decision.events.map(({ type }) => type),
  }
}

test('the end of a capacity on a wrong day is corrected, and taken back, naming what it corrects', () => {
  const correct: PersonCommand = {
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity, to: day('2026-05-31'), evidence: [], because },
  }
  const ended = [registered(), affiliated(), proven('2026-01-01'), capacityEnded('EMPLOYEE', '2026-03-31')]
  const decision = past(...ended).when(correct).decision
  expect(decision.ok && decision.events.map(({ type, data }) => [type, data])).toMatchObject([
    ['CapacityCorrected', { from: '2026-01-01', to: '2026-05-31', because, corrects: [eventId(2), eventId(3)] }],
  ])
  const open = after({ ...correct, to: null }, ...ended)
  expect(open.person.capacities).toMatchObject([{ from: '2026-01-01', to: null, status: 'acquired' }])
  past(...ended)
    .when({ ...correct, to: day('2025-12-31') })
    .thenRejected('correctionLeavesNoDay')
  past(...ended)
    .when({ ...correct, to: day('2026-03-31') })
    .thenRejected('correctionChangesNothing')
  past(registered(), affiliated()).when(correct).thenRejected('capacityNotFound')
})

test('the start of a capacity is corrected to a day before the affiliation, which reaches back with it', () => {
  const contract = numbered({ kind: 'employmentContract', rszNumber: '102077173', startsOn: day('2025-11-03') })
  const correct: PersonCommand = {
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day('2025-11-03'), because },
    evidence: contract.map((proof) => ({ ...proof, evidenceId: ids.affiliation2 })),
  }
  const { person, told } = after(correct, registered(), affiliated(), proven('2026-01-01'))
  expect(told).toEqual(['EvidenceRecorded', 'AffiliationCorrected', 'CapacityCorrected'])
  expect(person.affiliations).toMatchObject([{ from: '2025-10-01', to: null }])
  expect(person.capacities).toMatchObject([{ from: '2025-10-01', acquiredOn: '2025-11-03' }])
  const late = numbered({ kind: 'employmentContract', rszNumber: '102077173', startsOn: day('2025-12-01') })
  past(registered(), affiliated(), proven('2026-01-01'))
    .when({ ...correct, evidence: late })
    .thenRejected('evidenceDisagrees')
})

test('a departure on a wrong day is corrected, also back before the first day once the capacity is', () => {
  const left = [registered(), affiliated(), proven('2026-01-01'), closed('2026-03-31')]
  const correct: PersonCommand = { type: 'CorrectAffiliation', affiliationId: ids.affiliation, because }
  const later = after({ ...correct, to: day('2026-05-31') }, ...left)
  expect(later.person.affiliations).toMatchObject([{ to: '2026-05-31', reason: 'departure' }])
  const never = after({ ...correct, to: null }, ...left)
  expect(never.person.affiliations).toMatchObject([{ from: '2026-01-01', to: null, reason: null }])
  const earlier = after({ ...correct, from: day('2025-12-01') }, ...left)
  expect(earlier.person.affiliations).toMatchObject([{ from: '2025-12-01', to: '2026-03-31' }])
  past(...left)
    .when({ ...correct, from: day('2026-02-01') })
    .thenRejected('capacityBeforeAffiliation', { start: '2026-01-01', from: '2026-02-01' })
  const elsewhere = affiliated('2026-04-01', '600', ids.affiliation2)
  past(...left, elsewhere)
    .when({ ...correct, to: null })
    .thenRejected('insurersOverlap')
})

test('what a departure ended runs on when the departure is taken back', () => {
  const byDeparture = capacityEnded('EMPLOYEE', '2026-03-31', 'affiliation')
  const correct: PersonCommand = { type: 'CorrectAffiliation', affiliationId: ids.affiliation, to: null, because }
  const { person, told } = after(
    correct,
    registered(),
    affiliated(),
    proven('2026-01-01'),
    byDeparture,
    closed('2026-03-31'),
  )
  expect(told).toEqual(['AffiliationCorrected', 'CapacityCorrected'])
  expect(person.capacities).toMatchObject([{ from: '2026-01-01', to: null }])
})

test('an affiliation that never was goes with its capacities, and what it displaced counts', () => {
  const withdraw: PersonCommand = { type: 'WithdrawAffiliation', affiliationId: ids.affiliation, because }
  const { person, told } = after(withdraw, registered(), affiliated(), proven('2026-01-01'))
  expect(told).toEqual(['CapacityWithdrawn', 'AffiliationWithdrawn'])
  expect([person.affiliations, person.capacities]).toEqual([[], []])
  expect(person.toldTo).toEqual([{ insurer: '300', ziekenfonds: '306' }])
  past(registered()).when(withdraw).thenRejected('affiliationNotFound')
})

test('a resident who was displaced is one again when the other capacity is withdrawn', () => {
  const resident = acquired('RESIDENT', '2026-01-01', { capacityId: ids.capacity2 })
  const shortened = capacityEnded('RESIDENT', '2026-03-31', 'otherCapacity')
  const ended = { ...shortened, data: { ...shortened.data, capacityId: ids.capacity2 } } as PersonEvent
  const withdraw: PersonCommand = { type: 'WithdrawCapacity', capacityId: ids.capacity, because }
  const { person } = after(withdraw, registered(), affiliated(), resident, ended, proven('2026-04-01'))
  expect(person.capacities).toMatchObject([{ capacity: 'RESIDENT', from: '2026-01-01', to: null }])
})

test('a death on a wrong day is corrected, and one that never was is taken back with all that it ended', () => {
  const dead = [
    ...[registered(), affiliated(), proven('2026-01-01'), capacityEnded('EMPLOYEE', '2026-03-10', 'affiliation')],
    personEvent('AffiliationClosed', {
      ...{ affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', to: day('2026-03-10'), reason: 'death' },
    }),
    died('2026-03-10'),
  ]
  const correct: PersonCommand = { type: 'CorrectPerson', because, diedOn: day('2026-04-10') }
  const later = after(correct, ...dead)
  expect(later.person).toMatchObject({ diedOn: '2026-04-10', affiliations: [{ to: '2026-04-10', reason: 'death' }] })
  const alive = after({ ...correct, diedOn: null }, ...dead)
  expect(alive.person).toMatchObject({ diedOn: null, affiliations: [{ to: null, reason: null }] })
  expect(alive.person.capacities).toMatchObject([{ to: null }])
  const { decision } = past(...dead).when({ ...correct, diedOn: null })
  expect(decision.ok && decision.events.at(-1)?.data).toMatchObject({ diedOn: null, corrects: [eventId(5)] })
})

test('a death that nobody told before is a correction of the registration, which told of a living person', () => {
  const correct: PersonCommand = { type: 'CorrectPerson', because, diedOn: day('2026-04-10') }
  const { decision } = past(registered(), affiliated(), proven('2026-01-01')).when(correct)
  expect(decision.ok && decision.events.at(-1)?.data).toMatchObject({ diedOn: '2026-04-10', corrects: [eventId(0)] })
})

test('a corrected date of birth moves what rests on age', () => {
  const child = acquired('DEPENDANT_CHILD', '2026-02-01', { holderPersonId: ids.other, holderFrom: day('2026-01-01') })
  const events = [registered('2010-01-01'), affiliated('2026-02-01'), child]
  const correct: PersonCommand = { type: 'CorrectPerson', birthDate: day('2001-05-04'), because }
  const { person, told } = after(correct, ...events)
  expect(told).toEqual(['CapacityCorrected', 'PersonCorrected'])
  expect(person.capacities).toMatchObject([{ to: '2026-05-03' }])
  past(...events)
    .when({ ...correct, birthDate: day('2026-03-01') })
    .thenRejected('beforeBirth')
})

test('birth and sex follow a number that says otherwise', () => {
  const replace: PersonCommand = {
    ...{ type: 'ReplaceIdentifier', previousInszIndex: 'index-1', inszIndex: 'index-2', bis: false },
    ...{ insz: { $sealed: 'c' }, birthDate: day('1984-07-30'), sex: 'M' },
  }
  const { person, told } = after(replace, registered(), affiliated(), proven('2026-01-01'))
  expect(told).toEqual(['IdentifierReplaced', 'PersonCorrected'])
  expect(person).toMatchObject({ birthDate: '1984-07-30', sex: 'M', inszIndex: 'index-2' })
})

test('the age of a child is weighed on the first day of insurance, as when the child became a dependant', () => {
  const holder = [registered('1970-01-01'), affiliated('2026-04-01'), acquired('EMPLOYEE', '2026-04-01')].reduce(
    evolvePerson,
    personOf(),
  )
  const birth = numbered({ kind: 'birthAct', issuedOn: day('2001-06-01') })
  const correct: PersonCommand = {
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day('2001-05-04'), because },
    evidence: birth.map((proof) => ({ ...proof, evidenceId: ids.affiliation2 })),
  }
  const child = (bornOn: string) =>
    given(
      personDecider,
      ...stored(
        registered(bornOn),
        affiliated('2026-02-02'),
        acquired('DEPENDANT_CHILD', '2026-02-02', { evidence: birth, holderPersonId: ids.other }),
      ),
    ).on(factsOn('2026-06-20', { holder }))
  // insured from 1 April, when the holder is: the birth is no day of insurance
  child('2001-03-31')
    .when({ ...correct, acquiredOn: day('2001-04-04') })
    .thenRejected('childTooOld', { limit: 25, from: '2026-04-01' })
  expect(child('2001-05-04').when(correct).decision.ok).toBe(true)
})

test('a proof that does not hold goes only when what is left bears the capacity', () => {
  const correct: PersonCommand = { type: 'CorrectEvidence', evidenceId: ids.evidence, evidence: null, because }
  const events = [registered(), affiliated(), proven('2026-01-01')]
  past(...events)
    .when(correct)
    .thenRejected('evidenceMissing')
  const other = { ...employer, issuedOn: day('2026-01-05') }
  past(...events)
    .when({ ...correct, evidence: other })
    .then(
      personEvent('EvidenceCorrected', {
        ...{ evidenceId: ids.evidence, capacityId: ids.capacity, evidence: other, because, corrects: [eventId(2)] },
      }),
    )
  past(registered()).when(correct).thenRejected('evidenceNotFound')
  const record = { kind: 'migratedRecord', source: 'word of mouth' } as const
  past(...events)
    .when({ ...correct, evidence: record })
    .thenRejected('evidenceNotOfCapacity')
  const card = { kind: 'residenceDocument', document: 'cardA', issuedOn: day('2026-01-01') } as const
  const resident = acquired('RESIDENT', '2026-01-01', { evidence: numbered(card) })
  past(registered(), affiliated(), resident)
    .when({ ...correct, evidence: { ...card, manualDecisionNeeded: true } })
    .thenRejected('proofWouldWait')
})

test('a holder whose departure is corrected takes the dependants along', () => {
  const dependant = personEvent('DependantAdded', {
    ...{
      dependantPersonId: ids.other,
      capacityId: ids.capacity2,
      capacity: 'DEPENDANT_CHILD',
      from: day('2026-02-01'),
    },
  })
  const events = stored(registered(), affiliated(), proven('2026-01-01'), dependant, closed('2026-03-31'))
  const before = events.reduce(evolvePerson, personOf())
  const command: PersonCommand = { type: 'CorrectAffiliation', affiliationId: ids.affiliation, to: null, because }
  const decision = decidePerson(command, before, facts)
  const decided = decision.ok ? decision.events : []
  expect(reactionsTo(decided, before, decided.reduce(evolvePerson, before))).toEqual([
    {
      personId: ids.other,
      command: {
        ...{ type: 'FollowHolder', capacityId: ids.capacity2, leavesInsurer: false },
        span: { from: '2026-01-01', to: null },
        ziekenfonds: '306',
      },
    },
  ])
})
