import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import type { PersonFacts } from './person.facts.ts'
import {
  acquired,
  affiliate,
  affiliated,
  becomes,
  birth,
  capacityEnded,
  child,
  closed,
  day,
  employer,
  factsOn,
  holder,
  ids,
  known,
  numbered,
  registered,
  request,
  searchYear,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const because = 'clericalError' as const
const member = { insurer: '300', ziekenfonds: '306' }
const aff = { affiliationId: ids.affiliation, ...member }
/** All that is told after a command. */
function told(command: PersonCommand, past: readonly PersonEvent[], on: PersonFacts = facts) {
  const decision = decidePerson(command, known(...past), on)
  return decision.ok ? decision.events : decision.rejection
}
const leaving = (to: string): PersonCommand => ({
  ...{ type: 'EndAffiliation', affiliationId: ids.affiliation, to: day(to), reason: 'departure' },
})
const withdrawn = (of: { capacityId: string; capacity: string }, more: object): PersonEvent =>
  personEvent('CapacityWithdrawn', { ...member, ...of, because: 'consequence', corrects: ['3'], ...more })
const home = [registered(), affiliated()]

describe('a request that waits', () => {
  const ask = (more: object): PersonCommand => ({
    ...{ type: 'AcquireCapacity', ...request('RESIDENT', { evidence: numbered(searchYear), ...more }) },
  })
  const asked = { ...aff, capacityId: ids.capacity, capacity: 'RESIDENT', requestedOn: day('2026-03-18') }
  const waits = { ...asked, waitingFor: 'immigrationOffice', evidence: numbered(searchYear) } as const
  const waiting = personEvent('CapacityRequested', { ...waits, acquiredOn: day('2026-03-15') })
  const ended = personEvent('CapacityRefused', {
    ...{ ...member, capacityId: ids.capacity, capacity: 'RESIDENT', decidedOn: day('2026-06-20') },
    affiliationEnded: true,
  })

  it('says the year that it repairs', () => {
    const acquiredOn = day('2025-03-01')
    expect(told(ask({ acquiredOn, repairsYear: 2025 }), [registered(), affiliated('2025-01-01')])).toEqual([
      personEvent('CapacityRequested', { ...waits, acquiredOn, repairsYear: 2025 }),
    ])
    expect(told(ask({}), home)).toEqual([waiting])
  })

  it('is refused with the end of the affiliation, and waits again when there was none', () => {
    const left = closed('2026-06-20')
    expect(told(leaving('2026-06-20'), [...home, waiting])).toEqual([ended, left])
    const back: PersonCommand = { type: 'CorrectAffiliation', affiliationId: ids.affiliation, to: null, because }
    expect(told(back, [...home, waiting, ended, left])).toMatchObject([{ type: 'AffiliationCorrected' }, waiting])
  })
})

describe('a residual capacity', () => {
  const resident = { capacityId: ids.capacity2, capacity: 'RESIDENT' }
  const employed = (acquiredOn: string): PersonCommand => ({
    type: 'AcquireCapacity',
    ...request('EMPLOYEE', {
      ...{ acquiredOn: day(acquiredOn), requestedOn: day('2026-06-18') },
      evidence: numbered({ kind: 'employerProof', rszNumber: '102077173', issuedOn: day(acquiredOn) }),
    }),
  })
  const past = [...home, acquired('RESIDENT', '2026-01-01', { capacityId: ids.capacity2 })]

  it('ends by the other one, or has no day left and stays claimed', () => {
    const end = personEvent('CapacityEnded', {
      ...resident,
      ...member,
      to: day('2026-03-31'),
      endedBy: 'otherCapacity',
    })
    expect(told(employed('2026-05-01'), past)).toMatchObject([end, { data: { from: '2026-04-01' } }])
    expect(told(employed('2026-02-01'), past)).toMatchObject([
      withdrawn(resident, { displaced: true }),
      { data: { from: '2026-01-01' } },
    ])
  })
})

describe('a dependant', () => {
  const added = { holderPersonId: ids.other, holderFrom: day('2026-01-01'), evidence: birth }
  const past = [child, affiliated('2026-05-04'), acquired('DEPENDANT_CHILD', '2026-05-04', added)]
  const lost = withdrawn(
    { capacityId: ids.capacity, capacity: 'DEPENDANT_CHILD' },
    { displaced: true, holderSpan: null },
  )
  const follow = (span: { from: string; to: string | null } | null): PersonCommand => ({
    ...{ type: 'FollowHolder', capacityId: ids.capacity, ziekenfonds: '306', leavesInsurer: false },
    span: span && ({ from: day(span.from), to: span.to && day(span.to) } as never),
  })

  it('to whom the holder gives no day keeps the claim, and goes from an affiliation that rests on it alone', () => {
    const never = personEvent('AffiliationWithdrawn', {
      ...{ ...aff, because: 'consequence', corrects: ['2'], toldUntil: day('2026-06-20') },
    })
    expect(told(follow(null), past)).toEqual([lost, never])
    const student = acquired('STUDENT', '2026-05-04', { capacityId: ids.capacity2 })
    expect(told(follow(null), [...past, student])).toEqual([lost])
    expect(told(follow(null), [...past, student, lost])).toEqual([])
    expect(told(follow({ from: '2026-01-01', to: '2026-05-31' }), [...past, lost, never])).toMatchObject([
      { type: 'AffiliationOpened', data: { ...aff, from: '2026-05-04' } },
      {
        type: 'CapacityCorrected',
        data: { ...aff, from: '2026-05-04', to: '2026-05-31', holderPersonId: ids.other, corrects: ['4'] },
      },
    ])
  })

  it('says how the two belong together', () => {
    const on = factsOn('2026-06-20', { holder, acceptsMigratedRecords: true })
    const evidence = numbered({ kind: 'adoptionAct', issuedOn: day('2026-05-10') } as never)
    expect(told({ ...becomes, relation: 'adopted', evidence }, [child], on)).toMatchObject([
      { type: 'AffiliationOpened', data: { ...aff, from: '2026-05-04', requestedOn: '2026-06-01' } },
      { type: 'CapacityAcquired', data: { relation: 'adopted', holderPersonId: ids.other, holderFrom: '2026-01-01' } },
    ])
  })
})

describe('an affiliation', () => {
  const employee = acquired('EMPLOYEE', '2026-01-01', { evidence: numbered(employer) })
  const days = { from: day('2026-01-01'), claimedFrom: day('2026-01-01'), followsHolder: false }

  it('that loses days which were told says until when others took them for insured', () => {
    const to = day('2026-06-19')
    const corrected = { ...aff, ...days, to, leftOn: to, reason: 'departure' as const, because, corrects: ['2'] }
    const correct: PersonCommand = { type: 'CorrectAffiliation', affiliationId: ids.affiliation, to, because }
    const toldUntil = day('2026-06-20')
    expect(told(correct, [...home, employee])).toEqual([
      personEvent('AffiliationCorrected', { ...corrected, toldUntil }),
      personEvent('CapacityCorrected', {
        ...{ ...aff, capacityId: ids.capacity, capacity: 'EMPLOYEE', from: days.from, to, endedOn: null },
        ...{ acquiredOn: days.from, requestedOn: days.from, ruleStart: days.from, holderSpan: null },
        ...{ because, corrects: ['3'] },
      }),
    ])
    expect(told(leaving('2026-06-19'), [...home, employee])).toEqual([
      capacityEnded('EMPLOYEE', '2026-06-19', 'affiliation'),
      personEvent('AffiliationClosed', { ...aff, to, reason: 'departure', toldUntil }),
    ])
    // of today nothing was told that counts no more
    expect(told(leaving('2026-06-20'), home)).toEqual([closed('2026-06-20')])
    expect(told({ ...correct, to: day('2026-06-20') }, home)).toEqual([
      personEvent('AffiliationCorrected', { ...corrected, to: day('2026-06-20'), leftOn: day('2026-06-20') }),
    ])
  })

  it('that ended says so of days before its end alone', () => {
    const past = [registered(), affiliated(), closed('2026-03-31')]
    const correct = (to: string): PersonCommand => ({
      ...{ type: 'CorrectAffiliation', affiliationId: ids.affiliation, to: day(to), because },
    })
    expect(told(correct('2026-03-30'), past)).toMatchObject([{ data: { toldUntil: '2026-06-20' } }])
    const longer = told(correct('2026-04-01'), past)
    expect(Array.isArray(longer) && longer.map(({ data }) => Object.keys(data).includes('toldUntil'))).toEqual([false])
  })

  it('that is asked on days of another says from when it was asked', () => {
    const past = [registered(), affiliated('2025-01-01'), closed('2025-12-31')]
    expect(told(affiliate({ affiliationId: ids.affiliation2, from: day('2025-12-01') }), past)).toEqual([
      personEvent('AffiliationOpened', {
        ...{ ...member, affiliationId: ids.affiliation2, from: day('2026-01-01'), requestedOn: day('2026-03-18') },
        claimedFrom: day('2025-12-01'),
      }),
    ])
  })

  it('that holds days of a capacity leaves the first day by the start rule told', () => {
    const past = [registered(), affiliated('2025-01-01'), closed('2026-02-05')]
    const ask = affiliate({ affiliationId: ids.affiliation2, capacity: request('EMPLOYEE') })
    expect(told(ask, past)).toMatchObject([
      { type: 'AffiliationOpened', data: { from: '2026-02-06', claimedFrom: '2026-01-01' } },
      { type: 'CapacityAcquired', data: { from: '2026-02-06', ruleStart: '2026-01-01' } },
    ])
  })
})
