import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  capacityEnded,
  closed,
  day,
  died,
  employer,
  erased,
  factsOn,
  ids,
  known,
  numbered,
  registered,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const because = 'clericalError' as const
const decide = (command: PersonCommand, ...past: readonly PersonEvent[]) => decidePerson(command, known(...past), facts)
/** What is told, or the code of the refusal with what it says. */
const told = (command: PersonCommand, ...past: readonly PersonEvent[]) => {
  const decision = decide(command, ...past)
  if (decision.ok) return decision.events.map(({ type }) => type)
  return [decision.rejection.code, decision.rejection.params]
}
const dataOf = (command: PersonCommand, ...past: readonly PersonEvent[]) => {
  const decision = decide(command, ...past)
  return decision.ok ? decision.events.at(-1)?.data : decision.rejection
}
const employee = (from = '2026-01-01', more: object = {}) =>
  acquired('EMPLOYEE', from, { evidence: numbered(employer), ...more })
const working = [registered(), affiliated(), employee()]
const capacity = (changes: object): PersonCommand => ({
  ...{ type: 'CorrectCapacity', capacityId: ids.capacity, evidence: [], because },
  ...changes,
})
const affiliation = (changes: object): PersonCommand => ({
  ...{ type: 'CorrectAffiliation', affiliationId: ids.affiliation, because },
  ...changes,
})
const person = (changes: object): PersonCommand => ({ type: 'CorrectPerson', because, ...changes })
const about = { capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'RESIDENT' }
const waiting = personEvent('CapacityRequested', {
  ...{ ...about, affiliationId: ids.affiliation, acquiredOn: day('2026-03-01'), requestedOn: day('2026-03-18') },
  ...{ waitingFor: 'immigrationOffice', evidence: [] },
})
const refused = personEvent('CapacityRefused', { ...about, decidedOn: day('2026-04-01') })

it('of a capacity cannot move its beginning behind the death of the person', () => {
  expect(told(capacity({ acquiredOn: day('2026-02-21') }), ...working, died('2026-02-20'))).toEqual([
    'personDied',
    { diedOn: '2026-02-20' },
  ])
})

describe('nothing is put right', () => {
  const withdraw: PersonCommand = { type: 'WithdrawCapacity', capacityId: ids.capacity, because }
  const annul: PersonCommand = { type: 'WithdrawAffiliation', affiliationId: ids.affiliation, because }
  const proof: PersonCommand = { type: 'CorrectEvidence', evidenceId: ids.evidence, evidence: null, because }
  const all = [
    capacity({ to: day('2026-05-31') }),
    affiliation({ to: null }),
    person({ sex: 'M' }),
    withdraw,
    annul,
    proof,
  ]

  it('of somebody who is unknown, or whose data is gone', () => {
    for (const command of all) {
      expect(told(command)).toEqual(['personNotFound', {}])
      expect(told(command, ...working, erased)).toEqual(['personErased', {}])
    }
  })

  it('that is not there, or that was refused', () => {
    const none = [registered(), affiliated()]
    expect(told(capacity({ to: null }), ...none)).toEqual(['capacityNotFound', {}])
    expect(told(withdraw, ...none)).toEqual(['capacityNotFound', {}])
    expect(told(affiliation({ affiliationId: ids.affiliation2, to: null }), ...none)).toEqual([
      'affiliationNotFound',
      {},
    ])
    expect(told(proof, ...none)).toEqual(['evidenceNotFound', {}])
    expect(told(capacity({ to: null }), ...none, waiting, refused)).toEqual([
      'capacityRefused',
      { capacity: 'RESIDENT' },
    ])
    expect(told(withdraw, ...none, waiting, refused)).toEqual(['capacityRefused', { capacity: 'RESIDENT' }])
  })

  it('while a decision of others is awaited, except that it can be taken back', () => {
    const asked = [registered(), affiliated(), waiting]
    expect(told(capacity({ to: null }), ...asked)).toEqual(['capacityPending', { waitingFor: 'immigrationOffice' }])
    expect(told(withdraw, ...asked)).toEqual(['CapacityWithdrawn'])
  })

  it('when it is right already', () => {
    const nothing = ['correctionChangesNothing', {}]
    expect(told(capacity({}), ...working)).toEqual(nothing)
    expect(told(capacity({ acquiredOn: day('2026-01-01'), to: null }), ...working)).toEqual(nothing)
    expect(told(affiliation({}), ...working)).toEqual(nothing)
    expect(told(affiliation({ from: day('2026-01-01'), to: null }), ...working)).toEqual(nothing)
    expect(told(person({}), ...working)).toEqual(nothing)
    expect(told(person({ birthDate: day('1985-07-30'), sex: 'F', diedOn: null }), ...working)).toEqual(nothing)
  })
})

describe('a day that is put right', () => {
  it('has come, and lies in the life and the law', () => {
    const tomorrow = day('2026-06-21')
    expect(told(capacity({ acquiredOn: tomorrow }), ...working)).toEqual([
      ...['dateInFuture', { field: 'acquiredOn', day: tomorrow }],
    ])
    expect(told(capacity({ requestedOn: tomorrow }), ...working)).toEqual([
      ...['dateInFuture', { field: 'requestedOn', day: tomorrow }],
    ])
    expect(told(affiliation({ from: day('1985-07-29') }), ...working)).toEqual([
      ...['beforeBirth', { field: 'from', day: '1985-07-29' }],
    ])
    expect(told(person({ birthDate: tomorrow }), ...working)).toEqual([
      ...['dateInFuture', { field: 'birthDate', day: tomorrow }],
    ])
    expect(told(person({ diedOn: tomorrow }), ...working)).toEqual([
      ...['dateInFuture', { field: 'diedOn', day: tomorrow }],
    ])
    expect(told(person({ birthDate: day('2026-06-20') }), registered())).toEqual(['PersonCorrected'])
  })

  it('of birth lies before the first quality that was acquired', () => {
    const later = acquired('STUDENT', '2026-02-01', { capacityId: ids.capacity2 })
    for (const past of [
      [...working, later],
      [registered(), affiliated(), later, employee()],
    ]) {
      expect(told(person({ birthDate: day('2026-01-01') }), ...past)).toEqual(['PersonCorrected'])
      expect(told(person({ birthDate: day('2026-01-02') }), ...past)).toEqual([
        ...['beforeBirth', { field: 'acquiredOn', day: '2026-01-01' }],
      ])
    }
  })

  it('leaves every affiliation and every capacity a day', () => {
    expect(told(affiliation({ to: day('2026-01-01') }), ...working)).toContain('AffiliationCorrected')
    const early = { from: '2026-01-01', to: '2025-12-31' }
    expect(told(affiliation({ to: day('2025-12-31') }), ...working)).toEqual(['endBeforeStart', early])
    expect(told(person({ diedOn: day('2025-12-31') }), ...working)).toEqual(['endBeforeStart', early])
    const gone = [registered(), affiliated('2025-01-01'), closed('2025-06-30')]
    expect(told(person({ diedOn: day('2025-06-30') }), ...gone)).toEqual(['PersonCorrected'])
    expect(told(person({ diedOn: day('2025-06-29') }), ...gone)).toEqual(['AffiliationCorrected', 'PersonCorrected'])
    expect(told(capacity({ to: day('2025-12-31') }), ...working)).toEqual([
      'correctionLeavesNoDay',
      { capacity: 'EMPLOYEE' },
    ])
    expect(told(capacity({ to: day('2026-01-01') }), ...working)).toEqual(['CapacityCorrected'])
  })

  it('does not lead to one capacity twice, or to two insurers', () => {
    const ended = { ...capacityEnded('EMPLOYEE', '2026-02-28') }
    const again = employee('2026-04-01', { capacityId: ids.capacity2 })
    const twice = [...working, ended, again]
    expect(told(capacity({ to: null }), ...twice)).toEqual(['capacityOverlaps', { capacity: 'EMPLOYEE' }])
    expect(told(capacity({ to: day('2026-04-01') }), ...twice)).toEqual(['capacityOverlaps', { capacity: 'EMPLOYEE' }])
    expect(told(capacity({ to: day('2026-03-31') }), ...twice)).toEqual(['CapacityCorrected'])
    const moved = [
      registered(),
      affiliated('2025-01-01'),
      closed('2025-12-31'),
      affiliated('2026-01-01', '501', ids.affiliation2),
    ]
    expect(told(affiliation({ to: null }), ...moved)).toEqual(['insurersOverlap', {}])
    expect(told(affiliation({ to: day('2025-11-30') }), ...moved)).toEqual(['AffiliationCorrected'])
  })
})

describe('the last day with a fund, put right to a later one', () => {
  const ended = [registered(), affiliated('2024-01-01'), closed('2025-05-31')]
  const tooSoon = (to: string) => ['nextInsurerTooSoon', { to, months: 3, confidence: 'assumed' }]
  const until = (to: string) => affiliation({ to: day(to) })

  it('does not come within months of another insurer, which would be a transfer', () => {
    const moved = [...ended, affiliated('2026-01-01', '501', ids.affiliation2)]
    expect(told(until('2025-12-30'), ...moved)).toEqual(tooSoon('2025-12-30'))
    expect(told(until('2025-10-01'), ...moved)).toEqual(tooSoon('2025-10-01'))
    expect(told(until('2025-09-30'), ...moved)).toEqual(['AffiliationCorrected'])
    expect(told(until('2026-01-01'), ...moved)).toEqual(['insurersOverlap', {}])
  })

  it('counts to the day for which the other one was asked, not to the quarter that it begins with', () => {
    const home = { affiliationId: ids.affiliation2, capacityId: ids.capacity3, insurer: '500', ziekenfonds: '501' }
    const work = acquired('EMPLOYEE', '2026-01-01', { ...home, acquiredOn: day('2026-02-10') })
    const moved = [...ended, affiliated('2026-01-01', '501', ids.affiliation2), work]
    expect(told(until('2025-11-09'), ...moved)).toEqual(['AffiliationCorrected'])
    expect(told(until('2025-11-10'), ...moved)).toEqual(tooSoon('2025-11-10'))
  })

  it('is free before the same insurer again, and before a holder elsewhere', () => {
    const again = [...ended, affiliated('2026-01-01', '306', ids.affiliation2)]
    expect(told(until('2025-12-30'), ...again)).toEqual(['AffiliationCorrected'])
    const home = { affiliationId: ids.affiliation2, capacityId: ids.capacity3, insurer: '500', ziekenfonds: '501' }
    const follows = acquired('DEPENDANT_SPOUSE', '2026-01-01', { ...home, holderPersonId: ids.other })
    const married = [...ended, affiliated('2026-01-01', '501', ids.affiliation2), follows]
    expect(told(until('2025-12-30'), ...married)).toEqual(['AffiliationCorrected'])
  })

  it('does not come within months of another fund of the insurer that left dependants behind', () => {
    const child = { dependantPersonId: ids.other, capacityId: ids.capacity2 }
    const family = [
      ...[registered(), affiliated('2024-01-01')],
      personEvent('DependantAdded', { ...child, capacity: 'DEPENDANT_CHILD', from: day('2024-01-01') }),
      closed('2025-05-31'),
      affiliated('2026-01-01', '311', ids.affiliation2),
    ]
    expect(told(until('2025-12-30'), ...family)).toEqual(tooSoon('2025-12-30'))
  })
})

describe('a capacity as resident that has no day', () => {
  const resident = (from: string, capacityId: string) => acquired('RESIDENT', from, { capacityId })
  const waits = (capacityId: string) =>
    personEvent('CapacityWithdrawn', {
      ...{ capacityId, insurer: '300', ziekenfonds: '306', capacity: 'RESIDENT', displaced: true },
      ...{ because: 'consequence', corrects: [] },
    })
  const first = [registered(), affiliated(), resident('2026-01-01', ids.capacity)]
  const twice = ['capacityOverlaps', { capacity: 'RESIDENT' }]

  it('because one of its kind began before, is withdrawn before that one ends: it would go on in its place', () => {
    const both = [...first, resident('2026-04-01', ids.capacity2), waits(ids.capacity2)]
    const end: PersonCommand = { type: 'EndCapacity', capacityId: ids.capacity, to: day('2026-05-31') }
    expect(told(end, ...both)).toEqual(twice)
    expect(told(capacity({ to: day('2026-05-31') }), ...both)).toEqual(twice)
    expect(told(capacity({ to: day('2026-03-31') }), ...both)).toEqual(['CapacityCorrected', 'CapacityCorrected'])
    const withdraw: PersonCommand = { type: 'WithdrawCapacity', capacityId: ids.capacity2, because }
    const withdrawn = decide(withdraw, ...both)
    expect(told(end, ...both, ...(withdrawn.ok ? withdrawn.events : []))).toEqual(['CapacityEnded'])
  })

  it('because its affiliation was withdrawn, gets none by a correction', () => {
    const member = { affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' }
    const gone = personEvent('AffiliationWithdrawn', { ...member, because: 'consequence', corrects: [] })
    expect(told(capacity({ requestedOn: day('2026-02-01') }), ...first, waits(ids.capacity), gone)).toEqual([
      'correctionLeavesNoDay',
      { capacity: 'RESIDENT' },
    ])
  })
})

describe('a correction of the person names what it puts right', () => {
  const dead = [...working, capacityEnded('EMPLOYEE', '2026-03-10', 'affiliation')]
  const data = { affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', to: day('2026-03-10') }
  const past = [...dead, personEvent('AffiliationClosed', { ...data, reason: 'death' }), died('2026-03-10')]
  it('the registration for birth and sex, the death for its day, both for both', () => {
    expect(dataOf(person({ sex: 'M' }), ...past)).toMatchObject({ sex: 'M', diedOn: '2026-03-10', corrects: ['1'] })
    expect(dataOf(person({ birthDate: day('1985-07-31') }), ...past)).toMatchObject({ corrects: ['1'] })
    expect(dataOf(person({ diedOn: null }), ...past)).toMatchObject({ corrects: ['6'] })
    expect(dataOf(person({ sex: 'M', diedOn: null }), ...past)).toMatchObject({ corrects: ['1', '6'] })
    expect(dataOf(person({ sex: 'M', diedOn: day('2026-04-01') }), ...working)).toMatchObject({ corrects: ['1'] })
  })
})
