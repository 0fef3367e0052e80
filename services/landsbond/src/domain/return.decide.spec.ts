import { isoDate } from '@ziv/kernel'
import { given } from '@ziv/kernel/testing'
import { describe, expect, test } from 'vitest'
import { type Figures, noFigures } from './figures.ts'
import type { ReturnCommand, ReturnFacts, SubmitReturn } from './return.commands.ts'
import { returnDecider } from './return.decide.ts'
import type { ReturnAccepted, ReturnRefused, ReturnSubmitted } from './return.events.ts'
import { evolve, initialState } from './return.ts'

const about = { insurer: '300', ziekenfonds: '306', month: '2024-03' }
const positions = { 'ziv.300.affiliation.v1:0': '17' }
const places = { EMPLOYEE: 2 }
const figures: Figures = { ...noFigures, membersTotal: 2, claims: 1, interventionCents: 3_000 }
const other: Figures = { ...figures, claims: 2 }
const facts = (day: string, parked = 0): ReturnFacts => ({ today: isoDate(day), parked })

const submit = (returnId: string, numbers = figures): SubmitReturn => ({
  kind: 'submit',
  returnId,
  ...about,
  figures: numbers,
  positions,
  places,
})
const submitted = (returnId: string, day: string, attempt = 1, numbers = figures): ReturnSubmitted => ({
  type: 'ReturnSubmitted',
  version: 1,
  data: { returnId, ...about, attempt, submittedOn: isoDate(day), figures: numbers, positions, places },
})
const accepted = (returnId: string, day: string): ReturnAccepted => ({
  type: 'ReturnAccepted',
  version: 1,
  data: { returnId, ...about, acceptedOn: isoDate(day) },
})
const refused = (returnId: string, day: string): ReturnRefused => ({
  type: 'ReturnRefused',
  version: 1,
  data: { returnId, ...about, refusedOn: isoDate(day), reason: 'claims are missing' },
})
const accept = (returnId: string): ReturnCommand => ({ kind: 'accept', returnId })
const refuse = (returnId: string): ReturnCommand => ({ kind: 'refuse', returnId, reason: 'claims are missing' })

describe('submission', () => {
  test('is possible from the last day of the month', () => {
    given(returnDecider).on(facts('2024-03-31')).when(submit('a')).then(submitted('a', '2024-03-31'))
  })
  test('waits while the month runs', () => {
    given(returnDecider)
      .on(facts('2024-03-30'))
      .when(submit('a'))
      .thenRejected('monthNotOver', { month: '2024-03', lastDay: '2024-03-31' })
  })
  test('waits for the decision on the one before', () => {
    given(returnDecider, submitted('a', '2024-04-01'))
      .on(facts('2024-04-02'))
      .when(submit('b', other))
      .thenRejected('returnAwaitsDecision', { returnId: 'a' })
  })
  test('waits while messages stand still: they could not be folded again', () => {
    given(returnDecider).on(facts('2024-04-01', 3)).when(submit('a')).thenRejected('messagesStandStill', { count: 3 })
  })
  test('again after a refusal is a new return, even with the same figures', () => {
    given(returnDecider, submitted('a', '2024-04-01'), refused('a', '2024-04-02'))
      .on(facts('2024-04-03'))
      .when(submit('b'))
      .then(submitted('b', '2024-04-03', 2))
  })
  test('again after an acceptance corrects it when figures changed', () => {
    given(returnDecider, submitted('a', '2024-04-01'), accepted('a', '2024-04-02'))
      .on(facts('2024-04-03'))
      .when(submit('b', other))
      .then(submitted('b', '2024-04-03', 2, other))
  })
  test('again after an acceptance needs something to correct', () => {
    given(returnDecider, submitted('a', '2024-04-01'), accepted('a', '2024-04-02'))
      .on(facts('2024-04-03'))
      .when(submit('b'))
      .thenRejected('returnUnchanged', { returnId: 'a' })
  })
})

describe('decision of the landsbond', () => {
  test('accepts what was submitted', () => {
    given(returnDecider, submitted('a', '2024-04-01'))
      .on(facts('2024-04-02'))
      .when(accept('a'))
      .then(accepted('a', '2024-04-02'))
  })
  test('refuses with a reason', () => {
    given(returnDecider, submitted('a', '2024-04-01'))
      .on(facts('2024-04-02'))
      .when(refuse('a'))
      .then(refused('a', '2024-04-02'))
  })
  test('taken twice changes nothing', () => {
    const first = [submitted('a', '2024-04-01'), accepted('a', '2024-04-02')] as const
    given(returnDecider, ...first)
      .on(facts('2024-04-09'))
      .when(accept('a'))
      .then()
    given(returnDecider, submitted('a', '2024-04-01'), refused('a', '2024-04-02'))
      .on(facts('2024-04-09'))
      .when(refuse('a'))
      .then()
  })
  test('cannot be turned round', () => {
    given(returnDecider, submitted('a', '2024-04-01'), accepted('a', '2024-04-02'))
      .on(facts('2024-04-09'))
      .when(refuse('a'))
      .thenRejected('returnAlreadyDecided', { state: 'accepted' })
    given(returnDecider, submitted('a', '2024-04-01'), refused('a', '2024-04-02'))
      .on(facts('2024-04-09'))
      .when(accept('a'))
      .thenRejected('returnAlreadyDecided', { state: 'refused' })
  })
  test('is about the newest return of the month only', () => {
    const past = [submitted('a', '2024-04-01'), refused('a', '2024-04-02'), submitted('b', '2024-04-03', 2)] as const
    given(returnDecider, ...past)
      .on(facts('2024-04-04'))
      .when(accept('a'))
      .thenRejected('returnReplaced', { returnId: 'a' })
    given(returnDecider).on(facts('2024-04-04')).when(accept('a')).thenRejected('returnReplaced', { returnId: 'a' })
  })
})

test('an event that is not of this stream is a defect', () => {
  expect(() => evolve(initialState(), { type: 'Other' } as never)).toThrow('unknown event Other')
  expect(() => evolve(initialState(), accepted('a', '2024-04-02'))).toThrow('without a return')
})
