import { given } from '@ziv/kernel/testing'
import { describe, expect, test } from 'vitest'
import { assessEvidence } from './evidence.assess.ts'
import type { Evidence } from './evidence.ts'
import type { PersonCommand } from './person.commands.ts'
import { personDecider } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  day,
  decided,
  factsOn,
  ids,
  known,
  numbered,
  pending,
  registered,
  searchYear,
} from './testing-facts.ts'

/** The annex 15 of `searchYear` was issued on 1 March 2026. */
const facts = factsOn('2026-06-20')
const card = (issuedOn: string): Evidence => ({
  ...{ kind: 'residenceDocument', document: 'cardB', issuedOn: day(issuedOn), validUntil: day('2031-01-01') },
})
const weigh = (...proofs: readonly Evidence[]) => {
  const days = { acquiredOn: day('2026-03-15'), weighedOn: day('2026-03-15'), requestedOn: day('2026-03-18') }
  const verdict = assessEvidence(proofs, { kind: 'RESIDENT', birthDate: day('1990-01-01'), ...days }, facts)
  return verdict.verdict === 'refused' ? verdict.rejection : verdict.verdict
}
const early = (decidedOn: string, kind = 'immigrationOfficeDecision') => ({
  code: 'decisionBeforeDocument',
  params: { kind, decidedOn, issuedOn: '2026-03-01' },
})
const record = (evidence: Evidence): PersonCommand => ({
  ...{ type: 'RecordEvidence', evidenceId: ids.other, capacityId: ids.capacity, evidence },
})

test('a stay that needs two decisions waits for the second after the first, as when both are weighed with the request', () => {
  const contested = { ...searchYear, manualDecisionNeeded: true } as Evidence
  const official = decided('2026-03-20', true, 'manualDecision')
  expect([weigh(contested), weigh(contested, official)]).toEqual(['pending', 'pending'])
  const waits = personEvent('CapacityRequested', {
    ...(pending as Extract<PersonEvent, { type: 'CapacityRequested' }>).data,
    ...{ waitingFor: 'manualDecision', evidence: numbered(contested) },
  })
  const past = [registered(), affiliated(), waits]
  const { decision } = given(personDecider, ...past)
    .on(facts)
    .when(record(official))
  if (!decision.ok) throw new Error(decision.rejection.code)
  expect(decision.events.map(({ type }) => type)).toEqual(['EvidenceRecorded', 'CapacityRequested'])
  const [entry] = known(...past, ...decision.events).capacities
  expect(entry).toMatchObject({ status: 'pending', waitingFor: 'immigrationOffice', from: null })
  expect(entry?.proofs).toHaveLength(2)
  // a decision on a document of before it changes nothing
  const older = { ...searchYear, issuedOn: day('2025-06-02'), validUntil: day('2025-12-31') } as Evidence
  const two = personEvent('CapacityRequested', {
    ...(pending as Extract<PersonEvent, { type: 'CapacityRequested' }>).data,
    evidence: numbered(older, searchYear),
  })
  const past2 = given(personDecider, registered(), affiliated(), two).on(facts)
  expect(past2.when(record(decided('2025-07-01'))).decision).toMatchObject({ events: [{ type: 'EvidenceRecorded' }] })
  const office: PersonCommand = { ...record(decided('2026-04-01')), evidenceId: ids.evidence } as PersonCommand
  const granted = given(personDecider, ...past, ...decision.events)
    .on(facts)
    .when(office)
  expect(granted.decision).toMatchObject({ ok: true, events: [{}, { type: 'CapacityAcquired' }] })
})

describe('a decision is taken on a document that is there', () => {
  test('with the request: from the day of the document on, not a day before', () => {
    expect(weigh(searchYear, decided('2026-03-01'))).toBe('sufficient')
    for (const positive of [true, false])
      expect(weigh(searchYear, decided('2026-02-28', positive))).toEqual(early('2026-02-28'))
    const contested = { ...card('2026-03-01'), manualDecisionNeeded: true } as Evidence
    expect(weigh(contested, decided('2026-02-01', true, 'manualDecision'))).toEqual(
      early('2026-02-01', 'manualDecision'),
    )
  })

  test('a decision on one document says nothing of a newer one that waits', () => {
    const older = { ...searchYear, issuedOn: day('2025-06-02'), validUntil: day('2025-12-31') } as Evidence
    expect(weigh(older, searchYear, decided('2025-07-01'))).toBe('pending')
    expect(weigh(older, searchYear, decided('2026-03-02'))).toBe('sufficient')
  })

  test('for a capacity that waits, and for one that counts', () => {
    const { code, params } = early('2026-02-28')
    const waiting = given(personDecider, registered(), affiliated(), pending).on(facts)
    for (const positive of [true, false])
      waiting.when(record(decided('2026-02-28', positive))).thenRejected(code, params)
    expect(waiting.when(record(decided('2026-03-01'))).decision.ok).toBe(true)
    const counts = acquired('RESIDENT', '2026-03-15', { evidence: numbered(card('2026-03-01')) })
    const counting = given(personDecider, registered(), affiliated(), counts).on(facts)
    for (const positive of [true, false])
      counting.when(record(decided('2026-02-28', positive))).thenRejected(code, params)
    expect(counting.when(record(decided('2026-03-01'))).decision.ok).toBe(true)
  })
})
