import { given } from '@ziv/kernel/testing'
import { expect, test } from 'vitest'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { acquired, affiliated, closed, contract, day, died, facts, ids, pending, registered } from './testing-facts.ts'

const past = (...events: readonly PersonEvent[]) => given(personDecider, ...events).on(facts)
const member = { insurer: '300', ziekenfonds: '306' }
const notGranted = personEvent('CapacityRefused', {
  ...{ capacityId: ids.capacity, ...member, capacity: 'RESIDENT', decidedOn: day('2026-03-19') },
})

test('the last day of a capacity is told of one that counts, of somebody who lives, and may be its first', () => {
  const end = (to: string): PersonCommand => ({ type: 'EndCapacity', capacityId: ids.capacity, to: day(to) })
  const working = [registered(), affiliated(), acquired('EMPLOYEE', '2026-01-01')]
  expect(past(...working).when(end('2026-01-01')).decision).toMatchObject({ ok: true })
  past(...working)
    .when(end('2025-12-31'))
    .thenRejected('endBeforeStart', { from: '2026-01-01', to: '2025-12-31' })
  past(...working, died('2026-02-01'))
    .when(end('2026-01-31'))
    .thenRejected('personDied', { diedOn: '2026-02-01' })
  past(registered(), affiliated()).when(end('2026-01-31')).thenRejected('capacityNotFound')
  past(registered(), affiliated(), pending)
    .when(end('2026-04-01'))
    .thenRejected('capacityPending', { waitingFor: 'immigrationOffice' })
  past(registered(), affiliated(), pending, notGranted)
    .when(end('2026-04-01'))
    .thenRejected('capacityRefused', { capacity: 'RESIDENT' })
})

test('evidence is added to what somebody who lives has asked for and was not refused', () => {
  const decided = { kind: 'immigrationOfficeDecision', decidedOn: day('2026-03-18'), positive: true } as const
  const record: PersonCommand = {
    ...{ type: 'RecordEvidence', evidenceId: ids.evidence, capacityId: ids.capacity, evidence: decided },
  }
  const asked = [registered(), affiliated(), pending]
  past(...asked, died('2026-03-19'))
    .when(record)
    .thenRejected('personDied', { diedOn: '2026-03-19' })
  past(...asked, notGranted)
    .when(record)
    .thenRejected('capacityRefused', { capacity: 'RESIDENT' })
  past(...asked, closed('2026-03-17'))
    .when(record)
    .thenRejected('notAffiliated', { day: '2026-03-01' })
  const other = { ...decided, kind: 'manualDecision' } as const
  past(...asked)
    .when({ ...record, evidence: other } as PersonCommand)
    .thenRejected('otherDecisionAwaited', { awaited: 'immigrationOfficeDecision', evidence: 'manualDecision' })
})

test('a capacity that was refused, lapsed or withdrawn, or that has no day, says so to whoever adds, ends, corrects or withdraws', () => {
  const { capacityId } = { capacityId: ids.capacity }
  const because = 'clericalError' as const
  const commands: readonly PersonCommand[] = [
    { type: 'RecordEvidence', evidenceId: ids.other, capacityId, evidence: contract },
    { type: 'EndCapacity', capacityId, to: day('2026-04-01') },
    { type: 'CorrectCapacity', capacityId, acquiredOn: day('2026-03-02'), because, evidence: [] },
    { type: 'WithdrawCapacity', capacityId, because },
  ]
  const told = (from: readonly PersonCommand[], ...events: readonly PersonEvent[]) =>
    from.map((command) => {
      const { decision } = past(registered(), affiliated(), ...events).when(command)
      return decision.ok ? [] : [decision.rejection.code, decision.rejection.params]
    })
  const all = (code: string, capacity: string, of = commands) => of.map(() => [code, { capacity }])
  expect(told(commands, pending, notGranted)).toEqual(all('capacityRefused', 'RESIDENT'))
  const withdrawn = personEvent('CapacityWithdrawn', {
    ...{ capacityId, ...member, capacity: 'EMPLOYEE', because, corrects: [] },
  })
  expect(told(commands, acquired('EMPLOYEE'), withdrawn)).toEqual(all('capacityWithdrawn', 'EMPLOYEE'))
  // the affiliation ended while it waited: nobody decided
  const { data } = notGranted as Extract<PersonEvent, { type: 'CapacityRefused' }>
  const lapsed = personEvent('CapacityRefused', { ...data, affiliationEnded: true })
  const [, end] = commands as [PersonCommand, PersonCommand]
  const changing = commands.slice(0, 3)
  expect(told(changing, pending, lapsed)).toEqual(all('capacityLapsed', 'RESIDENT', changing))
  const displaced = personEvent('CapacityWithdrawn', {
    ...{ capacityId, ...member, capacity: 'RESIDENT', because: 'consequence' },
    ...{ corrects: [], displaced: true },
  })
  expect(told([end], acquired('RESIDENT'), displaced)).toEqual(all('capacityWithoutDay', 'RESIDENT', [end]))
  expect(told(commands)).toEqual(commands.map(() => ['capacityNotFound', {}]))
})
