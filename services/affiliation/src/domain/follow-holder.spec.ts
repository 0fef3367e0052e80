import { describe, expect, it } from 'vitest'
import { decidePerson } from './person.decide.ts'
import { type PersonEvent, personEvent } from './person.events.ts'
import { evolvePerson } from './person.evolve.ts'
import {
  acquired,
  affiliated,
  birth,
  capacityEnded,
  closed,
  day,
  erased,
  factsOn,
  ids,
  known,
  registered,
} from './testing-facts.ts'

const facts = factsOn('2026-06-20')
const depends = (more: object = {}): PersonEvent =>
  acquired('DEPENDANT_CHILD', '2026-02-02', { holderFrom: day('2026-01-01'), evidence: birth, ...more })
const child = [registered('2010-05-04'), affiliated('2026-02-02'), depends()]

interface Given {
  /** Last day that the holder gives; null: none yet; undefined: the holder gives no day at all. */
  readonly until?: string | null
  readonly fund?: string
  readonly leaves?: boolean
}
/** Where the dependant is insured, and in what, once the holder gives other days. */
function after({ until, fund = '306', leaves = false }: Given, ...past: readonly PersonEvent[]): readonly string[] {
  const span = until === undefined ? null : { from: day('2026-01-01'), to: until === null ? null : day(until) }
  const before = known(...past)
  const decision = decidePerson(
    { type: 'FollowHolder', capacityId: ids.capacity, span, ziekenfonds: fund, leavesInsurer: leaves },
    before,
    facts,
  )
  if (!decision.ok) return [decision.rejection.code]
  if (decision.events.length === 0) return ['as before']
  const { affiliations, capacities } = decision.events.reduce(evolvePerson, before)
  return [
    ...affiliations.map(({ ziekenfonds, from, to }) => `${ziekenfonds} ${from} ${to}`),
    ...capacities.map(({ capacity, from, to }) => `${capacity} ${from} ${to}`),
  ]
}
const endOf = (capacityId: string, capacity: string, to: string): PersonEvent =>
  personEvent('CapacityEnded', { capacityId, insurer: '300', ziekenfonds: '306', capacity, to: day(to) })
const left = { until: '2026-05-31', leaves: true }

describe('a dependant whose holder leaves the insurer', () => {
  const own = (to: string | null, more: object = {}) => [
    acquired('STUDENT', '2026-02-02', { capacityId: ids.capacity2, ...more }),
    ...(to === null ? [] : [endOf(ids.capacity2, 'STUDENT', to)]),
  ]

  it('leaves too, unless a capacity of one’s own runs on after that day', () => {
    expect(after(left, ...child)).toEqual(['306 2026-02-02 2026-05-31', 'DEPENDANT_CHILD 2026-02-02 2026-05-31'])
    const stays = '306 2026-02-02 null'
    expect(after(left, ...child, ...own(null))[0]).toBe(stays)
    expect(after(left, ...child, ...own('2026-06-01'))[0]).toBe(stays)
    expect(after(left, ...child, ...own('2026-05-31'))[0]).toBe('306 2026-02-02 2026-05-31')
    expect(after({ ...left, leaves: false }, ...child)[0]).toBe(stays)
  })

  it('has one day when the quality began later than that: it is not taken back without a correction', () => {
    expect(after({ ...left, until: '2026-01-31' }, ...child)).toEqual([
      ...['306 2026-02-02 2026-02-02', 'DEPENDANT_CHILD 2026-02-02 2026-02-02'],
    ])
  })
})

describe('a dependant who left along with the holder', () => {
  const along = [...child, capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder')]
  const followed = [...along, closed('2026-05-31', ids.affiliation, true)]

  it('is back, or left another day, when the departure is put right', () => {
    expect(after({ until: null }, ...followed)).toEqual(['306 2026-02-02 null', 'DEPENDANT_CHILD 2026-02-02 null'])
    const early = ['306 2026-02-02 2026-04-30', 'DEPENDANT_CHILD 2026-02-02 2026-04-30']
    expect(after({ ...left, until: '2026-04-30' }, ...followed)).toEqual(early)
    // a holder who died left no insurer: the dependant stays
    const dead = ['306 2026-02-02 null', 'DEPENDANT_CHILD 2026-02-02 2026-04-30']
    expect(after({ until: '2026-04-30' }, ...followed)).toEqual(dead)
  })

  it('stays away who left by choice, or chose another insurer since', () => {
    expect(after({ until: null }, ...along, closed('2026-05-31'))).toEqual(['as before'])
    expect(after({ ...left, until: '2026-06-10' }, ...along, closed('2026-05-31'))).toEqual(['as before'])
    expect(after({ until: null }, ...followed, affiliated('2026-06-01', '501', ids.affiliation2))).toEqual([
      'as before',
    ])
  })
})

describe('a dependant to whom the holder gave no day', () => {
  const none = personEvent('CapacityWithdrawn', {
    ...{ capacityId: ids.capacity, insurer: '300', ziekenfonds: '306', capacity: 'DEPENDANT_CHILD' },
    ...{ because: 'consequence', corrects: [], displaced: true, holderSpan: null },
  })
  const gone = personEvent('AffiliationWithdrawn', {
    ...{ affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', because: 'consequence', corrects: [] },
  })
  const waits = [...child, none, gone]
  const back = ['306 2026-02-02 null', 'DEPENDANT_CHILD 2026-02-02 null']
  const other = (from: string, to: string | null) => [
    depends({
      ...{ capacityId: ids.capacity2, holderPersonId: ids.evidence, from: day(from), acquiredOn: day(from) },
      affiliationId: ids.affiliation2,
    }),
    ...(to === null ? [] : [endOf(ids.capacity2, 'DEPENDANT_CHILD', to)]),
  ]
  const member = (from: string) => affiliated(from, '306', ids.affiliation2)
  const leftThat = (to: string) => closed(to, ids.affiliation2)

  it('comes back with what the holder gives, at the fund it was with', () => {
    expect(after({ until: null }, ...waits)).toEqual(back)
    expect(after({ until: null }, ...child, none)).toEqual(back)
    expect(after({ until: null, fund: '311' }, ...waits)).toEqual(['as before'])
    expect(after({}, ...waits)).toEqual(['as before'])
  })

  it('and not beside another insurer, or another holder on one of those days', () => {
    expect(after({ until: null }, ...waits, member('2026-03-01'))).toEqual(['as before'])
    const since = (from: string, to: string) => [...waits, member(from), ...other(from, to), leftThat(to)]
    expect(after({ until: null }, ...since('2026-03-01', '2026-04-30'))).toEqual(['as before'])
    // those days lie before the other ones, also when they are told later
    expect(after({ until: '2026-02-28', leaves: true }, ...since('2026-03-01', '2026-04-30'))).toEqual([
      ...['306 2026-03-01 2026-04-30', '306 2026-02-02 2026-02-28'],
      ...['DEPENDANT_CHILD 2026-02-02 2026-02-28', 'DEPENDANT_CHILD 2026-03-01 2026-04-30'],
    ])
    // with a holder who died nobody leaves the insurer: the claim finds no day, and no affiliation opens for it
    expect(after({ until: '2026-02-28' }, ...since('2026-03-01', '2026-04-30'))).toEqual(['as before'])
    expect(after({ until: '2026-03-01' }, ...since('2026-03-01', '2026-04-30'))).toEqual(['as before'])
    const earlier = [registered('2010-05-04'), member('2026-01-05'), ...other('2026-01-05', '2026-02-01')]
    const then = [...earlier, leftThat('2026-02-01'), ...waits.slice(1)]
    expect(after({ until: null }, ...then)).toContain('DEPENDANT_CHILD 2026-02-02 null')
  })
})

it('nothing follows for a claim that is not there, or of somebody whose data is gone', () => {
  expect(after(left, ...child.slice(0, 2))).toEqual(['as before'])
  expect(after(left, ...child, erased)).toEqual(['as before'])
})

it('an affiliation that ended with the departure of a holder runs on when the holder turns out to have given no day', () => {
  const student = acquired('STUDENT', '2026-02-02', { capacityId: ids.capacity2 })
  const ends = [
    endOf(ids.capacity2, 'STUDENT', '2026-05-15'),
    capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder'),
    closed('2026-05-31', ids.affiliation, true),
  ]
  expect(after({}, ...child, student, ...ends)).toEqual([
    '306 2026-02-02 null',
    'DEPENDANT_CHILD null null',
    'STUDENT 2026-02-02 2026-05-15',
  ])
})

it('a dependant does not follow to another fund, where the days of the first affiliation of the holder never were', () => {
  const ends = [capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder'), closed('2026-05-31', ids.affiliation, true)]
  expect(after({ until: null, fund: '501' }, ...child, ...ends)).toEqual(['DEPENDANT_CHILD null null'])
})
