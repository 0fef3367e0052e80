import {
  affiliationClosed,
  affiliationCorrected,
  affiliationOpened,
  affiliationWithdrawn,
  capacityAcquired,
  capacityCorrected,
  capacityEnded,
  capacityRefused,
  capacityRequested,
  capacityWithdrawn,
  identifierReplaced,
  personCorrected,
  personDied,
  personErased,
} from '@ziv/contracts'
import type { ReceivedEvent } from '@ziv/messaging'
import { describe, expect, test } from 'vitest'
import { indexesOf, memberFactOf } from './to-fact.ts'

const tenant = { insurer: '300', ziekenfonds: '306' }
const recordedAt = '2026-01-15T09:30:00.000Z'
const received = (type: string, data: object): ReceivedEvent => ({
  topic: 'ziv.300.affiliation.v1',
  partition: 0,
  offset: '1',
  key: 'p',
  id: 'event',
  type,
  epoch: 1,
  sequence: 7,
  recordedAt,
  actor: 'spec',
  correlationId: 'c',
  data: { personId: 'p', ...tenant, ...data },
})

const opening = { affiliationId: 'a', from: '2020-01-01', birthDate: '1990-02-03', sex: 'X', inszIndex: 'index' }
const capacity = { capacityId: 'c', capacity: 'DEPENDANT_CHILD', from: '2020-01-01' }
const corrects = ['0b6f4c53-6b0f-4a52-9f62-000000000001']
const request = {
  capacityId: 'c',
  capacity: 'RESIDENT',
  role: 'holder',
  acquiredOn: '2020-01-02',
  requestedOn: '2020-01-03',
  waitingFor: 'immigrationOffice',
  repairsYear: 2019,
}
const acquired = { ...capacity, acquiredOn: '2020-01-02', requestedOn: '2020-01-03', holderPersonId: 'h' }

describe('an event of the affiliation service as a fact', () => {
  test.each([
    [affiliationOpened, opening, { kind: 'opened', affiliationId: 'a', from: '2020-01-01', birthDate: '1990-02-03' }],
    [
      affiliationClosed,
      { affiliationId: 'a', to: '2024-01-31', reason: 'departure' },
      { kind: 'closed', affiliationId: 'a', to: '2024-01-31' },
    ],
    [capacityAcquired, { ...acquired, role: 'dependant' }, { kind: 'acquired', ...acquired, role: 'dependant' }],
    [capacityEnded, { ...capacity, to: '2024-01-31' }, { kind: 'ended', capacityId: 'c', to: '2024-01-31' }],
    [personDied, { diedOn: '2024-01-31' }, { kind: 'died', diedOn: '2024-01-31' }],
    [personErased, {}, { kind: 'erased' }],
    [
      affiliationCorrected,
      { affiliationId: 'a', from: '2019-07-01', to: null, reason: null, corrects },
      { kind: 'affiliationCorrected', affiliationId: 'a', from: '2019-07-01', to: null },
    ],
    [affiliationWithdrawn, { affiliationId: 'a', corrects }, { kind: 'affiliationWithdrawn', affiliationId: 'a' }],
    [
      capacityCorrected,
      { ...acquired, role: 'dependant', to: '2024-01-31', corrects },
      { kind: 'capacityCorrected', ...acquired, role: 'dependant', to: '2024-01-31' },
    ],
    [capacityWithdrawn, { ...capacity, role: 'dependant', corrects }, { kind: 'capacityWithdrawn', capacityId: 'c' }],
    [personCorrected, { diedOn: null, corrects }, { kind: 'personCorrected', birthDate: null, diedOn: null }],
    [
      personCorrected,
      { birthDate: '1991-02-03', sex: 'F', diedOn: '2024-02-29', corrects },
      { kind: 'personCorrected', birthDate: '1991-02-03', diedOn: '2024-02-29' },
    ],
    [capacityRequested, request, { kind: 'requested', ...request }],
    [capacityRefused, { ...capacity, role: 'holder', decidedOn: '2024-01-31' }, { kind: 'refused', capacityId: 'c' }],
  ])('$2.kind', (contract, data, content) => {
    const place = { id: 'event', recordedAt, sequence: 7, ...tenant }
    expect(memberFactOf(received(contract.type, data))).toEqual({ ...place, ...content })
  })

  test('a holder depends on nobody', () => {
    const { holderPersonId: _, ...holder } = acquired
    const fact = memberFactOf(received(capacityAcquired.type, { ...holder, role: 'holder', capacity: 'EMPLOYEE' }))
    expect(fact).toMatchObject({ role: 'holder', holderPersonId: null })
  })

  test('a replaced number is no fact, but the old one and the new one lead to the person', () => {
    const event = received(identifierReplaced.type, { previousInszIndex: 'old', inszIndex: 'new' })
    expect([memberFactOf(event), indexesOf(event)]).toEqual([null, ['old', 'new']])
    expect(indexesOf(received(affiliationOpened.type, opening))).toEqual(['index'])
    expect(indexesOf(received(personErased.type, {}))).toEqual([])
  })
})
