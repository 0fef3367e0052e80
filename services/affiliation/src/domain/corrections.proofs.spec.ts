import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import type { PersonEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { Person } from './person.ts'
import { acquired, affiliated, day, factsOn, ids, known, migrated, numbered, registered } from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const because = 'clericalError' as const
const correct = (acquiredOn: string, ...proofs: readonly Evidence[]): PersonCommand => ({
  ...{ type: 'CorrectCapacity', capacityId: ids.capacity, acquiredOn: day(acquiredOn), because },
  evidence: proofs.map((evidence) => ({ evidenceId: ids.other, evidence })),
})

function after(command: PersonCommand, ...past: readonly PersonEvent[]): { person: Person; told: readonly string[] } {
  const before = known(...past)
  const decision = decidePerson(command, before, facts)
  if (!decision.ok) throw new Error(decision.rejection.code)
  return { person: decision.events.reduce(evolvePerson, before), told: decision.events.map(({ type }) => type) }
}

test('a proof given with another first day takes the place of that of its kind which says the day that was wrong', () => {
  const contract = (startsOn: string): Evidence => ({
    ...{ kind: 'employmentContract', rszNumber: '102077173', startsOn: day(startsOn) },
  })
  const slip = (quarter: string): Evidence => ({ kind: 'contributionSlip', rszNumber: '102077173', quarter })
  const started = (evidence: Evidence) => [
    ...[registered(), affiliated()],
    acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-02-01'), evidence: numbered(evidence) }),
  ]
  for (const [was, is] of [
    [contract('2026-02-01'), contract('2025-11-03')],
    [slip('2026Q1'), slip('2025Q4')],
  ] as const) {
    const { person, told } = after(correct('2025-11-03', is), ...started(was))
    expect(told).toEqual(['EvidenceRecorded', 'EvidenceCorrected', 'AffiliationCorrected', 'CapacityCorrected'])
    expect(person.capacities[0]).toMatchObject({ acquiredOn: '2025-11-03', proofs: [{ evidenceId: ids.other }] })
  }
  const other = decidePerson(correct('2025-11-03', contract('2025-11-03')), known(...started(slip('2026Q1'))), facts)
  expect(other).toMatchObject({ rejection: { code: 'evidenceDisagrees' } })
  const both = after(correct('2026-03-02', contract('2026-03-02')), ...started(contract('2026-02-01')))
  expect(both.person.capacities[0]?.proofs).toHaveLength(2)
})

test('a contract of another employer is work beside it, which may begin later: it stays', () => {
  const [one, other] = ['102077173', '010207712']
  const contract = (rszNumber: string, startsOn: string): Evidence => ({
    ...{ kind: 'employmentContract', rszNumber, startsOn: day(startsOn) },
  })
  const slip = (rszNumber: string, quarter: string): Evidence => ({ kind: 'contributionSlip', rszNumber, quarter })
  const started = (evidence: Evidence) => [
    ...[registered(), affiliated()],
    acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-02-01'), evidence: numbered(evidence) }),
  ]
  for (const [was, is] of [
    [contract(one, '2026-02-01'), contract(other, '2025-11-03')],
    [slip(one, '2026Q1'), slip(other, '2025Q4')],
    [slip(one, '2026Q1'), contract(other, '2025-11-03')],
  ] as const) {
    const { person, told } = after(correct('2025-11-03', is), ...started(was))
    expect(told).toEqual(['EvidenceRecorded', 'AffiliationCorrected', 'CapacityCorrected'])
    expect(person.capacities[0]?.proofs.map(({ evidence }) => evidence)).toEqual([was, is])
    // and a proof that says the day that was wrong goes when it is taken back itself
    const wrong = person.capacities[0]?.proofs[0]?.evidenceId as string
    const undo: PersonCommand = { type: 'CorrectEvidence', evidenceId: wrong, evidence: null, because }
    expect(decidePerson(undo, person, facts).ok).toBe(true)
  }
  // it bears no day before its own
  const alone = decidePerson(correct('2025-11-03'), known(...started(contract(one, '2026-02-01'))), facts)
  expect(alone).toMatchObject({ rejection: { code: 'evidenceDisagrees', params: { field: 'startsOn' } } })
})

test('a second employment that begins later is recorded beside the one that bears the capacity', () => {
  const of = (rszNumber: string, startsOn: string): Evidence => ({
    ...{ kind: 'employmentContract', rszNumber, startsOn: day(startsOn) },
  })
  const person = known(
    ...[registered(), affiliated()],
    acquired('EMPLOYEE', '2026-01-01', { evidence: numbered(of('102077173', '2026-01-01')) }),
  )
  const record = (evidence: Evidence): PersonCommand => ({
    ...{ type: 'RecordEvidence', evidenceId: ids.other, capacityId: ids.capacity, evidence },
  })
  expect(decidePerson(record(of('010207712', '2026-04-01')), person, facts)).toMatchObject({ ok: true })
  // of the same employer it says another first day
  expect(decidePerson(record(of('102077173', '2026-04-01')), person, facts)).toMatchObject({
    rejection: { code: 'evidenceDisagrees', params: { field: 'startsOn' } },
  })
})

test('the record of an earlier system proves no day before the one it came with', () => {
  const imported = acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-03-01'), evidence: numbered(migrated) })
  const moved = (acquiredOn: string, ...proofs: readonly Evidence[]) =>
    decidePerson(correct(acquiredOn, ...proofs), known(registered(), affiliated(), imported), facts)
  expect(moved('2026-02-01')).toMatchObject({ ok: false, rejection: { code: 'evidenceMissing' } })
  const early: Evidence = { kind: 'employerProof', rszNumber: '010207712', issuedOn: day('2026-02-01') }
  expect(moved('2026-02-01', early).ok).toBe(true)
  expect(moved('2026-03-10').ok).toBe(true)
})

test('a day before the record of an earlier system falls with the proof that bore it, and the first day can come back', () => {
  const imported = acquired('EMPLOYEE', '2026-01-01', { acquiredOn: day('2026-03-01'), evidence: numbered(migrated) })
  const early: Evidence = { kind: 'employmentContract', rszNumber: '010207712', startsOn: day('2025-02-01') }
  const decided = (person: Person, command: PersonCommand) => decidePerson(command, person, facts)
  const come = [registered(), affiliated(), imported]
  const { person: reached } = after(correct('2025-02-01', early), ...come)
  const undo: PersonCommand = { type: 'CorrectEvidence', evidenceId: ids.other, evidence: null, because }
  expect(decided(reached, undo)).toMatchObject({ ok: false, rejection: { code: 'evidenceMissing' } })
  const late: Evidence = { ...early, startsOn: day('2025-04-01') }
  expect(decided(reached, { ...undo, evidence: late })).toMatchObject({ rejection: { code: 'evidenceDisagrees' } })
  expect(decided(reached, correct('2026-03-01'))).toMatchObject({ ok: true })
  const { person: moved } = after(correct('2026-04-10'), ...come)
  expect(decided(moved, correct('2026-03-01'))).toMatchObject({ ok: true })
  expect(decided(moved, correct('2026-02-28'))).toMatchObject({ rejection: { code: 'evidenceMissing' } })
})
