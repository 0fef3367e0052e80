import { describe, expect, test } from 'vitest'
import { askedTwice, contradiction } from './contradiction.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import {
  acquired,
  affiliated,
  capacityEnded,
  closed,
  day,
  factsOn,
  ids,
  numbered,
  personOf,
  registered,
  searchYear,
} from './testing-facts.ts'

const second = ids.affiliation2
const contradicts = (before: readonly PersonEvent[], after: readonly PersonEvent[] = before) => {
  const [was, person] = [personOf(registered(), ...before), personOf(registered(), ...after)]
  const refused = contradiction({ before: was, person, events: [] })
  return refused?.ok === false ? refused.rejection : null
}

describe('a person is with one insurer on every day', () => {
  const left = (to: string) => [affiliated('2026-01-01', '306'), closed(to)]

  test.each<[string, readonly PersonEvent[], string | null]>([
    [
      'another insurer while the first one runs',
      [affiliated(), affiliated('2026-02-01', '501', second)],
      'insurersOverlap',
    ],
    [
      'another fund of the insurer while the first one runs',
      [affiliated(), affiliated('2026-02-01', '304', second)],
      'alreadyAffiliated',
    ],
    [
      'another insurer on the last day',
      [...left('2026-02-01'), affiliated('2026-02-01', '501', second)],
      'insurersOverlap',
    ],
    ['another insurer on the day after', [...left('2026-01-31'), affiliated('2026-02-01', '501', second)], null],
    [
      'one that became known first and lies later',
      [affiliated('2026-02-01', '501', second), ...left('2026-01-31')],
      null,
    ],
    [
      'one that became known first and is reached',
      [affiliated('2026-02-01', '501', second), ...left('2026-02-01')],
      'insurersOverlap',
    ],
  ])('affiliated with %s', (_, events, code) => {
    expect(contradicts(events)?.code ?? null).toBe(code)
  })

  test('and an affiliation has a day', () => {
    const short = [affiliated('2026-03-01'), closed('2026-02-28')]
    expect(contradicts(short)).toEqual({ code: 'endBeforeStart', params: { from: '2026-03-01', to: '2026-02-28' } })
    expect(contradicts([affiliated('2026-03-01'), closed('2026-03-01')])).toBe(null)
  })
})

describe('the first day of a member is not taken by another fund with a correction', () => {
  const was = [affiliated('2026-01-01', '306')]
  const later = affiliated('2026-03-01', '306')
  const until = (fund: string, to: string) => [affiliated('2025-06-01', fund, second), closed(to, second)]

  test.each<[string, readonly PersonEvent[], string | null]>([
    ['by another insurer', [...until('501', '2026-02-28'), later], 'insurersOverlap'],
    ['by another fund of the insurer', [...until('304', '2026-02-28'), later], 'alreadyAffiliated'],
    ['by the same fund, which has the member anyway', [...until('306', '2026-02-28'), later], null],
    ['by nobody: the other one ended before', [...until('501', '2025-12-31'), later], null],
    ['of an affiliation that never was', until('501', '2026-02-28'), null],
    [
      'of one that now lies before it',
      [affiliated('2025-01-01'), closed('2025-05-31'), ...until('501', '2026-02-28')],
      null,
    ],
  ])('taken %s', (_, after, code) => {
    expect(contradicts(was, after)?.code ?? null).toBe(code)
  })
})

describe('a person has one capacity once on every day', () => {
  const work = (capacity: string, from: string) => acquired(capacity, from, { capacityId: ids.capacity2 })
  const first = (to: string) => [affiliated(), acquired('SELF_EMPLOYED'), capacityEnded('SELF_EMPLOYED', to)]

  test.each<[string, readonly PersonEvent[], boolean]>([
    ['the same while it runs', [affiliated(), acquired('SELF_EMPLOYED'), work('SELF_EMPLOYED', '2026-02-01')], true],
    ['the same on its last day', [...first('2026-02-01'), work('SELF_EMPLOYED', '2026-02-01')], true],
    ['the same on the day after', [...first('2026-01-31'), work('SELF_EMPLOYED', '2026-02-01')], false],
    ['another one on those days', [...first('2026-02-01'), work('STUDENT', '2026-02-01')], false],
    [
      'the same, told first and begun on the last day of the other',
      [affiliated(), work('SELF_EMPLOYED', '2026-02-01'), ...first('2026-02-01').slice(1)],
      true,
    ],
  ])('insured in %s', (_, events, twice) => {
    const refusal = { code: 'capacityOverlaps', params: { capacity: 'SELF_EMPLOYED' } }
    expect(contradicts(events)).toEqual(twice ? refusal : null)
  })
})

describe('a registration as resident that waits for a decision of others', () => {
  const facts = factsOn('2026-06-20')
  const waits = (capacityId: string, requestedOn: string, repairsYear?: number) =>
    personEvent('CapacityRequested', {
      ...{ capacityId, affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', capacity: 'RESIDENT' },
      ...{ acquiredOn: day('2025-03-01'), requestedOn: day(requestedOn), waitingFor: 'immigrationOffice' },
      ...(repairsYear === undefined ? {} : { repairsYear }),
      evidence: numbered(searchYear),
    })
  const resident = acquired('RESIDENT', '2026-04-01', { capacityId: ids.capacity2 })
  const forYear = (year?: number) => waits(ids.capacity, '2026-03-18', year)

  test.each<[string, PersonEvent, PersonEvent, boolean]>([
    ['is one question with another that waits', forYear(), waits(ids.capacity2, '2026-05-01'), true],
    ['is one question with another that was granted', forYear(), resident, true],
    ['repairs the same year', forYear(2024), waits(ids.capacity2, '2026-05-01', 2024), true],
    ['repairs another year', forYear(2024), waits(ids.capacity2, '2026-05-01', 2023), false],
    ['repairs a year before the other was asked', forYear(2025), waits(ids.capacity2, '2026-01-01'), false],
    ['repairs the year in which the other was asked', forYear(2025), waits(ids.capacity2, '2025-12-31'), true],
  ])('that waits %s', (_, one, other, twice) => {
    const person = personOf(registered(), affiliated('2025-01-01'), one, other)
    const refusal = { ok: false, rejection: { code: 'capacityOverlaps', params: { capacity: 'RESIDENT' } } }
    for (const capacityId of [ids.capacity, ids.capacity2])
      expect(askedTwice(person, capacityId, facts)).toEqual(twice ? refusal : null)
  })
})
