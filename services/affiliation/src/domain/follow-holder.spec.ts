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
function decided({ until, fund = '306', leaves = false }: Given, ...past: readonly PersonEvent[]) {
  const span = until === undefined ? null : { from: day('2026-01-01'), to: until === null ? null : day(until) }
  return decidePerson(
    { type: 'FollowHolder', capacityId: ids.capacity, span, ziekenfonds: fund, leavesInsurer: leaves },
    known(...past),
    facts,
  )
}

/** Where the dependant is insured, and in what, once the holder gives other days. */
function after(given: Given, ...past: readonly PersonEvent[]): readonly string[] {
  const decision = decided(given, ...past)
  if (!decision.ok) return [decision.rejection.code]
  if (decision.events.length === 0) return ['as before']
  const { affiliations, capacities } = decision.events.reduce(evolvePerson, known(...past))
  return [
    ...affiliations.map(({ ziekenfonds, from, to }) => `${ziekenfonds} ${from} ${to}`),
    ...capacities.map(({ capacity, from, to }) => `${capacity} ${from} ${to}`),
  ]
}
const endOf = (capacityId: string, capacity: string, to: string): PersonEvent =>
  personEvent('CapacityEnded', { capacityId, insurer: '300', ziekenfonds: '306', capacity, to: day(to) })
/** The claim waits, because the holder gives it no day. */
const waitsFor = (capacityId: string): PersonEvent =>
  personEvent('CapacityWithdrawn', {
    ...{ capacityId, insurer: '300', ziekenfonds: '306', capacity: 'DEPENDANT_CHILD' },
    ...{ because: 'consequence', corrects: [], displaced: true, holderSpan: null },
  })
const none = waitsFor(ids.capacity)
const gone = personEvent('AffiliationWithdrawn', {
  ...{ affiliationId: ids.affiliation, insurer: '300', ziekenfonds: '306', because: 'consequence', corrects: [] },
})
const waits = [...child, none, gone]
/** Studies of one’s own, in the affiliation of the quality. */
const studies = (to: string | null) => [
  acquired('STUDENT', '2026-02-02', { capacityId: ids.capacity2 }),
  ...(to === null ? [] : [endOf(ids.capacity2, 'STUDENT', to)]),
]
const left = { until: '2026-05-31', leaves: true }

describe('a dependant whose holder leaves the insurer', () => {
  it('leaves too, unless a capacity of one’s own runs on after that day', () => {
    expect(after(left, ...child)).toEqual(['306 2026-02-02 2026-05-31', 'DEPENDANT_CHILD 2026-02-02 2026-05-31'])
    const stays = '306 2026-02-02 null'
    expect(after(left, ...child, ...studies(null))[0]).toBe(stays)
    expect(after(left, ...child, ...studies('2026-06-01'))[0]).toBe(stays)
    expect(after(left, ...child, ...studies('2026-05-31'))[0]).toBe('306 2026-02-02 2026-05-31')
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

  it('ends the affiliation by a choice of his or her own, once back in it', () => {
    const back = { type: 'AffiliationCorrected', data: { leftOn: null, followsHolder: false } }
    expect(decided({ until: null }, ...followed)).toMatchObject({ events: [back, { type: 'CapacityCorrected' }] })
  })

  it('stays away who left by choice, or chose another insurer since', () => {
    const days = ['306 2026-02-02 2026-05-31', 'DEPENDANT_CHILD 2026-02-02 2026-05-31']
    expect(after({ until: null }, ...along, closed('2026-05-31'))).toEqual(days)
    expect(after({ ...left, until: '2026-06-10' }, ...along, closed('2026-05-31'))).toEqual(days)
    const chosen = [...followed, affiliated('2026-06-01', '501', ids.affiliation2)]
    expect(after({ until: null }, ...chosen)).toEqual([days[0], '501 2026-06-01 null', days[1]])
    // what the holder gives now is told all the same, once: it decides when the choice is undone
    const told = { from: '2026-02-02', to: '2026-05-31', holderSpan: { from: '2026-01-01', to: null } }
    const decision = decided({ until: null }, ...chosen)
    expect(decision).toMatchObject({ events: [{ type: 'CapacityCorrected', data: told }] })
    expect(after({ until: null }, ...chosen, ...(decision.ok ? decision.events : []))).toEqual(['as before'])
  })
})

describe('a dependant to whom the holder gave no day', () => {
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

describe('a dependant whose holder turns out to have given no day', () => {
  const followed = [
    capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder'),
    closed('2026-05-31', ids.affiliation, true),
  ]
  /** A quality by another holder, in the same affiliation. */
  const second = (capacityId: string, from: string) =>
    depends({ capacityId, holderPersonId: ids.evidence, from: day(from), acquiredOn: day(from) })

  it('loses the affiliation that rests on that quality alone, whatever was insured in another one before', () => {
    expect(after({}, ...child)).toEqual(['DEPENDANT_CHILD null null'])
    const before = { capacityId: ids.capacity2, affiliationId: ids.affiliation2 }
    const studied = [acquired('STUDENT', '2025-01-01', before), endOf(ids.capacity2, 'STUDENT', '2025-12-31')]
    const earlier = [
      affiliated('2025-01-01', '306', ids.affiliation2),
      ...studied,
      closed('2025-12-31', ids.affiliation2),
    ]
    expect(after({}, registered('2010-05-04'), ...earlier, ...child.slice(1))).toEqual([
      ...['306 2025-01-01 2025-12-31', 'STUDENT 2025-01-01 2025-12-31', 'DEPENDANT_CHILD null null'],
    ])
  })

  it('keeps it for a quality by another holder, and not for one that waits as well', () => {
    const two = [...child, capacityEnded('DEPENDANT_CHILD', '2026-03-31'), second(ids.capacity2, '2026-04-01')]
    expect(after({}, ...two)).toEqual([
      ...['306 2026-02-02 null', 'DEPENDANT_CHILD null null', 'DEPENDANT_CHILD 2026-04-01 null'],
    ])
    expect(after({}, ...two, waitsFor(ids.capacity2))).toEqual([
      ...['DEPENDANT_CHILD null null', 'DEPENDANT_CHILD null null'],
    ])
  })

  it('runs on with what else is insured, where the affiliation ended with the departure of that holder', () => {
    const past = [...child, ...studies('2026-05-15'), ...followed]
    expect(after({}, ...past)).toEqual([
      ...['306 2026-02-02 null', 'DEPENDANT_CHILD null null', 'STUDENT 2026-02-02 2026-05-15'],
    ])
    const runsOn = { type: 'AffiliationCorrected', data: { leftOn: null, followsHolder: false } }
    expect(decided({}, ...past)).toMatchObject({ events: [{ type: 'CapacityWithdrawn' }, runsOn] })
  })

  it('does not run on where it ended by choice on that day, or with the departure of another holder', () => {
    const ended = capacityEnded('DEPENDANT_CHILD', '2026-05-31', 'holder')
    expect(after({}, ...child, ...studies('2026-05-15'), ended, closed('2026-05-31'))[0]).toBe(
      '306 2026-02-02 2026-05-31',
    )
    const other = [capacityEnded('DEPENDANT_CHILD', '2026-03-31'), second(ids.capacity2, '2026-04-01')]
    const otherLeft = [endOf(ids.capacity2, 'DEPENDANT_CHILD', '2026-05-31'), ...followed.slice(1)]
    expect(after({}, ...child, ...other, ...otherLeft)[0]).toBe('306 2026-02-02 2026-05-31')
  })

  it('is not told so a second time', () => {
    expect(after({}, ...child, none, ...studies('2026-05-31'), ...followed.slice(1))).toEqual(['as before'])
  })

  it('does not follow to another fund, where the days of the first affiliation of the holder never were', () => {
    expect(after({ until: null, fund: '501' }, ...child, ...followed)).toEqual(['DEPENDANT_CHILD null null'])
  })

  it('is not decided on while the file has one capacity twice in another affiliation', () => {
    const studied = (capacityId: string) => [
      acquired('STUDENT', '2025-01-01', { capacityId, affiliationId: ids.affiliation2 }),
      endOf(capacityId, 'STUDENT', '2025-12-31'),
    ]
    const earlier = [affiliated('2025-01-01', '306', ids.affiliation2), closed('2025-12-31', ids.affiliation2)]
    const twice = [...earlier, ...studied(ids.capacity2), ...studied(ids.capacity3)]
    expect(after({}, registered('2010-05-04'), ...twice, ...child.slice(1))).toEqual(['capacityOverlaps'])
  })

  it('and who gives days again, has them beside studies of one’s own', () => {
    expect(after({ until: null }, ...child, ...studies(null), none)).toEqual([
      ...['306 2026-02-02 null', 'DEPENDANT_CHILD 2026-02-02 null', 'STUDENT 2026-02-02 null'],
    ])
    // days before the quality was acquired give none, and are kept all the same: the next ones may lie after it
    expect(after({ until: '2026-01-31' }, ...child, ...studies(null), none)).toEqual([
      ...['306 2026-02-02 null', 'DEPENDANT_CHILD null null', 'STUDENT 2026-02-02 null'],
    ])
    expect(after({ until: '2026-01-31' }, ...child, none, gone)).toEqual(['as before'])
  })

  it('and who gives days again, has them only where they share none with those of another holder', () => {
    const from = (on: string) => [...child, none, second(ids.capacity2, on)]
    expect(after({ until: '2026-02-28' }, ...from('2026-03-01'))).toContain('DEPENDANT_CHILD 2026-02-02 2026-02-28')
    for (const until of ['2026-03-01', null]) expect(after({ until }, ...from('2026-03-01'))).toEqual(['as before'])
    const until = (to: string) => [...from('2026-01-05'), endOf(ids.capacity2, 'DEPENDANT_CHILD', to)]
    expect(after({ until: null }, ...until('2026-02-01'))).toContain('DEPENDANT_CHILD 2026-02-02 null')
    expect(after({ until: null }, ...until('2026-02-02'))).toEqual(['as before'])
  })

  it('and who gives days again, has them also where another quality still waits', () => {
    const both = [
      ...child.slice(0, 2),
      second(ids.capacity2, '2026-04-01'),
      waitsFor(ids.capacity2),
      depends(),
      none,
      gone,
    ]
    expect(after({ until: null }, ...both)).toEqual([
      ...['306 2026-02-02 null', 'DEPENDANT_CHILD null null', 'DEPENDANT_CHILD 2026-02-02 null'],
    ])
  })

  it('and who gives days again, has those before another affiliation that runs', () => {
    for (const fund of ['306', '501'])
      expect(
        after({ ...left, until: '2026-02-28' }, ...waits, affiliated('2026-03-01', fund, ids.affiliation2)),
      ).toEqual([...[`${fund} 2026-03-01 null`, '306 2026-02-02 2026-02-28', 'DEPENDANT_CHILD 2026-02-02 2026-02-28']])
  })
})
