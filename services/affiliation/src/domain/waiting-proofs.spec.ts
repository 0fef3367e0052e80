import { expect, test } from 'vitest'
import type { Evidence } from './evidence.ts'
import type { PersonCommand } from './person.commands.ts'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import type { Person } from './person.ts'
import {
  affiliated,
  closed,
  day,
  decided,
  employer,
  factsOn,
  ids,
  known,
  numbered,
  pending,
  registered,
  searchYear,
} from './testing-facts.ts'

/** The stay of `pending` was acquired on 1 March 2026 and asked on 18 March, with an annex 15 of 1 March. */
const facts = factsOn('2026-06-20')
const because = 'clericalError' as const
const waiting = known(registered(), affiliated(), pending)
const card = (issuedOn = '2026-03-01', more: object = {}): Evidence => ({
  ...{ kind: 'residenceDocument', document: 'cardEu', issuedOn: day(issuedOn), validUntil: day('2031-01-01') },
  ...more,
})
const annex = (more: object): Evidence => ({ ...searchYear, ...more }) as Evidence

const correct = (evidence: Evidence | null, evidenceId = ids.evidence): PersonCommand => ({
  ...{ type: 'CorrectEvidence', evidenceId, evidence, because },
})
const record = (evidence: Evidence): PersonCommand => ({
  ...{ type: 'RecordEvidence', evidenceId: ids.other, capacityId: ids.capacity, evidence },
})

/** What a command tells, and how the stay stands after it; or the code of the refusal. */
function after(command: PersonCommand, before: Person): { told: readonly string[]; person: Person } | string {
  const decision = decidePerson(command, before, facts)
  if (!decision.ok) return decision.rejection.code
  return {
    told: decision.events.map(({ type }) => type),
    person: decision.events.reduce(evolvePerson, before),
  }
}
const personAfter = (command: PersonCommand, before: Person): Person => {
  const outcome = after(command, before)
  if (typeof outcome === 'string') throw new Error(outcome)
  return outcome.person
}
const counts = { status: 'acquired', verdict: 'acquired', waitingFor: null, from: '2026-01-01', to: null }

test('a proof corrected to one that is enough makes a capacity that waits count from its request', () => {
  expect(after(correct(card()), waiting)).toMatchObject({
    told: ['EvidenceCorrected', 'CapacityAcquired'],
    person: { capacities: [{ ...counts, proofs: [{ evidence: card() }] }] },
  })
})

test('a proof added that is enough by itself does the same, without a decision', () => {
  const entry: Evidence = { kind: 'nationalRegisterEntry', registeredOn: day('2026-03-01') }
  for (const evidence of [card(), entry])
    expect(after(record(evidence), waiting)).toMatchObject({
      told: ['EvidenceRecorded', 'CapacityAcquired'],
      person: { capacities: [{ ...counts, proofs: [{}, { evidence }] }] },
    })
  // the proof that waited is not needed any more
  const two = personEvent('CapacityRequested', {
    ...(pending as Extract<PersonEvent, { type: 'CapacityRequested' }>).data,
    evidence: [
      ...numbered(searchYear),
      { evidenceId: ids.other, evidence: decided('2026-03-02', true, 'manualDecision') },
    ],
  })
  expect(after(correct(card(), ids.evidence), known(registered(), affiliated(), two))).toMatchObject({
    person: { capacities: [counts] },
  })
})

test('a corrected or added proof that does not hold is refused with the reason', () => {
  const refusals: readonly (readonly [PersonCommand, string])[] = [
    [correct(employer), 'evidenceNotOfCapacity'],
    [correct(null), 'evidenceMissing'],
    [correct(card('2026-07-01')), 'evidenceDisagrees'],
    [correct(card('2020-01-01', { validUntil: day('2026-01-31') })), 'documentExpired'],
    [record(employer), 'evidenceNotOfCapacity'],
    [record(card('2026-07-01')), 'evidenceDisagrees'],
  ]
  expect(refusals.map(([command]) => after(command, waiting))).toEqual(refusals.map(([, code]) => code))
})

test('one that leaves it waiting is taken, for another decision where it needs another', () => {
  const still = { status: 'pending', waitingFor: 'immigrationOffice', from: null }
  expect(after(correct(annex({ issuedOn: day('2026-02-20') })), waiting)).toMatchObject({
    told: ['EvidenceCorrected'],
    person: { capacities: [still] },
  })
  const official = after(correct(annex({ manualDecisionNeeded: true })), waiting)
  expect(official).toMatchObject({
    told: ['EvidenceCorrected', 'CapacityRequested'],
    person: { capacities: [{ ...still, waitingFor: 'manualDecision', proofs: [{}] }] },
  })
})

test('a decision that lies before its document follows once the date is corrected or the document is given', () => {
  const office = record(decided('2026-02-25'))
  expect(after(office, waiting)).toBe('decisionBeforeDocument')
  const dated = personAfter(correct(annex({ issuedOn: day('2026-02-20') })), waiting)
  expect(after(office, dated)).toMatchObject({ person: { capacities: [counts] } })
  // an older annex explains the decision, which says nothing of the newer one that waits
  const older = annex({ issuedOn: day('2026-02-20'), validUntil: day('2026-12-31') })
  const given = personAfter(record(older), waiting)
  const decision = { ...office, evidenceId: '0199a000-0000-7000-8000-0000000000e2' } as PersonCommand
  expect(after(decision, given)).toMatchObject({ person: { capacities: [counts] } })
})

test('a decision corrected to a negative one closes it, as one that is recorded does', () => {
  const contested = annex({ manualDecisionNeeded: true })
  const official = personAfter(
    record(decided('2026-03-20', true, 'manualDecision')),
    personAfter(correct(contested), waiting),
  )
  expect(official.capacities).toMatchObject([{ waitingFor: 'immigrationOffice', proofs: [{}, {}] }])
  const closes = after(correct(decided('2026-03-20', false, 'manualDecision'), ids.other), official)
  expect(closes).toMatchObject({
    told: ['EvidenceCorrected', 'CapacityRefused'],
    person: { capacities: [{ status: 'refused', verdict: 'refused' }] },
  })
})

test('a proof of a capacity that was refused or lapsed is not corrected: it is asked anew', () => {
  const refused = personAfter(record(decided('2026-03-20', false)), waiting)
  expect(after(correct(card()), refused)).toBe('capacityRefused')
  const leave: PersonCommand = {
    ...{ type: 'EndAffiliation', affiliationId: ids.affiliation, to: day('2026-05-31'), reason: 'departure' },
  }
  expect(after(correct(card()), personAfter(leave, waiting))).toBe('capacityLapsed')
  const left = known(registered(), affiliated(), pending, closed('2026-05-31'))
  expect(after(correct(card()), left)).toBe('notAffiliated')
})
