import { describe, expect, it } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  capacityEnded,
  closed,
  contract,
  day,
  employer,
  factsOn,
  ids,
  known,
  numbered,
  pending,
  registered,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const because = 'clericalError' as const
const told = (command: PersonCommand, ...past: readonly PersonEvent[]) => {
  const decision = decidePerson(command, known(...past), facts)
  if (!decision.ok) return [decision.rejection.code, decision.rejection.params]
  return decision.events.map(({ type }) => type)
}
const dataOf = (command: PersonCommand, ...past: readonly PersonEvent[]) => {
  const decision = decidePerson(command, known(...past), facts)
  return decision.ok ? decision.events.map(({ data }) => data) : []
}
const affiliation = (changes: object): PersonCommand => ({
  ...{ type: 'CorrectAffiliation', affiliationId: ids.affiliation, because },
  ...changes,
})
const elsewhere = { affiliationId: ids.affiliation2, insurer: '500', ziekenfonds: '501', capacityId: ids.capacity2 }
/** Another insurer until 10 December 2025: until 10 March 2026 only a transfer leads to the next one. */
const cameFrom501 = [affiliated('2025-01-01', '501', ids.affiliation2), closed('2025-12-10', ids.affiliation2)]

describe('the first day of work, put right to an earlier one', () => {
  const work = acquired('EMPLOYEE', '2026-04-01', { acquiredOn: day('2026-04-20'), evidence: numbered(employer) })
  const past = [registered(), ...cameFrom501, affiliated('2026-04-01'), work]
  const correct = (acquiredOn: string): PersonCommand => ({
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day(acquiredOn), because },
    evidence: [],
  })

  it('does not come within months of the insurer before, which would be a transfer', () => {
    expect(told(correct('2026-03-10'), ...past)[0]).toBe('transferNeeded')
    expect(told(correct('2026-03-11'), ...past)).toEqual(['AffiliationCorrected', 'CapacityCorrected'])
  })

  it('may, when it lay there already and moves to a later one', () => {
    const early = acquired('EMPLOYEE', '2026-04-01', { acquiredOn: day('2026-02-10'), evidence: numbered(employer) })
    const moved = [...past.slice(0, -1), early]
    expect(told(correct('2026-03-02'), ...moved)[0]).not.toBe('transferNeeded')
    expect(told(correct('2026-02-09'), ...moved)[0]).toBe('transferNeeded')
  })

  it('may for a dependant, who follows the holder and chooses nothing', () => {
    const child = acquired('DEPENDANT_CHILD', '2026-04-01', {
      evidence: numbered({ kind: 'birthAct', issuedOn: day('2010-06-01') }),
    })
    const family = [registered('2010-05-04'), ...past.slice(1, -1), child]
    expect(told(correct('2026-03-02'), ...family)[0]).not.toBe('transferNeeded')
  })
})

describe('the days of an affiliation, put right', () => {
  const later = [registered(), affiliated(), acquired('EMPLOYEE', '2026-02-10')]

  it('leave what is insured in it a day, counted from the first day as it is said now', () => {
    expect(told(affiliation({ to: day('2026-02-09') }), ...later)).toEqual([
      ...['endBeforeCapacityStart', { capacity: 'EMPLOYEE', from: '2026-02-10', to: '2026-02-09' }],
    ])
    expect(told(affiliation({ to: day('2026-02-10') }), ...later)).toEqual([
      'AffiliationCorrected',
      'CapacityCorrected',
    ])
    const alone = [registered(), affiliated()]
    expect(told(affiliation({ from: day('2026-03-01'), to: day('2026-02-28') }), ...alone)).toEqual([
      ...['endBeforeStart', { from: '2026-03-01', to: '2026-02-28' }],
    ])
    expect(told(affiliation({ from: day('2025-03-01'), to: day('2025-04-30') }), ...alone)).toEqual([
      'AffiliationCorrected',
    ])
  })

  it('do not begin after what is insured in it', () => {
    expect(told(affiliation({ from: day('2026-02-11') }), ...later)).toEqual([
      ...['capacityBeforeAffiliation', { start: '2026-02-10', from: '2026-02-11' }],
    ])
    expect(told(affiliation({ from: day('2026-02-10') }), ...later)).toEqual(['AffiliationCorrected'])
  })

  it('are those of the affiliation that is named, of several', () => {
    const several = [registered(), ...cameFrom501, affiliated('2026-01-01')]
    expect(dataOf(affiliation({ from: day('2026-02-01') }), ...several)).toMatchObject([
      { affiliationId: ids.affiliation, from: '2026-02-01', to: null },
    ])
  })

  it('are those of a follower as long as the last one is that of the holder', () => {
    const followed = [registered(), affiliated(), closed('2026-05-31', ids.affiliation, true)]
    expect(dataOf(affiliation({ from: day('2026-01-02') }), ...followed)).toMatchObject([{ followsHolder: true }])
    expect(dataOf(affiliation({ to: day('2026-05-30') }), ...followed)).toMatchObject([{ followsHolder: false }])
    const chose = [registered(), affiliated(), closed('2026-05-31')]
    expect(dataOf(affiliation({ from: day('2026-01-02') }), ...chose)).toMatchObject([{ followsHolder: false }])
  })
})

describe('an affiliation that never was', () => {
  const work = acquired('EMPLOYEE', '2025-01-01', elsewhere)
  const ended = personEvent('CapacityEnded', {
    ...{ capacityId: ids.capacity2, insurer: '500', ziekenfonds: '501', capacity: 'EMPLOYEE' },
    ...{ to: day('2025-12-10'), endedBy: 'affiliation' },
  })
  const two = [registered(), ...cameFrom501.slice(0, 1), work, ended, closed('2025-12-10', ids.affiliation2)]
  const past = [...two, affiliated(), acquired('STUDENT')]
  const annul = (affiliationId: string): PersonCommand => ({ type: 'WithdrawAffiliation', affiliationId, because })

  it('goes with what was insured in it, and with nothing else', () => {
    expect(told(annul(ids.affiliation), ...past)).toEqual(['CapacityWithdrawn', 'AffiliationWithdrawn'])
    expect(dataOf(annul(ids.affiliation), ...past)).toMatchObject([
      ...[{ capacityId: ids.capacity }, { affiliationId: ids.affiliation }],
    ])
    expect(told(annul(ids.evidence), ...past)).toEqual(['affiliationNotFound', {}])
  })
})

describe('a proof that is not what it was taken for', () => {
  const proofs = [
    { evidenceId: ids.other, evidence: contract },
    { evidenceId: ids.evidence, evidence: employer },
  ]
  const work = acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-03-15'), evidence: proofs })
  const past = [registered(), affiliated(), work]
  const correct = (evidenceId: string): PersonCommand => ({
    type: 'CorrectEvidence',
    evidenceId,
    evidence: null,
    because,
  })

  it('goes beside one that bears the quality, each by its own name', () => {
    for (const evidenceId of [ids.other, ids.evidence])
      expect(dataOf(correct(evidenceId), ...past)).toMatchObject([{ evidenceId, evidence: null, corrects: ['3'] }])
    expect(told(correct(ids.capacity3), ...past)).toEqual(['evidenceNotFound', {}])
  })

  it('goes from the capacity that it proves, of several', () => {
    const study = acquired('STUDENT', '2026-01-01', {
      capacityId: ids.capacity2,
      evidence: [{ evidenceId: ids.capacity3, evidence: employer }],
    })
    expect(dataOf(correct(ids.other), ...past.slice(0, 2), study, work)).toMatchObject([{ capacityId: ids.capacity }])
  })

  it('is told with the correction that replaces it, which names it', () => {
    const started = (startsOn: string) => ({ ...contract, startsOn: day(startsOn) })
    const wrong = acquired('EMPLOYEE', '2026-01-01', {
      acquiredOn: day('2026-02-01'),
      evidence: numbered(started('2026-02-01')),
    })
    const command: PersonCommand = {
      ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day('2025-11-03'), because },
      evidence: [{ evidenceId: ids.other, evidence: started('2025-11-03') }],
    }
    const events = dataOf(command, registered(), affiliated(), wrong)
    expect(events).toContainEqual({
      ...{ evidenceId: ids.evidence, capacityId: ids.capacity, evidence: null, because, corrects: ['3'] },
    })
  })

  it('does not go alone', () => {
    const alone = acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-03-15'), evidence: proofs.slice(0, 1) })
    expect(told(correct(ids.other), registered(), affiliated(), alone)[0]).toBe('evidenceMissing')
  })
})

describe('the last day of a capacity', () => {
  const work = [registered(), affiliated(), acquired('EMPLOYEE')]
  const end = (to: string): PersonCommand => ({ type: 'EndCapacity', capacityId: ids.capacity, to: day(to) })

  it('that was told is told once', () => {
    for (const to of ['2026-03-30', '2026-03-31', '2026-04-01'])
      expect(told(end(to), ...work, capacityEnded('EMPLOYEE', '2026-03-31'))).toEqual([
        ...['capacityAlreadyEnded', { to: '2026-03-31' }],
      ])
  })

  it('that followed from the end of the affiliation can still lie before it', () => {
    const left = [...work, capacityEnded('EMPLOYEE', '2026-03-31', 'affiliation'), closed('2026-03-31')]
    for (const to of ['2026-03-31', '2026-04-01'])
      expect(told(end(to), ...left)).toEqual(['capacityAlreadyEnded', { to: '2026-03-31' }])
    expect(told(end('2026-03-30'), ...left)).toEqual(['CapacityEnded'])
  })
})

it('a capacity is put right beside one that waits for a decision of others', () => {
  const work = acquired('EMPLOYEE', '2026-01-01', { capacityId: ids.capacity2 })
  const command: PersonCommand = {
    ...{ type: 'CorrectCapacity', capacityId: ids.capacity2, to: day('2026-05-31'), evidence: [], because },
  }
  expect(told(command, registered(), affiliated(), pending, work)).toEqual(['CapacityCorrected'])
})

describe('a positive decision on a stay', () => {
  const decision: PersonCommand = {
    ...{ type: 'RecordEvidence', evidenceId: ids.other, capacityId: ids.capacity },
    evidence: { kind: 'immigrationOfficeDecision', decidedOn: day('2026-03-20'), positive: true },
  }
  const work = (from: string) => acquired('EMPLOYEE', from, { capacityId: ids.capacity2 })

  it('gives no day beside work that covers all of them', () => {
    const refusal = ['residentIsResidual', { capacity: 'EMPLOYEE' }]
    expect(told(decision, registered(), affiliated(), work('2026-01-01'), pending)).toEqual(refusal)
    expect(told(decision, registered(), affiliated(), pending, work('2026-01-01'))).toEqual(refusal)
    expect(told(decision, registered(), affiliated(), pending, work('2026-05-01'))).toContain('CapacityAcquired')
  })

  it('counts in the affiliation in which it was asked, whatever ended before', () => {
    const past = [registered(), ...cameFrom501, affiliated(), pending]
    expect(told(decision, ...past)).toEqual(['EvidenceRecorded', 'CapacityAcquired'])
  })
})

it('a proof is added to the capacity that it names, of several', () => {
  const study = acquired('STUDENT', '2026-01-01', { capacityId: ids.capacity2 })
  const record: PersonCommand = {
    ...{ type: 'RecordEvidence', evidenceId: ids.other, evidence: contract },
    capacityId: ids.capacity,
  }
  const work = acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-03-15') })
  expect(told(record, registered(), affiliated(), study, work)).toEqual(['EvidenceRecorded'])
  expect(told({ ...record, capacityId: ids.capacity2 }, registered(), affiliated(), study, work)[0]).toBe(
    'evidenceNotOfCapacity',
  )
})

it('a capacity that never was is withdrawn by the name of what was told of it last', () => {
  const move = personEvent('CapacityCorrected', {
    ...{ capacityId: ids.capacity, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306' },
    ...{ capacity: 'EMPLOYEE', from: day('2026-01-01'), to: null, acquiredOn: day('2026-03-15') },
    ...{ requestedOn: day('2026-03-18'), ruleStart: day('2026-01-01'), endedOn: null, holderSpan: null },
    ...{ because, corrects: [] },
  })
  const withdraw: PersonCommand = { type: 'WithdrawCapacity', capacityId: ids.capacity, because }
  const [withdrawn] = dataOf(withdraw, registered(), affiliated(), acquired('EMPLOYEE'), move)
  expect(withdrawn).toMatchObject({ corrects: ['4'] })
})
